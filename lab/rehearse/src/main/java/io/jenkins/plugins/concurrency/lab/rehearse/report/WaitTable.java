package io.jenkins.plugins.concurrency.lab.rehearse.report;

import io.jenkins.plugins.concurrency.lab.rehearse.journal.Journal;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Stay;
import io.jenkins.plugins.concurrency.lab.simulator.DurationText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** How long who waited for what: a row for each job and group. */
record WaitTable(List<Row> rows) {
    /** Durations in milliseconds; {@code ended} without having been inside. */
    record Row(
            String job, String group, int entered, int ended, long median, long p95, long longest, int withExecutor) {}

    static WaitTable of(Journal journal) {
        TreeMap<String, List<Stay>> stays = new TreeMap<>();
        for (Stay stay : journal.stays()) {
            stays.computeIfAbsent(job(stay) + "\n" + stay.group(), key -> new ArrayList<>())
                    .add(stay);
        }
        List<Row> rows = new ArrayList<>();
        stays.forEach((key, of) -> rows.add(row(key.split("\n"), of, journal.end())));
        return new WaitTable(rows);
    }

    private static String job(Stay stay) {
        return stay.build().substring(0, stay.build().lastIndexOf('#'));
    }

    private static Row row(String[] key, List<Stay> stays, long end) {
        List<Long> waits = stays.stream().map(stay -> stay.waited(end)).sorted().toList();
        int entered = (int)
                stays.stream().filter(stay -> stay.entered() != Stay.NEVER).count();
        int held = (int) stays.stream()
                .filter(stay -> stay.holdsExecutor() && stay.waited(end) > 0)
                .count();
        return new Row(
                key[0],
                key[1],
                entered,
                stays.size() - entered,
                part(waits, 0.5),
                part(waits, 0.95),
                part(waits, 1),
                held);
    }

    /** The wait that so many did not exceed. */
    static long part(List<Long> sorted, double share) {
        return sorted.isEmpty() ? 0 : sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
    }

    void print(PrintWriter out) {
        if (rows.isEmpty()) {
            return;
        }
        out.printf(
                "%-26s %-22s %8s %8s %9s %9s %9s%n", "Waits of", "for", "entered", "did not", "p50", "p95", "longest");
        for (Row row : rows) {
            out.printf(
                    "%-26s %-22s %8d %8d %9s %9s %9s%n",
                    row.job,
                    row.group,
                    row.entered,
                    row.ended,
                    DurationText.of(row.median),
                    DurationText.of(row.p95),
                    DurationText.of(row.longest));
        }
        out.println();
    }
}
