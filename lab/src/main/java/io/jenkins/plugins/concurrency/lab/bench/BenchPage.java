package io.jenkins.plugins.concurrency.lab.bench;

import java.text.NumberFormat;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;

/** The page about what was measured. */
final class BenchPage {
    private static final int WAITING = 100_000;

    private final Map<String, Double> nanos = new TreeMap<>();
    private final StringBuilder page = new StringBuilder();

    BenchPage(Collection<RunResult> results) {
        for (RunResult result : results) {
            // The best iteration: whatever else the machine does can only make the others slower.
            nanos.put(
                    name(result.getParams()),
                    result.getPrimaryResult().getStatistics().getMin());
        }
    }

    private static String name(BenchmarkParams benchmark) {
        StringBuilder name = new StringBuilder(benchmark.getBenchmark().replaceFirst(".*\\.", ""));
        for (String parameter : benchmark.getParamsKeys()) {
            name.append(' ').append(benchmark.getParam(parameter));
        }
        return name.toString();
    }

    String text() {
        page.append("# Performance of the engine\n\n");
        page.append("Made by `./dev bench`; see the last section for the machine. A *pair* is a\n");
        page.append(
                "request that comes and a lease that ends, so that just as many wait as before. Ratios hold on any quiet\n");
        page.append(
                "machine; figures only on this one. Of each, the best of twenty iterations counts.\n\n## Bounds\n\n");
        page.append("| what | bound | measured |\n|---|---|---|\n");
        double many = nanos.get("pair FIFO 100000");
        atLeast("pairs a second, 100,000 waiting in one group, one thread", 1_000_000, "%,.0f", 1e9 / many);
        atMost("its cost against 100 waiting", 1.5, "%s ×", many / nanos.get("pair FIFO 100"));
        atMost("the same, FAIR", 2, "%s ×", nanos.get("pair FAIR 100000") / nanos.get("pair FAIR 100"));
        atMost("a call, the costliest that holds the lock all the time", 50, "%s µs", costliest() / 1e3);
        atMost("looking for a deadlock, 1,000 wait inside others, worst shape", 1, "%s ms", search() / 1e6);
        atMost("memory of a waiting request, all of one job", 400, "%s bytes", memory(1, 1, false));
        atMost("the same, each of a job of its own", 400, "%s bytes", memory(WAITING, 1, false));
        page.append(
                "\nA missed bound is what the engine aims for. With 100,000 waiting, a pair touches objects that no cache\n");
        page.append("of the processor holds any more; what a job of its own costs is below, under Memory.\n");
        page.append("\n## Ratios\n\n| what | against | ratio |\n|---|---|---|\n");
        for (String order : new String[] {"FIFO", "NEWEST_FIRST", "FAIR"}) {
            ratio(
                    "pair, " + order + ", 100,000 waiting",
                    "100 waiting",
                    "pair " + order + " 100000",
                    "pair " + order + " 100");
        }
        ratio("pair, 10 waiting in each of 10,000 groups", "100 waiting in one", "pairInManyGroups", "pair FIFO 100");
        ratio("pair of three claims, 10,000 waiting", "of one claim", "pairOfThreeClaims", "pair FIFO 10000");
        ratio("a page of 50 that starts at place 90,000", "at place 0", "page 90000", "page 0");
        ratio("pair, nobody waiting", "a fair `Semaphore` that nobody else wants", "pair FIFO 0", "semaphore");
        page.append("\n## Figures\n\n| what | ns |\n|---|---|\n");
        nanos.forEach((name, value) -> {
            if (!name.startsWith("call ") && !name.startsWith("deadlock ")) {
                page.append(String.format(Locale.ROOT, "| %s | %,.0f |%n", name, value));
            }
        });
        page.append("\n`pair` goes by order and number of those who wait, `page` by the place at which it starts.\n");
        calls();
        page.append("\n## Memory\n\n| a waiting request | bytes |\n|---|---|\n");
        bytes("all of one job", memory(1, 1, false));
        bytes("of a thousand jobs", memory(1_000, 1, false));
        bytes("with a deadline", memory(1, 1, true));
        bytes("of three claims", memory(1, 3, false));
        bytes("of a job of its own", memory(WAITING, 1, false));
        bytes("with three levels of parents", Memory.perWaitingRequestBelow(WAITING, 3));
        page.append(
                "\nWhat a waiter of a job of its own takes more is the job: its name, its places in the two indexes by which\n");
        page.append(
                "jobs are found by name and by folder, and its place in the group, which its requests share otherwise.\n");
        page.append(
                "Each further group costs a share of it, and a place among those who hold or wait there: that is what finds\n");
        page.append("whom a newcomer has in its way in O(log n).\n");
        page.append("\n## Machine\n\n").append(machine()).append('\n');
        return page.toString();
    }

