package io.jenkins.plugins.concurrency.lab.rehearse.declarative;

import java.util.regex.Pattern;

/** Patterns as Ant has them for paths: {@code *} within a part of one, {@code **} over parts. */
final class Glob {
    private Glob() {}

    static boolean matches(String glob, String name) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char letter = glob.charAt(i);
            if (glob.startsWith("**", i)) {
                regex.append(".*");
                i++;
            } else if (letter == '*') {
                regex.append("[^/]*");
            } else if (letter == '?') {
                regex.append("[^/]");
            } else {
                regex.append(Pattern.quote(String.valueOf(letter)));
            }
        }
        return name.matches(regex.toString());
    }
}
