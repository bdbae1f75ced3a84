package io.jenkins.plugins.concurrency.lab.rehearse.report;

import io.jenkins.plugins.concurrency.lab.rehearse.expect.Verdict;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.BuildEntry;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Journal;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Stay;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Warning;
import io.jenkins.plugins.concurrency.lab.rehearse.plan.Plan;
import io.jenkins.plugins.concurrency.lab.simulator.DurationText;
import io.jenkins.plugins.concurrency.lab.simulator.Svg;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What happened, as one page that needs nothing but itself: light or dark as its reader likes, and fit to be printed. */
public final class HtmlReport {
    private final StringBuilder page = new StringBuilder();
    private final Journal journal;

    private HtmlReport(Journal journal) {
        this.journal = journal;
    }

    public static String of(Plan plan, Journal journal, List<Warning> warnings, List<Verdict> verdicts) {
        return new HtmlReport(journal).page(plan, warnings, verdicts);
    }

    private String page(Plan plan, List<Warning> warnings, List<Verdict> verdicts) {
        page.append("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width\"><title>")
                .append(Svg.escape(plan.title()))
                .append("</title><style>")
                .append(Style.CSS)
                .append("</style></head><body><h1>")
                .append(Svg.escape(plan.title()))
                .append("</h1>");
        paragraph("", plan.about());
        paragraph(
                "soft",
                journal.builds().size() + " builds in " + DurationText.of(journal.end())
                        + " of virtual time. Nothing was executed: this is a rehearsal.");
        verdicts(verdicts);
        warnings(warnings);
        heading("What each build did");
        page.append(BuildChart.of(journal));
        heading("Who was inside, and who waited");
        GroupChart.of(journal).forEach(page::append);
        waits();
        builds();
        notRehearsed();
        return page.append("</body></html>\n").toString();
    }

    private void heading(String text) {
        page.append("<h2>").append(Svg.escape(text)).append("</h2>");
    }

    private void paragraph(String style, String text) {
        if (!text.isEmpty()) {
            page.append("<p class=\"")
                    .append(style)
                    .append("\">")
                    .append(Svg.escape(text))
                    .append("</p>");
        }
    }

    private void verdicts(List<Verdict> verdicts) {
        if (verdicts.isEmpty()) {
            return;
        }
        heading("Expectations");
        page.append("<ul class=\"verdicts\">");
        for (Verdict verdict : verdicts) {
            page.append(verdict.isMet() ? "<li class=\"met\">" : "<li class=\"missed\">")
                    .append(Svg.escape((verdict.isMet() ? "✓ " : "✗ ") + verdict.expectation()));
            page.append(verdict.isMet() ? "" : " <span class=\"soft\">" + Svg.escape(verdict.problem()) + "</span>");
            page.append("</li>");
        }
        page.append("</ul>");
    }

    private void warnings(List<Warning> warnings) {
        if (warnings.isEmpty()) {
            return;
        }
        heading("Warnings");
        page.append("<ul>");
        warnings.forEach(warning -> page.append("<li><b>")
                .append(Svg.escape(warning.about()))
                .append("</b>: ")
                .append(Svg.escape(warning.text()))
                .append("</li>"));
        page.append("</ul>");
    }

    private void waits() {
        List<WaitTable.Row> rows = WaitTable.of(journal).rows();
        if (rows.isEmpty()) {
            return;
        }
        heading("Waits");
        table("job", "group", "entered", "did not", "p50", "p95", "longest", "with an executor");
        for (WaitTable.Row row : rows) {
            row(
                    row.job(),
                    row.group(),
                    row.entered(),
                    row.ended(),
                    DurationText.of(row.median()),
                    DurationText.of(row.p95()),
                    DurationText.of(row.longest()),
                    row.withExecutor());
        }
        page.append("</table></div>");
    }

    private void builds() {
        heading("How each build ended");
        table("build", "result", "scheduled", "took", "why");
        for (BuildEntry build : journal.builds()) {
            String took = build.started() == Stay.NEVER || build.ended() == Stay.NEVER
                    ? "–"
                    : DurationText.of(build.ended() - build.started());
            row(
                    build.name(),
                    build.result().isEmpty() ? "not ended" : build.result(),
                    DurationText.of(build.scheduled()),
                    took,
                    build.reason());
        }
        page.append("</table></div>");
    }

    private void notRehearsed() {
        if (journal.notRehearsed().isEmpty()) {
            return;
        }
        heading("Not rehearsed");
        paragraph("soft", "These only took their time.");
        table("step", "jobs");
        for (Map.Entry<String, Set<String>> step : journal.notRehearsed().entrySet()) {
            row(step.getKey(), String.join(", ", step.getValue()));
        }
        page.append("</table></div>");
    }

    private void table(String... heads) {
        page.append("<div class=\"scroll\"><table><tr>");
        for (String head : heads) {
            page.append("<th scope=\"col\">").append(Svg.escape(head)).append("</th>");
        }
        page.append("</tr>");
    }

    private void row(Object... cells) {
        page.append("<tr>");
        for (Object cell : cells) {
            page.append(cell instanceof Number ? "<td class=\"number\">" : "<td>")
                    .append(Svg.escape(String.valueOf(cell)))
                    .append("</td>");
        }
        page.append("</tr>");
    }
}
