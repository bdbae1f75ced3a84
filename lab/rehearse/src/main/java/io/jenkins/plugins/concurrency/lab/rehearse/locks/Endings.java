package io.jenkins.plugins.concurrency.lab.rehearse.locks;

import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.Outcome;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Event;
import java.util.stream.Collectors;

/** How requests end that get no slots, in words. */
public final class Endings {
    private Endings() {}

    public static Event.Kind kind(Outcome outcome) {
        return switch (outcome) {
            case SKIPPED -> Event.Kind.SKIPPED;
            case EXPIRED -> Event.Kind.EXPIRED;
            case SUPERSEDED, DISPLACED -> Event.Kind.SUPERSEDED;
            case DEADLOCK -> Event.Kind.DEADLOCK;
            case WITHDRAWN -> Event.Kind.LEFT;
            default -> Event.Kind.REFUSED;
        };
    }

    /** A sentence without its full stop. */
    public static String text(Effect.Ended effect) {
        String group = "group '" + effect.group().name() + "'";
        return switch (effect.outcome()) {
            case CANCELLED, FAILED -> "No slot of " + group + " was free";
            case SKIPPED -> "No slot of " + group + " was free, so the block was skipped";
            case QUEUE_FULL_CANCELLED, QUEUE_FULL_FAILED -> "The queue of " + group + " was full";
            case SUPERSEDED ->
                "Superseded by " + effect.by().map(Object::toString).orElse("a newer build") + " in " + group;
            case DISPLACED ->
                "Displaced by " + effect.by().map(Object::toString).orElse("a newer build") + " from the full queue of "
                        + group;
            case EXPIRED -> "Waited too long for " + group;
            case DEADLOCK -> "A circle of builds that wait for each other: " + circle(effect);
            case WITHDRAWN -> "Stopped while it waited for " + group;
        };
    }

    private static String circle(Effect.Ended effect) {
        return effect.circle().stream()
                .map(link -> link.waiting() + " waits for '" + link.group().name() + "' behind " + link.holder())
                .collect(Collectors.joining(", "));
    }
}
