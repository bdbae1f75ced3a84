package io.jenkins.plugins.concurrency.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What an engine does, written as plainly as possible: one list of live requests that is searched for everything. It is
 * slow and obviously right, and knows nothing of how the engine does it.
 *
 * <p>It does not find circles, it only recognises them: {@code circle} says which requests the engine ended for one.
 */
final class Model extends ModelState {
    static final Comparator<ModelRequest> BY_TICKET = Comparator.comparingLong((ModelRequest r) -> r.ticket)
            .thenComparingLong(r -> r.key().value());

    private final Deque<GroupKey> marked = new ArrayDeque<>();
    private List<Effect> effects = new ArrayList<>();
    private List<RequestKey> circle = List.of();
    private boolean mayDeadlock;

    Model(InstantSource clock, boolean gateOpen) {
        super(clock, gateOpen);
    }

    /** Begins a call of which the engine has just told these effects. */
    Model expecting(List<Effect> told) {
        effects = new ArrayList<>();
        mayDeadlock = false;
        circle = told.stream()
                .filter(effect -> effect instanceof Effect.Ended ended && ended.outcome() == Outcome.DEADLOCK)
                .map(Effect::request)
                .toList();
        return this;
    }

    List<Effect> request(Request request) {
        return requestAgain(request, nextTicket(), now());
    }

    List<Effect> requestAgain(Request request, long ticket, long since) {
        sawTicket(ticket);
        ModelRequest newcomer = create(request, ticket, since);
        if (!gateOpen && newcomer.next() != null) {
            newcomers.add(newcomer);
        }
        return arrive(newcomer);
    }

    /** Comes in, looks whether all is free, and goes again. */
    List<Effect> tryAgain(Request request, long ticket, long since) {
        Map<GroupKey, long[]> before = new HashMap<>(newest);
        ModelRequest visitor = create(request, ticket, since);
        Map<GroupKey, Integer> limits = new HashMap<>();
        visitor.parts.forEach(part -> limits.put(part.group, limit(part.group)));
        join(visitor);
        boolean free = visitor.parts.stream().allMatch(part -> admits(visitor, part))
                // Those who wait come before one that raises the limit.
                && visitor.parts.stream()
                        .noneMatch(part -> queues.size(part.group) > 0 && limit(part.group) > limits.get(part.group));
        live.remove(visitor);
        newest.clear();
        newest.putAll(before);
        return free && gateOpen ? requestAgain(request, ticket, since) : List.of();
    }

    List<Effect> restore(Request request, SavedState past) {
        sawTicket(past.ticket());
        if (past.runningSince().isPresent()) {
            putBack(request, past);
            return done();
        }
        ModelRequest waiter = create(request, past.ticket(), past.since().toEpochMilli());
        waiter.restored = true;
        past.moved().ifPresent(place -> {
            waiter.moved = Map.entry(place.group(), place.by());
            moves = Math.max(moves, Math.abs(place.by()));
        });
        if (!gateOpen && !request.behavior().waits() && waiter.next() != null) {
            newcomers.add(waiter);
        }
        return arrive(waiter);
    }

    private List<Effect> arrive(ModelRequest newcomer) {
        for (ModelRequest.Part part : newcomer.parts) {
            tell(newcomer, part, newcomer.ticket);
        }
        join(newcomer);
        if (gateOpen) {
            serveAll();
            mayDeadlock = false;
            decide(newcomer);
        } else if (newcomer.next() == null) {
            grant(newcomer, false);
        } else {
            lineUp(newcomer);
        }
        return done();
    }

    private void decide(ModelRequest newcomer) {
        if (!newcomer.request.behavior().waits()) {
            for (ModelRequest.Part part : newcomer.parts) {
                if (!admits(newcomer, part)) {
                    Outcome outcome = newcomer.request.behavior() == Behavior.FAIL
                            ? Outcome.FAILED
                            : newcomer.request.behavior() == Behavior.SKIP ? Outcome.SKIPPED : Outcome.CANCELLED;
                    end(newcomer, outcome, part.group, null);
                    return;
                }
            }
        }
        advance(newcomer);
    }

