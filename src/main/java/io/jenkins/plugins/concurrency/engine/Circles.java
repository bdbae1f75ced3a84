package io.jenkins.plugins.concurrency.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Finds requests that wait for each other.
 *
 * <p>Only a request that has something while it waits, or waits inside another lease or stalls one, can keep others waiting. At first
 * all of these count as stuck, and what they have, with what encloses them, as never to come free. Then whoever fits
 * beside that, as do all who are before it, will get in and end: it is stuck no more, and so on. Who is left at the end
 * waits in a circle, or for one.
 */
final class Circles {
    /** More than any limit: a group that somebody has as a whole has no room for anybody. */
    private static final long WHOLE = 1L << 32;

    /** Those in it, and for each what it waits for. */
    record Circle(List<Entry> members, List<Effect.Blockage> links) {
        List<Effect.Blockage> linksFrom(Entry member) {
            List<Effect.Blockage> turned = new ArrayList<>(links);
            Collections.rotate(turned, -members.indexOf(member));
            return List.copyOf(turned);
        }
    }

    /** One link: somebody waits, because of what {@code holder} has or where it stands, until {@code next} is served. */
    private record Link(Entry waiting, Entry holder, Entry next) {
        Effect.Blockage told() {
            return new Effect.Blockage(waiting.owner(), waiting.waitingIn().key(), holder.owner());
        }
    }

    private final State state;
    private final Set<Entry> stuck = new LinkedHashSet<>();
    /** For each lease, or waiting request that has something, the stuck requests because of which it does not end. */
    private final Map<Entry, Set<Entry>> pins = new HashMap<>();

    private final Map<Group, Long> pinnedSlots = new HashMap<>();
    /** Where somebody may fit now. */
    private final Deque<Group> relieved = new ArrayDeque<>();

    private Circles(State state) {
        this.state = state;
    }

    /** The circle that a request closes which has just lined up. In O(requests that wait inside others). */
    static Optional<Circle> closedBy(Entry start, State state) {
        Circles circles = new Circles(state);
        if (!circles.mayClose(start)) {
            return Optional.empty();
        }
        circles.findStuck();
        return circles.from(start);
    }

    /** Some circle, wherever it is. */
    static Optional<Circle> any(State state) {
        Circles circles = new Circles(state);
        circles.findStuck();
        return circles.stuck.stream()
                .flatMap(entry -> circles.from(entry).stream())
                .findFirst();
    }

    /** Whether anybody at all may wait for this one. */
    private boolean mayClose(Entry start) {
        return start.next().isWide()
                || pinnedBy(start).stream()
                        .flatMap(holder -> holder.held().stream())
                        .anyMatch(share -> share.group().queue().size() > 0);
    }

    private void findStuck() {
        Map<Group, List<Entry>> queues = new LinkedHashMap<>();
        for (Entry entry : state.blocked()) {
            if (!isEndingAnyway(entry)) {
                stuck.add(entry);
                pin(entry);
                queues.computeIfAbsent(entry.waitingIn(), group -> new ArrayList<>())
                        .add(entry);
            }
        }
        relieved.addAll(queues.keySet());
        while (!relieved.isEmpty()) {
            List<Entry> queue = queues.get(relieved.poll());
            if (queue != null) {
                queue.removeIf(this::isServed);
            }
        }
    }

    /** Whether a lease around it was told to leave, and it with it. */
    private boolean isEndingAnyway(Entry entry) {
        return pinnedBy(entry).stream().anyMatch(Entry::isLeaving);
    }

    private boolean isServed(Entry entry) {
        boolean served = obstacle(entry).isEmpty();
        if (served) {
            stuck.remove(entry);
            unpin(entry);
        }
        return served;
    }

    /** Who does not fit beside what is pinned: the entry itself, or somebody before it. */
    private Optional<Entry> obstacle(Entry entry) {
        Group group = entry.waitingIn();
        long pinned = pinnedSlots.getOrDefault(group, 0L);
        if (pinned == 0) {
            return Optional.empty();
        }
        if (!fits(entry, pinned)) {
            return Optional.of(entry);
        }
        int place = group.queue().indexOf(entry);
        return group.wide().stream()
                .filter(wide -> !fits(wide, pinned) && !isEndingAnyway(wide))
                .filter(wide -> group.queue().indexOf(wide) < place)
                .findFirst();
    }

    private static boolean fits(Entry entry, long pinned) {
        Group group = entry.waitingIn();
        return !entry.next().isExclusive()
                && group.needed(entry.next()) <= group.limit().value() - pinned;
    }

    private void pin(Entry entry) {
        for (Entry holder : pinnedBy(entry)) {
            Set<Entry> by = pins.computeIfAbsent(holder, any -> new LinkedHashSet<>(2));
            if (by.isEmpty()) {
                addPinned(holder, 1);
            }
            by.add(entry);
        }
    }

    private void unpin(Entry entry) {
        for (Entry holder : pinnedBy(entry)) {
            Set<Entry> by = pins.get(holder);
            by.remove(entry);
            if (by.isEmpty()) {
                addPinned(holder, -1);
            }
        }
    }

    private void addPinned(Entry holder, int sign) {
        for (Share share : holder.held()) {
            long slots = share.isExclusive() ? WHOLE : share.slots().length;
            pinnedSlots.merge(share.group(), sign * slots, Long::sum);
            if (sign < 0) {
                relieved.add(share.group());
            }
        }
    }

    /** Whoever does not end before this request does. */
    private List<Entry> pinnedBy(Entry entry) {
        List<Entry> holders = new ArrayList<>(2);
        holders.add(entry);
        if (entry.nesting().keepsAny()) {
            entry.nesting().kept().map(state::entry).filter(Objects::nonNull).forEach(holders::add);
        }
        return holders;
    }

    /** The shortest way from who waits to who keeps it waiting, and so on, that leads back. */
    private Optional<Circle> from(Entry start) {
        Map<Entry, Link> cameBy = new LinkedHashMap<>();
        Deque<Entry> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty() && !cameBy.containsKey(start)) {
            for (Link link : links(open.poll())) {
                if (cameBy.putIfAbsent(link.next(), link) == null) {
                    open.add(link.next());
                }
            }
        }
        return cameBy.containsKey(start) ? Optional.of(circle(start, cameBy)) : Optional.empty();
    }

    private static Circle circle(Entry start, Map<Entry, Link> cameBy) {
        LinkedList<Entry> members = new LinkedList<>();
        LinkedList<Effect.Blockage> links = new LinkedList<>();
        Entry at = start;
        do {
            Link link = cameBy.get(at);
            members.addFirst(link.waiting());
            links.addFirst(link.told());
            at = link.waiting();
        } while (at != start);
        return new Circle(List.copyOf(members), List.copyOf(links));
    }

    private List<Link> links(Entry waiting) {
        Entry obstacle = obstacle(waiting).orElse(null);
        if (obstacle != waiting) {
            return obstacle == null ? List.of() : List.of(new Link(waiting, obstacle, obstacle));
        }
        List<Link> links = new ArrayList<>();
        for (Entry holder : waiting.waitingIn().holders()) {
            for (Entry pin : pins.getOrDefault(holder, Set.of())) {
                links.add(new Link(waiting, holder, pin));
            }
        }
        return links;
    }
}
