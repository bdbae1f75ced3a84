package io.jenkins.plugins.concurrency.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Calls at random, of all kinds, with restarts in between, made to a {@link Twin}. */
final class RandomHistory {
    private static final List<String> PLACES = List.of("f", "g", "f/a", "f/b", "g/c", "h/a");

    private final Random random;
    private final Twin twin = new Twin();
    /** In some histories all want the same few groups. */
    private final int kindsOfGroups;

    private final List<ModelRequest> givenBack = new ArrayList<>();

    private long keys;
    private int calls;

    RandomHistory(long seed) {
        random = new Random(seed);
        kindsOfGroups = 1 + random.nextInt(8);
    }

    /** Who is to hear what the engine told. */
    void listen(Consumer<Object> listener) {
        twin.listener = listener;
    }

    int run(int steps) {
        twin.declare(policies());
        for (int i = 0; i < steps; i++) {
            twin.pass(random.nextInt(4));
            step();
            calls++;
        }
        finish();
        return calls;
    }

    private void step() {
        switch (random.nextInt(42)) {
            case 0 -> twin.declare(policies());
            case 1 -> twin.overrideLimit(group(), random.nextBoolean() ? OptionalInt.of(limit()) : OptionalInt.empty());
            case 2 -> twin.pause(group(), random.nextInt(4) == 0);
            case 3 -> twin.startNow(anyKey());
            case 4, 5 -> twin.move(anyKey(), anyDirection());
            case 6 -> relocate(pick(PLACES), pick(PLACES) + (random.nextBoolean() ? "x" : ""));
            case 7 -> twin.endAll(owner());
            case 8, 9 -> twin.withdraw(anyKey());
            case 10, 11 -> {
                twin.pass(random.nextInt(20));
                twin.expire();
            }
            case 12 -> restart();
            case 13, 14, 15, 16, 17, 18, 19, 20, 21, 22 -> twin.end(anyKey());
            case 23 -> transfer();
            case 24 -> twin.changeLimit(anyKey(), limit());
            case 25 -> giveBack();
            case 26, 27 -> again();
            case 28 -> setAside();
            case 29 ->
                twin.bringBack(someOf(List.copyOf(new TreeSet<>(asideKeys()))).stream()
                        .map(RequestKey::new)
                        .toList());
            default -> request();
        }
        if (random.nextInt(10) == 0) {
            twin.swap();
        }
    }

    /** Some of those who wait, and some who do not. */
    private void setAside() {
        twin.setAside(someOf(twin.model.live.stream().map(ModelRequest::key).toList()));
    }

    private List<Long> asideKeys() {
        return twin.model.aside.keySet().stream().map(RequestKey::value).toList();
    }

    private <T> List<T> someOf(List<T> all) {
        return all.stream().filter(any -> random.nextBoolean()).toList();
    }

    /** A queue item becomes a build, with all that it has. */
    private void transfer() {
        List<Owner> items = twin.model.live.stream()
                .map(request -> request.owner)
                .filter(Owner::queueItem)
                .toList();
        if (!items.isEmpty()) {
            Owner item = pick(items);
            Owner build = Owner.build(item.job(), 1 + random.nextInt(4));
            twin.engine.requestsOf(item).forEach(key -> twin.transfer(key, build));
        }
    }

    /** It is to ask again later. */
    private void giveBack() {
        if (!twin.model.live.isEmpty()) {
            ModelRequest request = pick(twin.model.live);
            twin.end(request.key());
            givenBack.add(request);
        }
    }