    private void advance(ModelRequest request) {
        while (request.next() != null) {
            if (!admits(request, request.next()) && !makeRoom(request)) {
                return;
            }
            take(request);
        }
        grant(request, false);
    }

    private boolean makeRoom(ModelRequest request) {
        GroupKey group = request.next().group;
        Behavior behavior = request.request.behavior();
        if (behavior == Behavior.QUEUE_LATEST || behavior == Behavior.CANCEL_RUNNING) {
            Optional<ModelRequest> newest = newestThere(request, group);
            if (newest.isPresent() && !request.restored) {
                end(request, Outcome.SUPERSEDED, group, newest.get().owner);
                return false;
            }
            live.stream()
                    .filter(other -> !other.isRunning() && other.isIn(group))
                    .filter(other -> mayTouch(request, other))
                    .sorted(BY_TICKET)
                    .toList()
                    .forEach(other -> end(other, Outcome.SUPERSEDED, group, request.owner));
        }
        if (admits(request, request.next())) {
            return true;
        }
        OptionalInt bound = bound(request, group);
        if (bound.isPresent()
                && queues.size(group) >= bound.getAsInt()
                && !displaced(request, group, bound.getAsInt())) {
            return false;
        }
        boolean mayBlame = !mayDeadlock;
        lineUp(request);
        List<ModelRequest> cancelled = behavior == Behavior.CANCEL_RUNNING ? toCancel(request, group) : List.of();
        cancelled.forEach(running -> running.leaving = true);
        boolean isStuck = ModelDeadlocks.stuck(this).contains(request);
        boolean fair = order(group) == Order.FAIR;
        check(!mayBlame || fair || !isStuck || circle.contains(request.key()), "not ended for its circle", request);
        if (mayBlame && isStuck && circle.contains(request.key())) {
            cancelled.forEach(running -> running.leaving = false);
            end(request, Outcome.DEADLOCK, group, null);
        } else {
            cancelled.forEach(running ->
                    effects.add(new Effect.CancelRunning(running.key(), running.owner, group, request.owner)));
        }
        return false;
    }

    private boolean mayTouch(ModelRequest newcomer, ModelRequest other) {
        Behavior behavior = other.request.behavior();
        boolean consents =
                behavior == Behavior.CANCEL_RUNNING || behavior == Behavior.QUEUE_LATEST && !other.isRunning();
        return newcomer.isNewerThan(other)
                && !other.owner.equals(newcomer.owner)
                && (other.isOf(newcomer.owner.job()) || consents);
    }

    /** The newest one of its job that is in a group and newer than this one. */
    private Optional<ModelRequest> newestThere(ModelRequest request, GroupKey group) {
        return live.stream()
                .filter(other -> other.isOf(request.owner.job()) && !other.owner.equals(request.owner))
                .filter(other -> other.isIn(group) && other.isNewerThan(request))
                .max((a, b) -> a.isNewerThan(b) ? 1 : -1);
    }

    /** Those older than the newcomer: time and again the lowest ticket of those that are the oldest of their jobs. */
    private static List<ModelRequest> oldestFirst(ModelRequest newcomer, List<ModelRequest> requests) {
        List<ModelRequest> left = new ArrayList<>(requests);
        left.removeIf(other -> other.owner.equals(newcomer.owner));
        List<ModelRequest> sorted = new ArrayList<>();
        while (true) {
            Optional<ModelRequest> next = left.stream()
                    .filter(one ->
                            left.stream().noneMatch(other -> other.isOf(one.owner.job()) && one.isNewerThan(other)))
                    .filter(newcomer::isNewerThan)
                    .min(BY_TICKET);
            if (next.isEmpty()) {
                return sorted;
            }
            left.remove(next.get());
            sorted.add(next.get());
        }
    }