    /** Of the calls that are not made in slices. */
    private double costliest() {
        return nanos.entrySet().stream()
                .filter(call ->
                        call.getKey().startsWith("call ") && call.getKey().endsWith(" 100000"))
                .filter(call -> !Call.valueOf(call.getKey().split(" ")[1]).isInSlices())
                .mapToDouble(Map.Entry::getValue)
                .max()
                .orElseThrow();
    }

    private double search() {
        return nanos.entrySet().stream()
                .filter(call ->
                        call.getKey().startsWith("deadlock ") && call.getKey().endsWith(" 1000"))
                .mapToDouble(Map.Entry::getValue)
                .max()
                .orElseThrow();
    }

    private void calls() {
        page.append("\n## Calls, in ns, by how many there are\n\n");
        table(new int[] {100, 1_000, 10_000, 100_000}, "call");
        page.append(
                "\nWhat is made in slices holds the lock for a hundred things at a time, so that nobody waits long.\n");
        page.append("\n## Looking for a deadlock, in ns, by how many wait inside others\n\n");
        table(new int[] {100, 1_000}, "deadlock");
    }

    private void table(int[] counts, String benchmark) {
        page.append("| what |");
        for (int count : counts) {
            page.append(String.format(Locale.ROOT, " %,d |", count));
        }
        page.append("\n|---|").append("---|".repeat(counts.length)).append('\n');
        nanos.keySet().stream()
                .filter(name -> name.startsWith(benchmark + " "))
                .map(name -> name.split(" ")[1])
                .distinct()
                .forEach(what -> {
                    boolean sliced =
                            benchmark.equals("call") && Call.valueOf(what).isInSlices();
                    page.append("| ").append(what).append(sliced ? " (in slices) |" : " |");
                    for (int count : counts) {
                        double value = nanos.get(benchmark + " " + what + " " + count);
                        page.append(String.format(Locale.ROOT, " %,.0f |", value));
                    }
                    page.append('\n');
                });
    }

    private static double memory(int jobs, int claims, boolean deadline) {
        return Memory.perWaitingRequest(WAITING, jobs, claims, deadline);
    }

    private void atLeast(String what, double bound, String format, double value) {
        row(
                what,
                "at least " + String.format(Locale.ROOT, format, bound),
                String.format(Locale.ROOT, format, value),
                value < bound);
    }

    private void atMost(String what, double bound, String unit, double value) {
        NumberFormat plain = NumberFormat.getInstance(Locale.ROOT);
        plain.setMaximumFractionDigits(value < 100 ? 2 : 0);
        row(what, "at most " + unit.formatted(plain.format(bound)), unit.formatted(plain.format(value)), value > bound);
    }

    private void row(String what, String bound, String measured, boolean missed) {
        page.append(
                String.format("| %s | %s | %s |%n", what, bound, missed ? "**" + measured + ", missed**" : measured));
    }

    private void ratio(String what, String against, String one, String other) {
        row(what, against, String.format(Locale.ROOT, "%.2f", nanos.get(one) / nanos.get(other)), false);
    }

    private void bytes(String what, double value) {
        page.append(String.format(Locale.ROOT, "| %s | %.0f |%n", what, value));
    }

    private static String machine() {
        Runtime runtime = Runtime.getRuntime();
        return String.format(
                Locale.ROOT,
                "%d processors (%s), %s %s, %s %s.",
                runtime.availableProcessors(),
                System.getProperty("os.arch"),
                System.getProperty("java.vm.name"),
                System.getProperty("java.vm.version"),
                System.getProperty("os.name"),
                System.getProperty("os.version").replaceFirst("[^0-9.].*", ""));
    }
}
