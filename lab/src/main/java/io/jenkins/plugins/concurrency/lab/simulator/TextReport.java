package io.jenkins.plugins.concurrency.lab.simulator;

import java.io.PrintWriter;
import java.util.Locale;

/** The figures of a simulation as a table of text. */
final class TextReport {
    private static final String HEAD = "%-24s %9s %9s %9s %9s %10s %9s %8s %8s%n";
    private static final String ROW = "%-24s %9d %9s %9s %9s %10d %9d %8d %8d%n";

    private TextReport() {}

    static void print(Tally tally, long nanos, PrintWriter out) {
        String name = tally.scenario().name();
        out.printf(
                Locale.ROOT,
                "%n%s%,d builds in %s of virtual time, run in %.1f s%n%n",
                name.isEmpty() ? "" : "== " + name + " ==\n",
                tally.builds(),
                DurationText.of(tally.end()),
                nanos / 1e9);
        out.printf(
                HEAD,
                "",
                "granted",
                "wait p50",
                "wait p95",
                "wait max",
                "superseded",
                "cancelled",
                "refused",
                "expired");
        tally.jobs().forEach((job, figures) -> row(job, figures, out));
        for (GroupTally group : tally.groups()) {
            row("[" + group.name() + "]", group.figures(), out);
            out.printf(
                    Locale.ROOT,
                    "%-24s limit %s, used %.0f %%, waiting: %.1f on average, %d at most%n",
                    "",
                    group.limit() == 0 ? "none" : group.limit(),
                    100 * group.utilisation(tally.end()),
                    group.queue().mean(),
                    group.queue().max());
        }
        WaitComparison comparison = tally.comparison();
        if (comparison.count() > 0) {
            out.printf(
                    Locale.ROOT,
                    "Simulated waits of %,d builds beside the recorded ones: %.1f %% differ by a second or less;"
                            + " half of them by %,.3f s or less, the worst by %,.3f s%n",
                    comparison.count(),
                    100 * comparison.within(1000),
                    comparison.difference(0.5) / 1000.0,
                    comparison.difference(1) / 1000.0);
        }
        EstimateTally estimates = tally.estimates();
        if (estimates.judged() > 0) {
            out.printf(
                    Locale.ROOT,
                    "Estimates: %,d for %,d waits; half of them off by at most %.0f %% of the wait;"
                            + " %.0f %% of the builds started within the range, %.0f %% before it%n",
                    estimates.judged(),
                    estimates.waits(),
                    100 * estimates.medianError(),
                    100 * estimates.within(),
                    100 * estimates.before());
        }
        out.println();
    }

    private static void row(String name, Figures figures, PrintWriter out) {
        out.printf(
                ROW,
                name,
                figures.granted(),
                DurationText.of(figures.waited(0.5)),
                DurationText.of(figures.waited(0.95)),
                DurationText.of(figures.waited(1)),
                figures.superseded(),
                figures.cancelledRunning(),
                figures.refused(),
                figures.expired());
    }
}
