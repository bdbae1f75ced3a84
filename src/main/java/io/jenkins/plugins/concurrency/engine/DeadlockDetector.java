package io.jenkins.plugins.concurrency.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Finds requests that wait for each other, by reduction of the wait-for graph.
 *
 * <p>Only a request that has something while it waits, or waits inside another lease or stalls one, can keep others waiting.
 * At first all of these count as stuck, and what they have, with what encloses them, as never to come free. Then whoever
 * fits beside that, as do all who are before it, will get in and end: it is stuck no more, and so on ({@link StuckLine}).
 * Who is left at the end waits in a circle, or for one. All of that takes O(n log n) for n requests that wait so, or for
 * more than one slot in the same groups.
 */
final class DeadlockDetector {
    /** Those in it, and for each what it waits for. */
    record Deadlock(List<LiveRequest> members, List<Effect.Blockage> links) {
        List<Effect.Blockage> linksFrom(LiveRequest member) {
            List<Effect.Blockage> turned = new ArrayList<>(links);
            Collections.rotate(turned, -members.indexOf(member));
            return List.copyOf(turned);
        }

        /** The newest of those that hold something. */
        LiveRequest newestHolder() {
            return members.stream()
                    .filter(member ->
                            !member.held().isEmpty() || member.nesting().keepsAny())
                    .max(LiveRequest.BY_TICKET)
                    .orElseThrow();
        }
    }

    /** One link: somebody waits, because of what {@code holder} has or where it stands, until {@code next} is served. */
    private record Link(LiveRequest waiting, LiveRequest holder, LiveRequest next) {
        Effect.Blockage toEffect() {
            return new Effect.Blockage(waiting.owner(), waiting.waitingIn().key(), holder.owner());
        }
    }

    private final State state;
    private final Map<Group, StuckLine> lines = new LinkedHashMap<>();
    /** For each lease, or waiting request that has something, the stuck requests because of which it does not end. */
    private final Map<LiveRequest, List<LiveRequest>> pins = new HashMap<>();

    private DeadlockDetector(State state) {
        this.state = state;
    }

    /** The circle that a request closes which has just lined up. */
    static Optional<Deadlock> closedBy(LiveRequest start, State state) {
        DeadlockDetector detector = new DeadlockDetector(state);
        if (!state.mayDeadlock() || !detector.mayClose(start)) {
            return Optional.empty();
        }
        detector.findStuck();
        return detector.from(start);
    }

    /** Some circle, wherever it is. */
    static Optional<Deadlock> any(State state) {
        if (!state.mayDeadlock()) {
            return Optional.empty();
        }
        DeadlockDetector detector = new DeadlockDetector(state);
        detector.findStuck();
        return detector.lines.values().stream()
                .flatMap(line -> line.stuck().stream())
                .findFirst()
                .map(detector::intoDeadlock)
                .flatMap(detector::from);
    }

    /** Whether anybody at all may wait for this one. */
    private boolean mayClose(LiveRequest start) {
        WaitQueue queue = start.waitingIn().queue();
        return start.next().isWide() && !queue.isLast(start)
                || pinnedBy(start).stream()
                        .flatMap(holder -> holder.held().stream())
                        .anyMatch(share -> share.group().queue().size() > 0);
    }

    private void findStuck() {
        Map<Group, List<LiveRequest>> stuck = new LinkedHashMap<>();
        for (LiveRequest live : state.blocked()) {
            if (!isEndingAnyway(live)) {
                stuck.computeIfAbsent(live.waitingIn(), group -> new ArrayList<>())
                        .add(live);
            }
        }
        stuck.forEach((group, requests) -> {
            List<LiveRequest> wide =
                    group.wide().stream().filter(live -> !isEndingAnyway(live)).toList();
            lines.put(group, new StuckLine(group, requests, wide));
        });
        Map<LiveRequest, int[]> pinCounts = new HashMap<>();
        stuck.values().forEach(requests -> requests.forEach(live -> pin(live, pinCounts)));
        reduce(pinCounts);
        for (StuckLine line : lines.values()) {
            for (LiveRequest live : line.stuck()) {
                pinnedBy(live)
                        .forEach(holder -> pins.computeIfAbsent(holder, any -> new ArrayList<>(2))
                                .add(live));
            }
        }
    }

