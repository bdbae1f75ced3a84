package io.jenkins.plugins.concurrency.faults;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the notes say, in the order in which they were written.
 *
 * <p>Bodies note {@code ask}, {@code in} and {@code out}; for a queue entry, who schedules it notes {@code ask}. Who disturbs
 * them notes {@code limit} (with the number instead of somebody), {@code saved} (the queue is on disk), {@code cancel} and
 * {@code hard} (somebody is about to be ended without an {@code out}), {@code moved} (somebody's job is about to be renamed),
 * {@code kill} (the controller is down), {@code stopping} and {@code stop} (it goes down gently, and is down) and {@code up}.
 * At the end of all: {@code result} and {@code stuck}, with the result or the reason instead of a group.
 */
final class History {
    /** A line. */
    record Note(int at, long time, String what, String who, String group) {
        boolean is(String... any) {
            return Set.of(any).contains(what);
        }
    }

    /** Somebody was in a group, from one line up to another. */
    record Stay(String who, String group, int from, int to) {
        boolean isAt(int line) {
            return from <= line && line < to;
        }
    }

    private final List<Note> notes = new ArrayList<>();
    private final List<Stay> stays = new ArrayList<>();

    History(List<String> lines) {
        for (String line : lines) {
            String[] parts = line.split(" ", 4);
            notes.add(new Note(notes.size(), Long.parseLong(parts[0]), parts[1], parts[2], parts[3]));
        }
        findStays();
    }

    List<Note> notes() {
        return notes;
    }

    List<Stay> stays() {
        return stays;
    }

    Note note(int at) {
        return notes.get(at);
    }

    List<Note> all(String what, String group) {
        return notes.stream()
                .filter(note -> note.is(what) && note.group().equals(group))
                .toList();
    }

    Set<String> groups() {
        return notes.stream()
                .filter(note -> note.is("in", "ask"))
                .map(Note::group)
                .collect(Collectors.toSet());
    }

    /**
     * A body that notes no {@code out} was ended, or died with the controller. One that is found inside after a restart
     * notes its {@code out} then: that proves that it was inside all the time. One that enters again without having left
     * died the first time: its build is another one, or its Pipeline is back where it was before.
     */
    private void findStays() {
        Map<List<String>, Integer> inside = new HashMap<>();
        Map<List<String>, Integer> left = new HashMap<>();
        Set<String> moved = new HashSet<>();
        Set<String> killed = new HashSet<>();
        for (Note note : notes) {
            List<String> key = List.of(note.who(), note.group());
            if (killed.contains(note.who()) && note.is("in", "out")) {
                // The build has ended and given back what it had. Its program goes on all the same: Pipeline lets it.
                continue;
            }
            switch (note.what()) {
                case "in" -> {
                    Integer before = inside.put(key, note.at());
                    if (before != null) {
                        add(key, before, deathAfter(before));
                    }
                    left.remove(key);
                }
                case "out" -> {
                    Integer from = inside.remove(key);
                    if (from != null) {
                        left.put(key, from);
                    }
                    // Twice if the controller went down before the first was on disk. After a rename it never is there:
                    // such a build has ended, and is back where it was before when somebody looks at it.
                    Integer since = left.get(key);
                    if (since != null && (from != null || !moved.contains(note.who()))) {
                        stays.removeIf(stay -> stay.from() == since);
                        add(key, since, note.at());
                    }
                }
                case "moved" -> moved.add(note.who());
                case "hard" -> {
                    killed.add(note.who());
                    List.copyOf(inside.keySet()).stream()
                            .filter(other -> other.get(0).equals(note.who()))
                            .forEach(other -> add(other, inside.remove(other), note.at()));
                }
                case "kill", "stop" -> killed.clear();
                default -> {}
            }
        }
        inside.forEach((key, from) -> add(key, from, deathAfter(from)));
        stays.sort(Comparator.comparingInt(Stay::from));
    }

    private void add(List<String> key, int from, int to) {
        stays.add(new Stay(key.get(0), key.get(1), from, to));
    }

    private int deathAfter(int line) {
        return first(line, "kill", "stop").map(Note::at).orElse(Integer.MAX_VALUE);
    }

    /** The first of these after a line. */
    Optional<Note> first(int after, String... what) {
        return notes.stream().skip(after + 1L).filter(note -> note.is(what)).findFirst();
    }

    /** The last of these before a line. */
    Optional<Note> last(int before, String... what) {
        return notes.stream().limit(before).filter(note -> note.is(what)).reduce((earlier, later) -> later);
    }
}
