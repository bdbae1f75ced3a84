package io.jenkins.plugins.concurrency.engine;

/** The names of jobs, folders ({@code a/b}) and builds ({@code a/b#3}), as far as a rename concerns them. */
final class Paths {
    private Paths() {}

    /** The path after {@code from} became {@code to}: changed if it is {@code from} itself or something in it. */
    static String relocated(String path, String from, String to) {
        return isWithin(path, from) ? to + path.substring(from.length()) : path;
    }

    static boolean isWithin(String path, String ancestor) {
        return path.startsWith(ancestor)
                && (path.length() == ancestor.length() || "/#".indexOf(path.charAt(ancestor.length())) >= 0);
    }
}