    /** Whether a lease around it was told to leave, and it with it. */
    private boolean isEndingAnyway(LiveRequest live) {
        return pinnedBy(live).stream().anyMatch(LiveRequest::isLeaving);
    }

    private void pin(LiveRequest live, Map<LiveRequest, int[]> pinCounts) {
        for (LiveRequest holder : pinnedBy(live)) {
            if (pinCounts.computeIfAbsent(holder, any -> new int[1])[0]++ == 0) {
                addPinned(holder, 1, new ArrayList<>(0));
            }
        }
    }

    /** Lets whoever fits get in and end, until nobody fits. */
    private void reduce(Map<LiveRequest, int[]> pinCounts) {
        Deque<StuckLine> relieved = new ArrayDeque<>(lines.values());
        while (!relieved.isEmpty()) {
            StuckLine line = relieved.poll();
            for (LiveRequest served = line.serve(); served != null; served = line.serve()) {
                for (LiveRequest holder : pinnedBy(served)) {
                    if (--pinCounts.get(holder)[0] == 0) {
                        addPinned(holder, -1, relieved);
                    }
                }
            }
        }
    }

    private void addPinned(LiveRequest holder, int sign, Collection<StuckLine> touched) {
        for (Share share : holder.held()) {
            StuckLine line = lines.get(share.group());
            if (line != null) {
                line.addPinned(share, sign);
                if (sign < 0) {
                    touched.add(line);
                }
            }
        }
    }

    /** Whoever does not end before this request does. */
    private List<LiveRequest> pinnedBy(LiveRequest live) {
        if (!live.nesting().keepsAny()) {
            return List.of(live);
        }
        List<LiveRequest> holders = new ArrayList<>(2);
        holders.add(live);
        live.nesting().kept().map(state::find).filter(Objects::nonNull).forEach(holders::add);
        return holders;
    }

    /** From one who waits in a circle, or for one, to one who waits in it. */
    private LiveRequest intoDeadlock(LiveRequest stuck) {
        Set<LiveRequest> seen = new HashSet<>();
        LiveRequest at = stuck;
        while (seen.add(at)) {
            at = links(at, new HashSet<>()).get(0).next();
        }
        return at;
    }

    /** The shortest way from who waits to who keeps it waiting, and so on, that leads back. */
    private Optional<Deadlock> from(LiveRequest start) {
        Map<LiveRequest, Link> cameBy = new LinkedHashMap<>();
        Set<Group> left = new HashSet<>();
        Deque<LiveRequest> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty() && !cameBy.containsKey(start)) {
            for (Link link : links(open.poll(), left)) {
                if (cameBy.putIfAbsent(link.next(), link) == null) {
                    open.add(link.next());
                }
            }
        }
        return cameBy.containsKey(start) ? Optional.of(circle(start, cameBy)) : Optional.empty();
    }

    private static Deadlock circle(LiveRequest start, Map<LiveRequest, Link> cameBy) {
        LinkedList<LiveRequest> members = new LinkedList<>();
        LinkedList<Effect.Blockage> links = new LinkedList<>();
        LiveRequest at = start;
        do {
            Link link = cameBy.get(at);
            members.addFirst(link.waiting());
            links.addFirst(link.toEffect());
            at = link.waiting();
        } while (at != start);
        return new Deadlock(List.copyOf(members), List.copyOf(links));
    }

    /** @param left the groups whose holders were gone through: all who wait for them lead to the same ones */
    private List<Link> links(LiveRequest waiting, Set<Group> left) {
        StuckLine line = lines.get(waiting.waitingIn());
        LiveRequest obstacle = line == null ? null : line.obstacle(waiting);
        if (obstacle == null) {
            return List.of();
        }
        if (obstacle != waiting) {
            return List.of(new Link(waiting, obstacle, obstacle));
        }
        List<Link> links = new ArrayList<>();
        if (left.add(waiting.waitingIn())) {
            waiting.waitingIn().holders().visit(0, holder -> {
                for (LiveRequest pin : pins.getOrDefault(holder, List.of())) {
                    links.add(new Link(waiting, holder, pin));
                }
                return true;
            });
        }
        return links;
    }
}