    private void again() {
        if (givenBack.isEmpty()) {
            return;
        }
        ModelRequest before = pick(givenBack);
        Owner owner = before.request.within().stream()
                .flatMap(key -> twin.model.find(key).stream())
                .map(outer -> outer.owner)
                .findFirst()
                .orElse(before.owner);
        Request request = of(before.request, owner, before.request.within());
        boolean around = twin.model.live.stream()
                .anyMatch(inner -> inner.request.within().contains(request.key()));
        boolean outerWaits = twin.model.live.stream()
                .anyMatch(outer -> request.within().contains(outer.key()) && !outer.isRunning());
        if (around || outerWaits || twin.model.isTooWide(request)) {
            return;
        }
        Instant since = Instant.ofEpochMilli(before.since);
        if (random.nextBoolean()) {
            twin.requestAgain(request, before.ticket, since);
        } else {
            twin.tryAgain(request, before.ticket, since);
        }
        if (twin.engine.isLive(request.key())) {
            givenBack.remove(before);
        }
    }

    private void relocate(String from, String to) {
        if (!Paths.isWithin(from, to) && !Paths.isWithin(to, from)) {
            twin.relocate(from, to);
        }
    }

    private void request() {
        // Not so many that all of them only ever wait.
        if (twin.model.live.size() > 40) {
            twin.end(anyKey());
            return;
        }
        List<ModelRequest> running =
                twin.model.live.stream().filter(ModelRequest::isRunning).toList();
        boolean nested = !running.isEmpty() && random.nextInt(3) == 0;
        Request request = random(owner());
        if (nested) {
            ModelRequest outer = pick(running);
            List<RequestKey> within = new ArrayList<>(outer.request.within());
            within.add(outer.key());
            request = of(request, outer.owner, within);
        }
        if (!twin.model.isTooWide(request)) {
            twin.request(request);
        }
    }

    private static Request of(Request request, Owner owner, List<RequestKey> within) {
        return new Request(
                request.key(),
                owner,
                request.claims(),
                request.behavior(),
                request.priority(),
                request.maxQueued(),
                request.deadline(),
                within);
    }

    private Request random(Owner owner) {
        Map<GroupKey, Claim> claims = new HashMap<>();
        for (int i = random.nextInt(5) / 2; i >= 0; i--) {
            GroupKey group = group();
            int limit = random.nextInt(3) == 0 ? Claim.ANY_LIMIT : limit();
            boolean whole = random.nextInt(8) == 0;
            int slots = whole || random.nextInt(3) > 0 ? 1 : 1 + random.nextInt(limit == Claim.ANY_LIMIT ? 3 : limit);
            claims.put(group, new Claim(group, slots, whole, limit));
        }
        Request request = Request.of(
                        new RequestKey(++keys),
                        owner,
                        pick(Behavior.values()),
                        claims.values().toArray(Claim[]::new))
                .withPriority(random.nextInt(4) == 0 ? random.nextInt(5) - 2 : 0);
        if (random.nextInt(6) == 0) {
            request = request.withMaxQueued(random.nextInt(3));
        }
        return random.nextInt(5) == 0 ? request.withDeadline(twin.instant().plusMillis(random.nextInt(60))) : request;
    }

    private void restart() {
        List<ModelRequest> builds = new ArrayList<>(twin.model.live);
        twin.restart();
        // One inside which another one lives does not ask again, whether that one was put back already or not.
        givenBack.removeIf(before ->
                builds.stream().anyMatch(build -> build.request.within().contains(before.key())));
        Collections.shuffle(builds, random);
        // Leases before what is inside them; and some builds do not come back.
        builds.sort((a, b) -> a.request.within().size() - b.request.within().size());
        for (ModelRequest build : builds) {
            if (random.nextInt(10) > 0) {
                twin.restore(
                        of(build.request, build.owner, build.request.within()),
                        random.nextInt(10) == 0 ? distorted(Twin.pastOf(build)) : Twin.pastOf(build));
            }
            if (random.nextInt(5) == 0) {
                stepBehindTheGate();
            }
        }
        twin.openGate();
    }

    /** As from a file that somebody wrote to. */
    private SavedState distorted(SavedState past) {
        List<Grant> grants = past.grants().stream()
                .map(grant -> new Grant(
                        grant.group(),
                        grant.slots().stream()
                                .map(slot -> pick(List.of(slot, 1, 5, 1_000_000_000)))
                                .toList(),
                        grant.exclusive()))
                .toList();
        return new SavedState(past.ticket(), past.since(), past.runningSince(), grants, past.leaving(), past.moved());
    }