    private List<ModelRequest> toCancel(ModelRequest newcomer, GroupKey group) {
        if (paused.contains(group)) {
            return List.of();
        }
        boolean all = newcomer.next().whole;
        int missing = all ? 0 : needed(newcomer.next()) - limit(group);
        for (ModelRequest other : live) {
            boolean branch = other != newcomer && other.owner.equals(newcomer.owner);
            if (branch && group.equals(other.waitingIn) && other.request.behavior() == Behavior.CANCEL_RUNNING) {
                missing += needed(other.next());
            }
            if (other.holds(group) && !other.leaving && (all || !other.holdsWhole(group))) {
                missing += slots(other, group);
            }
        }
        List<ModelRequest> cancelled = new ArrayList<>();
        List<ModelRequest> touchable = live.stream()
                .filter(other -> other.holds(group) && other.isRunning() && !other.leaving)
                .filter(other ->
                        other.isOf(newcomer.owner.job()) || other.request.behavior() == Behavior.CANCEL_RUNNING)
                .toList();
        if (!all) {
            touchable.stream()
                    .filter(other -> other.holdsWhole(group) && newcomer.isNewerThan(other))
                    .filter(other -> !other.owner.equals(newcomer.owner))
                    .sorted(BY_TICKET)
                    .forEach(cancelled::add);
        }
        List<ModelRequest> others =
                touchable.stream().filter(other -> !cancelled.contains(other)).toList();
        for (ModelRequest other : oldestFirst(newcomer, others)) {
            if (missing > 0) {
                missing -= slots(other, group);
                cancelled.add(other);
            }
        }
        return cancelled;
    }

    private boolean displaced(ModelRequest newcomer, GroupKey group, int bound) {
        Overflow overflow = overflow(group);
        List<ModelRequest> waiting =
                live.stream().filter(other -> group.equals(other.waitingIn)).toList();
        List<ModelRequest> oldest = oldestFirst(newcomer, waiting);
        int tooMany = waiting.size() - bound + 1;
        if (overflow == Overflow.DISPLACE_OLDEST && oldest.size() >= tooMany) {
            oldest.subList(0, tooMany).forEach(other -> end(other, Outcome.DISPLACED, group, newcomer.owner));
            return true;
        }
        boolean fail = overflow == Overflow.FAIL;
        end(newcomer, fail ? Outcome.QUEUE_FULL_FAILED : Outcome.QUEUE_FULL_CANCELLED, group, null);
        return false;
    }

    private void lineUp(ModelRequest request) {
        GroupKey group = request.next().group;
        request.level = level(request, group);
        queues.add(group, request);
        mayDeadlock |= order(group) == Order.FAIR;
        effects.add(new Effect.Queued(request.key(), request.owner, request.ticket, group));
    }

    private void grant(ModelRequest request, boolean over) {
        request.runningSince = now();
        request.overLimit = over;
        List<Grant> grants = request.grants();
        Duration waited = Duration.ofMillis(Math.max(0, request.runningSince - request.since));
        effects.add(new Effect.Granted(
                request.key(), request.owner, request.ticket, grants, nested(request), waited, over));
    }

    private void take(ModelRequest request) {
        take(request.next());
    }

    private void take(ModelRequest.Part part) {
        List<Integer> taken = takenSlots(part.group);
        part.slots = IntStream.iterate(1, i -> i + 1)
                .filter(i -> !taken.contains(i))
                .limit(needed(part))
                .boxed()
                .toList();
    }

    private void end(ModelRequest request, Outcome outcome, GroupKey group, Owner by) {
        discard(request);
        Duration waited = Duration.ofMillis(Math.max(0, now() - request.since));
        effects.add(new Effect.Ended(
                request.key(), request.owner, outcome, group, Optional.ofNullable(by), waited, List.of()));
    }

    private void discard(ModelRequest request) {
        newcomers.remove(request);
        if (request.waitingIn != null) {
            stepOut(request);
        }
        request.held().forEach(part -> marked.add(part.group));
        mayDeadlock |= request.leaving;
        live.remove(request);
    }

    private void stepOut(ModelRequest request) {
        marked.add(request.waitingIn);
        mayDeadlock |= order(request.waitingIn) == Order.FAIR;
        queues.remove(request, false);
    }

    private void changed(GroupKey group) {
        marked.add(group);
        mayDeadlock = true;
    }

    private List<Effect> done() {
        if (gateOpen) {
            serveAll();
            List<ModelRequest> stuck = ModelDeadlocks.stuck(this);
            check(stuck.isEmpty(), "some wait for each other", stuck);
        }
        marked.clear();
        forgetIdle();
        return effects;
    }

    private void serveAll() {
        do {
            serve();
        } while (mayDeadlock && breakDeadlock());
    }

