package io.jenkins.plugins.concurrency.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The names of jobs, folders ({@code a/b}) and builds ({@code a/b#3}), as far as a rename concerns them. */
final class Paths {
    /** One of these stands between a path and what is in it. */
    private static final char[] MARKS = {'/', '#'};

    private Paths() {}

    /** The path after {@code from} became {@code to}: changed if it is {@code from} itself or something in it. */
    static String relocated(String path, String from, String to) {
        return isWithin(path, from) ? to + path.substring(from.length()) : path;
    }

    static boolean isWithin(String path, String ancestor) {
        return path.startsWith(ancestor)
                && (path.length() == ancestor.length() || isMark(path.charAt(ancestor.length())));
    }

    private static boolean isMark(char next) {
        return next == MARKS[0] || next == MARKS[1];
    }

    /** What a map has for a path and for all that is in it: in O(log n), and O(1) for each. */
    static <V> List<V> within(NavigableMap<String, V> byPath, String ancestor) {
        List<V> found = new ArrayList<>();
        V own = byPath.get(ancestor);
        if (own != null) {
            found.add(own);
        }
        ranges(ancestor)
                .forEach((first, beyond) ->
                        found.addAll(byPath.subMap(first, beyond).values()));
        return found;
    }

    /** Between which strings those are that are in a path: the first one, and the one beyond the last. */
    static Map<String, String> ranges(String ancestor) {
        Map<String, String> ranges = new TreeMap<>();
        for (char mark : MARKS) {
            ranges.put(ancestor + mark, ancestor + (char) (mark + 1));
        }
        return ranges;
    }
}
