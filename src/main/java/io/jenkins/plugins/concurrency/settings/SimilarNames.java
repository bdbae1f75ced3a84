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

    private SimilarNames() {}

    static String hint(String name, List<GroupKey> declared) {
        String folded = name.toLowerCase(Locale.ROOT);
        String similar = declared.stream()
                .map(GroupKey::name)
                .sorted(Comparator.comparing(
                        known -> EditDistance.editDistance(folded, known.toLowerCase(Locale.ROOT))))
                .limit(MOST)
                .map(known -> "'" + known + "'")
                .collect(Collectors.joining(", "));
        return similar.isEmpty() ? "None is declared. " : "Declared ones with a similar name: " + similar + ". ";
    }
}