    private void serve() {
        while (!marked.isEmpty()) {
            GroupKey group = marked.poll();
            for (Optional<ModelRequest> head = servable(group); head.isPresent(); head = servable(group)) {
                serve(head.get());
            }
        }
    }

    private void serve(ModelRequest head) {
        queues.remove(head, true);
        take(head);
        advance(head);
    }

    private Optional<ModelRequest> servable(GroupKey group) {
        return queues.inOrder(group, order(group)).stream()
                .limit(1)
                .filter(r -> fits(r.next()))
                .findFirst();
    }

    /** The engine chose whom: it must be one of those who are stuck. */
    private boolean breakDeadlock() {
        List<ModelRequest> stuck = ModelDeadlocks.stuck(this);
        if (stuck.isEmpty()) {
            return false;
        }
        ModelRequest chosen = circle.stream()
                .flatMap(key -> stuck.stream().filter(request -> request.key().equals(key)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("some wait for each other unnoticed: " + stuck));
        boolean holds = !chosen.held().isEmpty() || !chosen.request.within().isEmpty();
        check(holds, "ended for a circle though it holds nothing", chosen);
        end(chosen, Outcome.DEADLOCK, chosen.waitingIn, null);
        return true;
    }

    List<Effect> end(RequestKey key) {
        find(key).ifPresent(this::leave);
        return done();
    }

    private void leave(ModelRequest request) {
        long granted = request.isRunning() ? request.runningSince : now();
        List<Effect.Left.Part> parts =
                request.isRunning() ? request.held().stream().map(this::left).toList() : List.of();
        Optional<GroupKey> waitedIn = Optional.ofNullable(request.waitingIn);
        discard(request);
        effects.add(new Effect.Left(
                request.key(),
                request.owner,
                request.ticket,
                request.request.priority(),
                Instant.ofEpochMilli(request.since),
                parts,
                waitedIn,
                request.isRunning() ? Optional.of(Duration.ofMillis(Math.max(0, now() - granted))) : Optional.empty(),
                Duration.ofMillis(Math.max(0, granted - request.since))));
    }

    private Effect.Left.Part left(ModelRequest.Part part) {
        int limit = limit(part.group);
        return new Effect.Left.Part(part.group, part.whole ? limit : part.slots.size(), limit);
    }

    List<Effect> withdraw(RequestKey key) {
        waiting(key).ifPresent(request -> end(request, Outcome.WITHDRAWN, request.waitingIn, null));
        return done();
    }

    /** Those who wait, of these; they are asked for again by their keys. */
    List<Effect> setAside(List<RequestKey> keys) {
        keys.stream()
                .flatMap(key -> waiting(key).stream())
                .sorted(BY_TICKET)
                .toList()
                .forEach(request -> {
                    discard(request);
                    aside.put(request.key(), request);
                });
        return done();
    }

    List<Effect> bringBack(List<RequestKey> keys) {
        keys.stream()
                .flatMap(key -> Optional.ofNullable(aside.remove(key)).stream())
                .sorted(BY_TICKET)
                .toList()
                .forEach(before -> {
                    ModelRequest again = comingBack(before);
                    again.parts.forEach(part -> tell(again, part, again.ticket));
                    join(again);
                    if (again.next() == null) {
                        grant(again, false);
                    } else {
                        lineUp(again);
                    }
                    again.parts.forEach(part -> changed(part.group));
                });
        return done();
    }

    private ModelRequest comingBack(ModelRequest before) {
        List<Claim> claims = before.parts.stream()
                .filter(part -> part.asked > 0)
                .map(ModelRequest.Part::claim)
                .toList();
        Request asked = before.request;
        Request request = new Request(
                asked.key(),
                before.owner,
                claims,
                asked.behavior(),
                asked.priority(),
                asked.maxQueued(),
                asked.deadline(),
                asked.within(),
                asked.stalls());
        ModelRequest again = create(request, before.ticket, before.since);
        before.nested.stream()
                .filter(group -> isUsed(group) && !again.nested.contains(group))
                .forEach(again.nested::add);
        again.restored = true;
        again.moved = before.moved;
        return again;
    }

    List<Effect> expire() {
        live.stream()
                .filter(request -> request.waitingIn != null && deadline(request) <= now())
                .sorted(Comparator.comparingLong(ModelState::deadline).thenComparing(BY_TICKET))
                .toList()
                .forEach(request -> end(request, Outcome.EXPIRED, request.waitingIn, null));
        return done();
    }

    List<Effect> startNow(RequestKey key) {
        waiting(key).ifPresent(request -> {
            newcomers.remove(request);
            stepOut(request);
            boolean over = false;
            while (request.next() != null) {
                over |= missing(request.next()) > 0;
                take(request);
            }
            grant(request, over);
        });
        return done();
    }

    List<Effect> changeLimit(RequestKey key, int limit) {
        find(key).ifPresent(request -> {
            long ticket = nextTicket();
            for (ModelRequest.Part part : request.parts) {
                if (part.limit != Claim.ANY_LIMIT) {
                    part.limit = limit;
                    part.wanted = Math.min(part.wanted, limit);
                    part.asked = Math.min(part.asked, limit);
                    tell(request, part, ticket);
                    newest.put(part.group, new long[] {ticket, limit});
                    changed(part.group);
                }
            }
        });
        return done();
    }

    /** Whom the group's limit follows from this ticket on. */
    private void tell(ModelRequest request, ModelRequest.Part part, long ticket) {
        if (isUsed(part.group) && yields(part, ticket)) {
            if (newest.containsKey(part.group)) {
                effects.add(new Effect.LimitChanged(request.key(), part.group, limit(part.group), part.limit));
            }
            changed(part.group);
        }
    }

    List<Effect> move(RequestKey key, Direction direction) {
        waiting(key).ifPresent(request -> {
            List<ModelRequest> queue = queues.inOrder(request.waitingIn, order(request.waitingIn));
            int index = queue.indexOf(request);
            switch (direction) {
                case TOP -> move(request, true);
                case BOTTOM -> move(request, false);
                case UP -> moveUp(queue, index);
                case DOWN -> moveUp(queue, index + 1);
            }
        });
        return done();
    }

    /** All down to this one are put before the others, this one before the last one of them. */
    private void moveUp(List<ModelRequest> queue, int index) {
        if (index > 0 && index < Math.min(queue.size(), Engine.FARTHEST_STEP)) {
            List<ModelRequest> front = new ArrayList<>(queue.subList(0, index + 1));
            Collections.swap(front, index - 1, index);
            Collections.reverse(front);
            front.forEach(request -> move(request, true));
        }
    }

    private void move(ModelRequest request, boolean toFront) {
        GroupKey group = request.waitingIn;
        queues.remove(request, false);
        moves++;
        request.level = new long[] {toFront ? moves : -moves, request.level[1], request.level[2]};
        request.moved = Map.entry(group, request.level[0]);
        effects.add(new Effect.Moved(request.key(), new MovedPlace(group, request.level[0])));
        queues.add(group, request);
        changed(group);
    }

    List<Effect> declare(Map<GroupKey, Policy> declared) {
        TreeSet<GroupKey> gone = new TreeSet<>(policies.keySet());
        gone.removeAll(declared.keySet());
        Map<GroupKey, List<GroupKey>> before = ancestors();
        changePolicies(Stream.concat(new TreeSet<>(declared.keySet()).stream(), gone.stream()), () -> {
            policies.clear();
            policies.putAll(declared);
        });
        Map<GroupKey, List<GroupKey>> after = ancestors();
        List<ModelRequest> moved = new ArrayList<>();
        Set<RequestKey> concerned = live.stream()
                .filter(request -> request.parts.stream()
                        .map(part -> part.group)
                        .anyMatch(group ->
                                !before.getOrDefault(group, List.of()).equals(after.getOrDefault(group, List.of()))))
                .map(ModelRequest::key)
                .collect(Collectors.toSet());
        live.stream()
                .filter(request -> concerned.contains(request.key())
                        || request.request.within().stream().anyMatch(concerned::contains))
                .sorted(Comparator.comparingInt((ModelRequest request) ->
                                request.request.within().size())
                        .thenComparing(BY_TICKET))
                .toList()
                .forEach(request -> replan(request, moved));
        moved.sort(BY_TICKET);
        for (ModelRequest request : moved) {
            if (request.next() == null) {
                newcomers.remove(request);
                grant(request, false);
            } else if (gateOpen
                    && request.waitingIn != null
                    && servable(request.waitingIn).equals(Optional.of(request))) {
                serve(request);
            }
        }
        for (GroupKey group : groups()) {
            List<ModelRequest> waiting = queues.inOrder(group, order(group));
            if (waiting.stream().anyMatch(request -> !Arrays.equals(request.level, levelNow(request)))) {
                waiting.forEach(request -> request.level = levelNow(request));
                queues.lineUpAnew(group);
            }
        }
        return done();
    }

    private long[] levelNow(ModelRequest request) {
        long[] level = level(request, request.waitingIn);
        level[0] = request.level[0];
        return level;
    }

    /** It wants of each group what it would want if it came now, and keeps what a newcomer would take first. */
    private void replan(ModelRequest request, List<ModelRequest> moved) {
        List<ModelRequest.Part> planned = replanned(request);
        if (planned.equals(request.parts)) {
            return;
        }
        GroupKey before = request.waitingIn;
        ModelRequest.Part next = request.next();
        List<ModelRequest.Part> had = request.held();
        int has = 0;
        while (has < planned.size() && planned.get(has).slots != null) {
            has++;
        }
        had.stream().filter(part -> !planned.contains(part)).forEach(part -> marked.add(part.group));
        if (request.isRunning()) {
            List<ModelRequest.Part> old = List.copyOf(request.parts);
            request.parts.clear();
            request.parts.addAll(planned);
            planned.stream().filter(part -> !old.contains(part)).forEach(this::take);
            return;
        }
        for (ModelRequest.Part part : planned.subList(has, planned.size())) {
            if (part.slots != null) {
                marked.add(part.group);
                part.slots = null;
            }
        }
        boolean stays = has < planned.size() && planned.get(has) == next;
        if (!stays) {
            stepOut(request);
            moved.add(request);
        }
        request.parts.clear();
        request.parts.addAll(planned);
        if (!stays && request.next() != null) {
            lineUp(request);
            if (request.next().group.equals(before)) {
                effects.remove(effects.size() - 1);
            }
        }
    }

    /** Limits or orders are others from now on. */
    private void changePolicies(Stream<GroupKey> groups, Runnable change) {
        List<GroupKey> all = groups.toList();
        List<Order> before = all.stream().map(this::order).toList();
        change.run();
        for (int i = 0; i < all.size(); i++) {
            if (order(all.get(i)) != before.get(i)) {
                queues.lineUpAnew(all.get(i));
            }
            changed(all.get(i));
        }
    }

    List<Effect> overrideLimit(GroupKey group, OptionalInt limit) {
        overrides.remove(group);
        limit.ifPresent(value -> overrides.put(group, value));
        changed(group);
        return done();
    }

    List<Effect> pause(GroupKey group, boolean on) {
        if (on) {
            paused.add(group);
        } else {
            paused.remove(group);
        }
        marked.add(group);
        return done();
    }

    List<Effect> openGate() {
        if (gateOpen) {
            return List.of();
        }
        gateOpen = true;
        List<ModelRequest> later =
                new ArrayList<>(newcomers.stream().sorted(BY_TICKET).toList());
        newcomers.clear();
        later.forEach(this::stepOut);
        marked.clear();
        groups().forEach(queues::lineUpAnew);
        groups().forEach(this::changed);
        Optional<ModelRequest> last = live.stream()
                .filter(request -> !request.isRunning() && !later.contains(request))
                .max(BY_TICKET);
        for (ModelRequest request : live.stream().sorted(BY_TICKET).toList()) {
            if (later.contains(request)) {
                // It asked again, and somebody who waited before comes after it.
                if (last.isPresent() && BY_TICKET.compare(request, last.get()) < 0) {
                    later.remove(request);
                    decide(request);
                }
            } else if (request.waitingIn != null && servable(request.waitingIn).equals(Optional.of(request))) {
                serve(request);
            }
        }
        serveAll();
        for (ModelRequest newcomer : later) {
            mayDeadlock = false;
            decide(newcomer);
            done();
        }
        return done();
    }
}
