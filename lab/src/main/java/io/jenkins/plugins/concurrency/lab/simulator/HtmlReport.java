package io.jenkins.plugins.concurrency.lab.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One page that shows all variants side by side and needs nothing but itself. */
final class HtmlReport {
    private static final String STYLE = """
            :root { color-scheme: light dark; --back: #fff; --text: #1c1e21; --soft: #5d636b; --line: #d9dce1;
              --empty: #f1f3f5; --queue: #f0a03055;
              --c0: #2f6fb7; --c1: #d1603d; --c2: #3a8f5c; --c3: #8a5bb5; --c4: #b58a1f; --c5: #c2477f; --c6: #3b9aa8;
              --c7: #77808a; }
            @media (prefers-color-scheme: dark) { :root { --back: #16181b; --text: #e6e8eb; --soft: #9aa2ab;
              --line: #363b42; --empty: #22262b; --queue: #f0a03066;
              --c0: #6ea8e8; --c1: #ec8a68; --c2: #6cc28e; --c3: #b793de; --c4: #dcb54e; --c5: #ea82b0; --c6: #6fc9d6;
              --c7: #a3acb6; } }
            body { background: var(--back); color: var(--text); font: 15px/1.5 system-ui, sans-serif; max-width: 1120px;
              margin: 2rem auto; padding: 0 1rem; }
            h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.2rem; margin: 2.2rem 0 .4rem; }
            h3 { font-size: 1rem; margin: 1.2rem 0 .3rem; }
            p { margin: .3rem 0 .8rem; } .soft { color: var(--soft); }
            .scroll { overflow-x: auto; }
            table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
            th, td { padding: .3rem .45rem; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
            th { color: var(--soft); font-weight: 600; } th:first-child, td:first-child, .name { text-align: left; }
            tr.first td { border-top: 2px solid var(--line); } .best { font-weight: 700; }
            svg { max-width: 100%; height: auto; display: block; }
            svg text { font: 11px system-ui, sans-serif; fill: var(--soft); }
            text.end { text-anchor: end; } text.middle { text-anchor: middle; }
            .empty { fill: var(--empty); } .queue { fill: var(--queue); }
            .axis, .grid { stroke: var(--line); } .line { fill: none; stroke-width: 2; }
            .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(320px, 1fr)); gap: 1rem; }
            .key span { display: inline-block; margin-right: 1rem; }
            .key i { display: inline-block; width: .8em; height: .8em; border-radius: 2px; margin-right: .4em; }
            """;

    private final StringBuilder page = new StringBuilder();
    private final List<Tally> tallies;
    private final List<String> jobs;

    private HtmlReport(List<Tally> tallies) {
        this.tallies = tallies;
        this.jobs = List.copyOf(tallies.get(0).jobs().keySet());
    }

    static String of(String title, String about, List<Tally> tallies) {
        return new HtmlReport(tallies).page(title, about);
    }

    private String page(String title, String about) {
        page.append("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width\"><title>")
                .append(Svg.escape(title))
                .append("</title><style>")
                .append(STYLE);
        for (int i = 0; i < 8; i++) {
            page.append(".c")
                    .append(i)
                    .append("{fill:var(--c")
                    .append(i)
                    .append(")}.l")
                    .append(i);
            page.append("{stroke:var(--c").append(i).append(")}");
        }
        page.append("</style></head><body><h1>").append(Svg.escape(title)).append("</h1>");
        page.append("<p>").append(Svg.escape(about)).append("</p>");
        page.append(String.format(
                Locale.ROOT,
                "<p class=\"soft\">%,d builds%s, seed %d.</p>",
                tallies.get(0).builds(),
                tallies.size() > 1 ? " in each of " + tallies.size() + " variants" : "",
                tallies.get(0).scenario().seed()));
        jobTable();
        groupTable();
        waits();
        timelines();
        return page.append("</body></html>\n").toString();
    }

    private static String name(Tally tally) {
        return tally.scenario().name().isEmpty()
                ? "as written"
                : tally.scenario().name();
    }

