package io.jenkins.plugins.concurrency.lab.rehearse.settings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Ant-style patterns of folders, with commas between them; each stands for what is below it too. Immutable. */
public final class Folders {
    private final String text;
    private final List<Pattern> patterns;

    private Folders(String text) {
        this.text = text;
        this.patterns = Arrays.stream(text.split("[,\n]"))
                .map(String::trim)
                .map(one -> one.replaceAll("^/|/+$", ""))
                .filter(one -> !one.isEmpty())
                .map(Folders::pattern)
                .toList();
    }

    /** None for an empty text. */
    public static Folders of(String text) {
        return new Folders(text);
    }

    /** The folders that a job is in, the innermost first, the root, which has no name, last. */
    static List<String> around(String job) {
        List<String> folders = new ArrayList<>();
        for (int slash = job.lastIndexOf('/'); slash >= 0; slash = job.lastIndexOf('/', slash - 1)) {
            folders.add(job.substring(0, slash));
        }
        folders.add("");
        return folders;
    }

    private static Pattern pattern(String ant) {
        StringBuilder regex = new StringBuilder();
        for (String segment : ant.split("/")) {
            if (segment.equals("**")) {
                regex.append("(?:/[^/]+)*");
            } else {
                regex.append('/').append(wild(segment));
            }
        }
        return Pattern.compile(regex.toString());
    }

    private static String wild(String segment) {
        StringBuilder regex = new StringBuilder();
        for (char letter : segment.toCharArray()) {
            regex.append(letter == '*' ? "[^/]*" : letter == '?' ? "[^/]" : Pattern.quote(String.valueOf(letter)));
        }
        return regex.toString();
    }

    boolean isEmpty() {
        return patterns.isEmpty();
    }

    boolean match(String folder) {
        String path = folder.isEmpty() ? "" : "/" + folder;
        return patterns.stream().anyMatch(pattern -> pattern.matcher(path).matches());
    }

    boolean matchFolderOf(String job) {
        return around(job).stream().anyMatch(this::match);
    }

    @Override
    public String toString() {
        return text;
    }
}
