package io.jenkins.plugins.concurrency.lab.rehearse.report;

import io.jenkins.plugins.concurrency.lab.rehearse.expect.Verdict;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.BuildEntry;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Event;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Journal;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Warning;
import io.jenkins.plugins.concurrency.lab.rehearse.plan.Plan;
import io.jenkins.plugins.concurrency.lab.simulator.DurationText;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What happened, as text. */
public final class TextReport {
    /** A timeline of more is for the page. */
    private static final int MOST_LINES = 400;

    private TextReport() {}

    public static void print(
            Plan plan, Journal journal, List<Warning> warnings, List<Verdict> verdicts, PrintWriter out) {
        out.printf(
                "%s%n%d builds in %s of virtual time%n%n",
                plan.title(), journal.builds().size(), DurationText.of(journal.end()));
        timeline(journal, out);
        builds(journal, out);
        WaitTable.of(journal).print(out);
        warnings(warnings, journal, out);
        verdicts(verdicts, out);
    }

    private static void timeline(Journal journal, PrintWriter out) {
        int lines = 0;
        for (Event event : journal.events()) {
            if (event.kind() == Event.Kind.STEP_DONE || event.kind() == Event.Kind.STEP_STOPPED) {
                continue;
            }
            if (++lines > MOST_LINES) {
                out.printf("… and %d more, which --json has%n", journal.events().size() - MOST_LINES);
                break;
            }
            String where = event.branch().isEmpty() ? event.build() : event.build() + " [" + event.branch() + "]";
            String group = event.group().isEmpty() ? "" : " " + event.group() + ":";
            out.printf(
                    "%10s  %-32s %-18s%s %s%n", DurationText.of(event.at()), where, event.kind(), group, event.text());
        }
        out.println();
    }

    private static void builds(Journal journal, PrintWriter out) {
        out.println("Builds");
        for (BuildEntry build : journal.builds()) {
            String took = build.started() < 0
                    ? "never started"
                    : build.ended() < 0 ? "still runs" : "took " + DurationText.of(build.ended() - build.started());
            out.printf("  %-32s %-10s %-14s %s%n", build.name(), build.result(), took, build.reason());
        }
        out.println();
    }

    private static void warnings(List<Warning> warnings, Journal journal, PrintWriter out) {
        if (!warnings.isEmpty()) {
            out.println("Warnings");
            for (Warning warning : warnings) {
                out.printf("  %s: %s%n", warning.about(), warning.text());
            }
            out.println();
        }
        if (!journal.notRehearsed().isEmpty()) {
            out.println("Not rehearsed: these steps only took their time");
            for (Map.Entry<String, Set<String>> step : journal.notRehearsed().entrySet()) {
                out.printf("  %s in %s%n", step.getKey(), String.join(", ", step.getValue()));
            }
            out.println();
        }
    }

    private static void verdicts(List<Verdict> verdicts, PrintWriter out) {
        for (Verdict verdict : verdicts) {
            out.printf(
                    "%s  %s%s%n",
                    verdict.isMet() ? "as expected " : "NOT EXPECTED",
                    verdict.expectation(),
                    verdict.isMet() ? "" : ": " + verdict.problem());
        }
        if (!verdicts.isEmpty()) {
            out.println();
        }
    }
}