    private void jobTable() {
        page.append(
                        "<h2>Jobs</h2><div class=\"scroll\"><table><tr><th>job<th class=\"name\">variant<th>granted<th>waited p50<th>p95")
                .append("<th>max<th>superseded<th>cancelled<th>refused<th>timed out</tr>");
        for (String job : jobs) {
            boolean first = true;
            for (Tally tally : tallies) {
                Figures figures = tally.jobs().get(job);
                page.append(first ? "<tr class=\"first\"><td>" + Svg.escape(job) : "<tr><td>");
                cell("name", name(tally));
                cell("", String.valueOf(figures.granted()));
                cell("", DurationText.of(figures.waited(0.5)));
                cell("", DurationText.of(figures.waited(0.95)));
                cell("", DurationText.of(figures.waited(1)));
                cell("", String.valueOf(figures.superseded()));
                cell("", String.valueOf(figures.cancelledRunning()));
                cell("", String.valueOf(figures.refused()));
                cell("", String.valueOf(figures.expired()));
                page.append("</tr>");
                first = false;
            }
        }
        page.append("</table></div>");
    }

    private void groupTable() {
        page.append(
                        "<h2>Groups</h2><div class=\"scroll\"><table><tr><th>group<th class=\"name\">variant<th>limit<th>used")
                .append("<th>waiting on average<th>at most<th>waited p95<th>until</tr>");
        for (int group = 0; group < tallies.get(0).groups().size(); group++) {
            boolean first = true;
            for (Tally tally : tallies) {
                GroupTally of = tally.groups().get(group);
                page.append(first ? "<tr class=\"first\"><td>" + Svg.escape(of.name()) : "<tr><td>");
                cell("name", name(tally));
                cell("", String.valueOf(of.limit()));
                cell("", String.format(Locale.ROOT, "%.0f %%", 100 * of.utilisation(tally.end())));
                cell("", String.format(Locale.ROOT, "%.1f", of.queue().mean()));
                cell("", String.valueOf(of.queue().max()));
                cell("", DurationText.of(of.figures().waited(0.95)));
                cell("", DurationText.of(tally.end()));
                page.append("</tr>");
                first = false;
            }
        }
        page.append("</table></div>");
    }

    private void cell(String style, String text) {
        page.append(style.isEmpty() ? "<td>" : "<td class=\"" + style + "\">").append(Svg.escape(text));
    }

    private void waits() {
        page.append(
                        "<h2>Waiting time</h2><p class=\"soft\">What share of the builds that ran had waited at most so long;")
                .append(" the higher the line, the better. The longest 1 % is cut off.</p>");
        if (tallies.size() > 1) {
            key(tallies.stream().map(HtmlReport::name).toList());
        }
        page.append("<div class=\"pair\">");
        for (String job : jobs) {
            Map<String, Figures> variants = new LinkedHashMap<>();
            tallies.forEach(tally -> variants.put(name(tally), tally.jobs().get(job)));
            page.append("<div><h3>").append(Svg.escape(job)).append("</h3>");
            page.append(Charts.waits(variants)).append("</div>");
        }
        page.append("</div>");
    }

    private void timelines() {
        page.append("<h2>Who ran in which slot, and how many waited</h2>");
        key(jobs);
        long end = tallies.stream().mapToLong(Tally::end).max().orElse(0);
        for (int group = 0; group < tallies.get(0).groups().size(); group++) {
            for (Tally tally : tallies) {
                GroupTally of = tally.groups().get(group);
                List<String> parts = new ArrayList<>(List.of(of.name()));
                if (tallies.size() > 1) {
                    parts.add(name(tally));
                }
                if (!of.hasAllBars()) {
                    parts.add("the first " + of.bars().size() + " builds");
                }
                page.append("<h3>")
                        .append(Svg.escape(String.join(" · ", parts)))
                        .append("</h3>");
                page.append(Charts.timeline(of, end, jobs));
            }
        }
    }

    private void key(List<String> names) {
        page.append("<p class=\"key\">");
        for (int i = 0; i < names.size(); i++) {
            page.append("<span><i style=\"background:var(--c").append(i % 8).append(")\"></i>");
            page.append(Svg.escape(names.get(i))).append("</span>");
        }
        page.append("</p>");
    }
}
