package io.jenkins.plugins.concurrency.lab.rehearse.expect;

import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.lab.rehearse.RehearsalException;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.BuildEntry;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Journal;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Stay;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;

/** Whether expectations hold. Each answers with what is wrong, or with nothing. */
final class Holds {
    private Holds() {}

    /** Counted for each group of that name, by what really was inside, not by what the engine says. */
    static String neverMoreThan(Matcher sentence, Journal journal) {
        int limit = Integer.parseInt(sentence.group(1));
        Map<GroupKey, List<Stay>> groups = new LinkedHashMap<>();
        for (Stay stay : journal.stays()) {
            if (stay.group().equalsIgnoreCase(sentence.group(2)) && stay.entered() != Stay.NEVER) {
                groups.computeIfAbsent(stay.claim().group(), key -> new ArrayList<>())
                        .add(stay);
            }
        }
        if (groups.isEmpty()) {
            return "Nobody ever was in '" + sentence.group(2) + "'. Check the name.";
        }
        for (List<Stay> stays : groups.values()) {
            for (Stay stay : stays) {
                long inside = stays.stream()
                        .filter(other -> isInside(other, stay.entered()))
                        .count();
                if (inside > limit) {
                    return inside + " were inside at " + stay.entered() / 1000 + " s, when " + stay.build()
                            + " entered.";
                }
            }
        }
        return "";
    }

    private static boolean isInside(Stay stay, long at) {
        return stay.entered() <= at && (stay.ended() == Stay.NEVER || stay.ended() > at);
    }

    static String buildEnds(Matcher sentence, Journal journal) {
        int number = Integer.parseInt(sentence.group(1));
        return of(journal, sentence.group(2)).stream()
                .filter(build -> build.number() == number)
                .findFirst()
                .map(build -> ends(build, sentence.group(3)))
                .orElse("There is no build " + number + " of it.");
    }

    static String everyBuildEnds(Matcher sentence, Journal journal) {
        return of(journal, sentence.group(1)).stream()
                .map(build -> ends(build, sentence.group(2)))
                .filter(problem -> !problem.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String ends(BuildEntry build, String result) {
        return build.result().equals(result.toUpperCase(Locale.ROOT))
                ? ""
                : build.name() + " " + (build.result().isEmpty() ? "has not ended" : "ends " + build.result())
                        + (build.reason().isEmpty() ? "." : ": " + build.reason() + ".");
    }

    /** A job by its full name, or by the last part of that. */
    private static List<BuildEntry> of(Journal journal, String job) {
        List<BuildEntry> builds = journal.builds().stream()
                .filter(build -> build.job().equals(job)
                        || build.job().endsWith("/" + job)
                        || build.branch().equals(job))
                .toList();
        if (builds.isEmpty()) {
            throw new RehearsalException(
                    "There is no build of '" + job + "', of which something is expected. Check the name.");
        }
        return builds;
    }

    static String wait(Matcher sentence, Journal journal) {
        String which = sentence.group(1).toLowerCase(Locale.ROOT);
        List<String> names =
                of(journal, sentence.group(2)).stream().map(BuildEntry::name).toList();
        List<Long> waits = journal.stays().stream()
                .filter(stay -> names.contains(stay.build()))
                .map(stay -> stay.waited(journal.end()))
                .sorted()
                .toList();
        double share = which.equals("median")
                ? 0.5
                : which.equals("longest") ? 1 : Integer.parseInt(which.substring(1)) / 100.0;
        long wait = waits.isEmpty() ? 0 : waits.get(Math.max(0, (int) Math.ceil(share * waits.size()) - 1));
        long most = millis(sentence.group(4));
        boolean met = sentence.group(3).equals("<") ? wait < most : wait <= most;
        return met ? "" : "It is " + wait / 1000 + " s.";
    }

    private static long millis(String duration) {
        try {
            return java.time.Duration.parse("PT" + duration.toUpperCase(Locale.ROOT))
                    .toMillis();
        } catch (java.time.DateTimeException x) {
            throw new RehearsalException("'" + duration + "' is no duration. Write one such as 90s, 10m or 1h30m.");
        }
    }

    static String newestFinishes(Matcher sentence, Journal journal) {
        Map<String, BuildEntry> newest = new LinkedHashMap<>();
        journal.builds().stream()
                .sorted(Comparator.comparing(BuildEntry::number))
                .forEach(build -> newest.put(build.job(), build));
        return newest.values().stream()
                .filter(build ->
                        !build.result().equals("SUCCESS") && !build.result().equals("UNSTABLE"))
                .map(build -> ends(build, "SUCCESS"))
                .findFirst()
                .orElse("");
    }

    static String everyBuildFinishes(Matcher sentence, Journal journal) {
        return journal.builds().stream()
                .filter(build -> build.result().isEmpty())
                .map(build -> build.name() + " has not ended.")
                .findFirst()
                .orElse("");
    }

    static String noExecutorHeld(Matcher sentence, Journal journal) {
        return journal.stays().stream()
                .filter(stay -> stay.holdsExecutor() && !stay.waitedIn().isEmpty())
                .map(stay -> stay.build() + " holds one while it waits for '" + stay.waitedIn() + "'.")
                .findFirst()
                .orElse("");
    }
}
