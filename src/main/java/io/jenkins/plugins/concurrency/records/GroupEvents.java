package io.jenkins.plugins.concurrency.records;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/**
 * The last {@value #MOST} events of a group, the newest first. Of those that say that somebody got slots after a wait, there are
 * the last {@value #MOST_AFTER_WAIT}; of those that nobody misses, the last {@value #MOST_ROUTINE}. So the many that go well do
 * not push out who was cancelled, superseded or refused. Not safe for several threads.
 */
final class GroupEvents {
    static final int MOST = 100;
    static final int MOST_AFTER_WAIT = 50;
    static final int MOST_ROUTINE = 20;

    /** The newest last, as that is where they come. */
    private final List<HistoryEvent> events;

    GroupEvents(List<HistoryEvent> oldestFirst) {
        events = new ArrayList<>(oldestFirst);
        trim();
    }

    /** @return whether somebody got slots; not if a queue item got again what it had given back, which is one event then */
    boolean add(HistoryEvent event) {
        boolean again = events.removeIf(before -> isGrant(before) && event.replaces(before));
        events.removeIf(event::replaces);
        events.add(event);
        trim();
        return isGrant(event) && !again;
    }

    private static boolean isGrant(HistoryEvent event) {
        return event.getKind() == HistoryEvent.Kind.GRANTED;
    }

    private void trim() {
        trim(HistoryEvent::isRoutine, MOST_ROUTINE);
        trim(HistoryEvent::isGrantAfterWait, MOST_AFTER_WAIT);
        trim(event -> true, MOST);
    }

    private void trim(Predicate<HistoryEvent> kind, int most) {
        int tooMany = -most;
        for (HistoryEvent event : events) {
            tooMany += kind.test(event) ? 1 : 0;
        }
        for (Iterator<HistoryEvent> oldest = events.iterator(); tooMany > 0 && oldest.hasNext(); ) {
            if (kind.test(oldest.next())) {
                oldest.remove();
                tooMany--;
            }
        }
    }

    List<HistoryEvent> newestFirst() {
        List<HistoryEvent> all = new ArrayList<>(events.size());
        for (int i = events.size() - 1; i >= 0; i--) {
            all.add(events.get(i));
        }
        return List.copyOf(all);
    }

    List<HistoryEvent> oldestFirst() {
        return List.copyOf(events);
    }

    /** Puts in what happened before. */
    void addOlder(GroupEvents older) {
        events.addAll(0, older.events);
        trim();
    }

    boolean tellOf(String fullName) {
        return events.stream().anyMatch(event -> event.tellsOf(fullName));
    }

    void forget(String fullName) {
        events.removeIf(event -> event.isOf(fullName));
        events.replaceAll(event -> event.without(fullName));
    }

    void relocate(String from, String to) {
        events.replaceAll(event -> event.relocated(from, to));
    }
}
