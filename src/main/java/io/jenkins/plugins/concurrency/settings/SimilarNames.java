package io.jenkins.plugins.concurrency.settings;

import hudson.util.EditDistance;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Helps somebody who mistyped a group's name. */
final class SimilarNames {
    private static final int MOST = 3;
    /** Of so many letters one may be wrong. */
    private static final int LETTERS_PER_MISTAKE = 4;

    private static final int SHORTEST_PART = 3;

    private SimilarNames() {}

    /** @param allowed those that may be offered */
    static String hint(String name, List<GroupKey> allowed) {
        if (allowed.isEmpty()) {
            return "None is declared that this job may use. ";
        }
        String typed = folded(name);
        String similar = allowed.stream()
                .map(GroupKey::name)
                .filter(known -> isSimilar(typed, folded(known)))
                .sorted(Comparator.comparing(known -> EditDistance.editDistance(typed, folded(known))))
                .limit(MOST)
                .map(known -> "'" + known + "'")
                .collect(Collectors.joining(", "));
        return similar.isEmpty()
                ? "None that this job may use has a similar name. "
                : "Declared ones with a similar name: " + similar + ". ";
    }

    private static boolean isSimilar(String typed, String known) {
        int letters = Math.max(typed.length(), known.length());
        return EditDistance.editDistance(typed, known) <= 1 + letters / LETTERS_PER_MISTAKE
                || isPart(typed, known)
                || isPart(known, typed);
    }

    private static boolean isPart(String part, String whole) {
        return part.length() >= SHORTEST_PART && whole.contains(part);
    }

    private static String folded(String name) {
        return name.strip().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }
}