    private void stepBehindTheGate() {
        switch (random.nextInt(9)) {
            case 0 -> twin.end(anyKey());
            case 1 -> twin.withdraw(anyKey());
            case 2 -> twin.startNow(anyKey());
            case 3 -> twin.move(anyKey(), anyDirection());
            case 4 -> twin.declare(policies());
            case 5 -> twin.expire();
            case 6 -> again();
            default -> request();
        }
    }

    private void finish() {
        new TreeSet<>(twin.model.paused).forEach(group -> twin.pause(group, false));
        new TreeSet<>(twin.model.overrides.keySet()).forEach(g -> twin.overrideLimit(g, OptionalInt.empty()));
        twin.bringBack(List.copyOf(twin.model.aside.keySet()));
        while (!twin.model.live.isEmpty()) {
            ModelRequest ending = twin.model.live.stream()
                    .filter(this::canEnd)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("some wait for ever: " + twin.model.live));
            twin.end(ending.key());
        }
        twin.declare(Map.of());
        ModelState.check(Leftovers.of(twin.engine).isEmpty(), "left over", Leftovers.of(twin.engine));
    }

    /** Who runs and has nobody inside it, or is inside one that was told to leave; with no circles, there is one. */
    private boolean canEnd(ModelRequest request) {
        return request.isRunning()
                        && twin.model.live.stream()
                                .noneMatch(inner -> inner.request.within().contains(request.key()))
                || twin.model.live.stream()
                        .anyMatch(lease ->
                                lease.leaving && request.request.within().contains(lease.key()));
    }

    private Map<GroupKey, Policy> policies() {
        Map<GroupKey, Policy> policies = new HashMap<>();
        for (int i = random.nextInt(7); i > 0; i--) {
            Policy policy = Policy.ofLimit(limit()).withOrder(pick(Order.values()));
            if (random.nextInt(3) == 0) {
                policy = policy.withQueue(random.nextInt(4), pick(Overflow.values()));
            }
            policies.put(group(), policy);
        }
        List<GroupKey> declared = List.copyOf(new TreeSet<>(policies.keySet()));
        for (GroupKey group : declared) {
            GroupKey parent = pick(declared);
            // Upwards only, so that nobody is its own ancestor.
            if (random.nextBoolean() && group.compareTo(parent) < 0) {
                policies.compute(group, (key, policy) -> policy.under(parent, random.nextInt(3)));
            }
        }
        return policies;
    }

    private GroupKey group() {
        return switch (7 - random.nextInt(kindsOfGroups)) {
            case 0 -> new GroupKey(Scope.CONTROLLER, "", "all");
            case 1 -> new GroupKey(Scope.CONTROLLER, "", random.nextBoolean() ? "some" : "SOME");
            case 2 -> new GroupKey(Scope.JOB, "f/a", "own");
            case 3 -> new GroupKey(Scope.BUILD, "f/a#1", "own");
            case 4 -> new GroupKey(Scope.FOLDER, "g", "one");
            default -> new GroupKey(Scope.FOLDER, "f", pick(List.of("one", "two")));
        };
    }

    private Owner owner() {
        return new Owner(pick(PLACES.subList(2, 6)), 1 + random.nextInt(4), random.nextInt(4) == 0);
    }

    private Direction anyDirection() {
        return Direction.values()[random.nextInt(Direction.values().length)];
    }

    private RequestKey anyKey() {
        return twin.model.live.isEmpty() || random.nextInt(20) == 0
                ? new RequestKey(1 + random.nextInt(1000))
                : pick(twin.model.live).key();
    }

    private int limit() {
        return 1 + random.nextInt(3);
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private <T> T pick(T[] from) {
        return from[random.nextInt(from.length)];
    }
}
