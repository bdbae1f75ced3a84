package io.jenkins.plugins.concurrency.records;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Takes the lines of a {@link LeaseFile}, one after the other. What became of a job is looked for among the jobs, of which
 * there are few, and not among their leases: there may be many thousands of both kinds of lines.
 */
final class LeaseReader {
    private record Numbered(int number, PastLease lease) {}

    private final Map<String, List<Numbered>> byJob = new HashMap<>();
    private int count;

    void add(PastLease lease) {
        byJob.computeIfAbsent(lease.job(), any -> new ArrayList<>()).add(new Numbered(count++, lease));
    }

    void forget(String fullName) {
        take(fullName, (job, leases) -> {});
    }

    void relocate(String from, String to) {
        take(
                from,
                (job, leases) -> byJob.computeIfAbsent(FullNames.relocated(job, from, to), any -> new ArrayList<>())
                        .addAll(leases));
    }

    private void take(String fullName, BiConsumer<String, List<Numbered>> then) {
        List<String> concerned = byJob.keySet().stream()
                .filter(job -> FullNames.isIn(job, fullName))
                .toList();
        Map<String, List<Numbered>> taken = new HashMap<>();
        concerned.forEach(job -> taken.put(job, byJob.remove(job)));
        taken.forEach(then);
    }

    /** What is left, under the names that the jobs have now, in the order of the lines. */
    List<PastLease> leases() {
        List<Numbered> all = new ArrayList<>();
        byJob.forEach((job, leases) -> leases.forEach(
                one -> all.add(new Numbered(one.number(), one.lease().of(job)))));
        all.sort(Comparator.comparingInt(Numbered::number));
        return all.stream().map(Numbered::lease).toList();
    }
}
