package io.jenkins.plugins.concurrency.lab.rehearse.steps;

import io.jenkins.plugins.concurrency.lab.rehearse.build.Build;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that somebody meant. */
public final class Nearest {
    private static final int LETTERS_PER_MISTAKE = 3;

    private Nearest() {}

    /** Warns of arguments that a step does not have; Jenkins ignores them too, but for a line in the log. */
    static void check(String step, Collection<String> given, Collection<String> known, Build build) {
        for (String name : given) {
            if (!known.contains(name)) {
                build.world()
                        .journal()
                        .warn(
                                "unknown parameter",
                                build.job().file() + ": the step '" + step + "' has no parameter '" + name + "'."
                                        + hint(name, known));
            }
        }
    }

    /** A sentence with a space before it; empty if nothing is similar. */
    public static String hint(String name, Collection<String> known) {
        return to(name, known)
                .map(nearest -> " Did you mean '" + nearest + "'?")
                .orElse("");
    }

    private static Optional<String> to(String name, Collection<String> known) {
        String typed = name.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(other -> distance(typed, other.toLowerCase(Locale.ROOT))
                        <= 1 + Math.max(typed.length(), other.length()) / LETTERS_PER_MISTAKE)
                .min(Comparator.comparing(other -> distance(typed, other.toLowerCase(Locale.ROOT))));
    }

    /** How many letters are to be added, left out or exchanged. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int cost = one.charAt(i - 1) == other.charAt(j - 1) ? diagonal : diagonal + 1;
                diagonal = row[j];
                row[j] = Math.min(cost, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
