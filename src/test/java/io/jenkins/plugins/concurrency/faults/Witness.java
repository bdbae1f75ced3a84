package io.jenkins.plugins.concurrency.faults;

import io.jenkins.plugins.concurrency.faults.History.Note;
import io.jenkins.plugins.concurrency.faults.History.Stay;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Judges a history that is over: whether ever too many were inside a group, whether somebody passed an earlier one, and
 * whether somebody was lost. It knows the notes only, and says nothing that they do not prove.
 */
final class Witness {
    /** What was decided may show up to so much later, not counting the time in which the controller was down. */
    private static final long DELAY = 10_000;
    /** Who notes that it asks has asked so much later, unless the controller went down meanwhile. */
    private static final long ASKING = 4_000;

    private final History history;
    private final Map<String, List<Stay>> stays;
    private final List<String> violations = new ArrayList<>();

    private Witness(History history) {
        this.history = history;
        this.stays = history.stays().stream().collect(Collectors.groupingBy(Stay::group));
    }

    /** What is wrong; empty if nothing is. */
    static List<String> judge(List<String> lines) {
        Witness witness = new Witness(new History(lines));
        for (String group : witness.history.groups()) {
            List<Asked> asked = witness.asked(group);
            for (Stay stay : witness.stays.getOrDefault(group, List.of())) {
                witness.judge(stay, asked);
            }
        }
        witness.judgeEnds();
        return witness.violations;
    }

    private void judge(Stay newcomer, List<Asked> asked) {
        int at = newcomer.from();
        List<String> inside = stays.get(newcomer.group()).stream()
                .filter(stay -> stay.isAt(at))
                .map(Stay::who)
                .toList();
        int limit = limit(newcomer.group(), at);
        if (inside.size() > limit) {
            violations.add("over the limit %d of %s at line %d: %s".formatted(limit, newcomer.group(), at, inside));
        }
        if (inside.size() >= limit) {
            // Nobody who waits has a slot already.
            asked.stream()
                    .filter(other -> passed(newcomer, other, asked))
                    .forEach(other -> violations.add("%s went into %s at line %d before %s, who had asked earlier"
                            .formatted(newcomer.who(), newcomer.group(), at, other.who())));
        }
    }

    /** The highest limit that may have held when somebody was granted who is inside now. */
    private int limit(String group, int at) {
        int since = at;
        long time = history.note(at).time() - DELAY;
        while (since > 0 && history.note(since - 1).time() >= time) {
            since--;
            if (history.note(since).is("kill", "stop")) {
                time = history.note(since).time() - DELAY;
            } else if (history.note(since).is("up")) {
                // The controller came back within that time.
                since = history.last(since, "kill", "stop").map(Note::at).orElse(0);
                time = history.note(since).time() - DELAY;
            }
        }
        int first = since;
        List<Note> limits = history.all("limit", group);
        Optional<Note> before =
                limits.stream().filter(note -> note.at() < first).reduce((earlier, later) -> later);
        int highest = limits.stream()
                .filter(note -> note.at() >= first && note.at() <= at)
                .mapToInt(note -> Integer.parseInt(note.who()))
                .max()
                .orElse(0);
        return Math.max(
                highest, before.map(note -> Integer.parseInt(note.who())).orElse(highest == 0 ? 99 : 0));
    }

    /** When somebody asked: not before, and not after. */
    private record Asked(String who, long earliest, OptionalLong latest) {}

    private List<Asked> asked(String group) {
        Map<String, List<Note>> asks = history.all("ask", group).stream().collect(Collectors.groupingBy(Note::who));
        return asks.entrySet().stream()
                .map(entry -> new Asked(
                        entry.getKey(),
                        entry.getValue().get(0).time(),
                        latest(entry.getValue().get(entry.getValue().size() - 1))))
                .toList();
    }

    /** Empty if it may have asked again when the controller was up again, as the first time was not on disk. */
    private OptionalLong latest(Note ask) {
        long latest = ask.time() + ASKING;
        Optional<Note> down = history.first(ask.at(), "kill", "stopping");
        if (history.last(ask.at(), "stopping", "up")
                .filter(note -> note.is("stopping"))
                .isPresent()) {
            // The queue moves no more, so that it asks when the controller is back.
            return OptionalLong.empty();
        }
        boolean entered = history.stays().stream()
                .anyMatch(stay -> stay.who().equals(ask.who())
                        && stay.group().equals(ask.group())
                        && stay.from() > ask.at()
                        && down.map(Note::at).orElse(Integer.MAX_VALUE) > stay.to());
        if (down.isEmpty() || entered) {
            return OptionalLong.of(latest);
        }
        // A Pipeline is on disk by itself, the queue only when it is saved.
        boolean onDisk = down.get().time() > latest
                && (isStep(ask)
                        || history.notes().stream()
                                .anyMatch(note -> note.is("saved")
                                        && note.time() > latest
                                        && note.at() < down.get().at()));
        return onDisk ? OptionalLong.of(latest) : OptionalLong.empty();
    }

    /** Those who ask in a step say so; others are queue entries. */
    private static boolean isStep(Note ask) {
        return ask.who().startsWith("step");
    }

    private boolean passed(Stay newcomer, Asked other, List<Asked> asked) {
        if (other.who().equals(newcomer.who()) || other.latest().isEmpty()) {
            return false;
        }
        boolean later = asked.stream()
                .anyMatch(asking -> asking.who().equals(newcomer.who())
                        && asking.earliest() > other.latest().getAsLong());
        List<Stay> others = stays.get(newcomer.group()).stream()
                .filter(stay -> stay.who().equals(other.who()))
                .toList();
        // Who was inside before, or was cancelled, waits no more, even if its entry comes back after a crash.
        return later
                && !others.isEmpty()
                && others.stream().allMatch(stay -> stay.from() > newcomer.from())
                && history.notes().stream()
                        .noneMatch(note -> note.is("cancel", "hard")
                                && note.who().equals(other.who())
                                && note.at() < newcomer.from());
    }

    private void judgeEnds() {
        for (Note note : history.notes()) {
            if (note.is("stuck")) {
                violations.add(note.who() + " is lost: " + note.group());
            } else if (note.is("result")
                    && note.group().equals("SUCCESS")
                    && history.stays().stream().noneMatch(stay -> stay.who().equals(note.who()))) {
                violations.add(note.who() + " succeeded without having been inside");
            }
        }
    }
}
