package io.jenkins.plugins.concurrency.cluster;

import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.Claim;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.Policy;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A history of some controllers that share groups, in one thread: who does what, and what goes wrong, follows from the seed
 * alone. At the end nothing goes wrong any more; then all must come to an end.
 */
final class ClusterHistory {
    private static final int STEPS = 500;
    private static final int MOST_ROUNDS = 4000;
    /** After that time a controller is lost by any clock; it may take as long as that until it says that it lives. */
    private static final long NOTICED_MILLIS = 135_000;

    private final Random random;
    private final boolean plain;
    private final Map<GroupKey, SharedPolicy> groups = new TreeMap<>();
    private final List<SimulatedController> controllers = new ArrayList<>();
    private final Map<SimulatedController, Long> goneSince = new HashMap<>();
    private final Map<SimulatedController, TreeSet<Long>> looks = new HashMap<>();
    private final SimulatedNetwork network;
    private final MemoryRealm realm;
    private final LogWitness log;
    private final SimulationWitness witness;
    private final int snapshotEvery;
    /** Of a step in which time passes. */
    private final int mostMillis;

    private long millis = 1_700_000_000_000L;
    private long databaseAhead;
    private long keys;
    private boolean cloned;

    ClusterHistory(long seed, MemoryRealm.Mistake mistake) {
        random = new Random(seed);
        plain = random.nextBoolean();
        snapshotEvery = 10 + random.nextInt(60);
        mostMillis = new int[] {2_000, 8_000, 20_000}[random.nextInt(3)];
        network = new SimulatedNetwork(random);
        network.world = () -> {
            step();
            look();
        };
        realm = new MemoryRealm(() -> millis + databaseAhead, mistake);
        for (int i = random.nextInt(3); i >= 0; i--) {
            groups.put(
                    new GroupKey(Scope.CONTROLLER, "", "group" + i),
                    new SharedPolicy(
                            Policy.ofLimit(1 + random.nextInt(3)),
                            random.nextBoolean() ? WhenLost.FREE : WhenLost.HOLD));
        }
        log = new LogWitness(from -> realm.read(from, Integer.MAX_VALUE), plain);
        witness = new SimulationWitness(groups, log);
        for (int i = 2 + random.nextInt(6); i > 0; i--) {
            controllers.add(controller("c" + i));
        }
        controllers.forEach(each -> each.start(groups, snapshotEvery));
    }

    private SimulatedController controller(String name) {
        // Up to 5% too fast or too slow, which the margin is for.
        double pace = 0.95 + random.nextDouble() * 0.1;
        long start = random.nextLong(1L << 40);
        return new SimulatedController(
                name, realm, network, () -> start + (long) (millis * 1_000_000.0 % 1e15 * pace), () -> millis, witness);
    }

    /** @return how many bodies there were */
    int run() {
        for (int i = 0; i < STEPS; i++) {
            step();
            look();
        }
        heal();
        finish();
        return witness.entered;
    }

    private void look() {
        log.look();
        witness.check();
        for (SimulatedController each : controllers) {
            boolean gone = !each.acts() || each.link.isCut() || each.fenced;
            if (gone) {
                goneSince.putIfAbsent(each, millis);
            } else {
                goneSince.remove(each);
            }
        }
        goneSince.forEach((gone, since) -> Violation.check(
                gone.twin || !log.waitsBehind(gone.name) || !isNoticed(since), "somebody waits behind " + gone));
    }

    /** Whether somebody has looked after that, and again after the time in which one is lost, by the slowest clock. */
    private boolean isNoticed(long since) {
        for (TreeSet<Long> at : looks.values()) {
            Long first = at.higher(since);
            if (first != null && at.ceiling(first + NOTICED_MILLIS) != null) {
                return true;
            }
        }
        return false;
    }

    private void step() {
        SimulatedController one = controllers.get(random.nextInt(controllers.size()));
        switch (random.nextInt(40)) {
            case 0, 1 -> fault(one);
            case 2, 3, 4 -> {
                if (network.deliverOne()) {
                    // It may have been a sign of life.
                    goneSince.clear();
                }
            }
            case 5, 6, 7, 8, 9, 10, 11 -> ask(one);
            case 12, 13, 14, 15, 16 -> endOne(one);
            case 17, 18, 19, 20, 21, 22, 23, 24 -> pass();
            case 25, 26, 27, 28 -> flush(one);
            default -> act(one);
        }
    }

    private void pass() {
        millis += random.nextInt(mostMillis);
        controllers.stream().filter(SimulatedController::acts).forEach(SimulatedController::watch);
        if (Boolean.getBoolean("concurrency.trace")) {
            System.out.println("    it is " + millis % 10_000_000 + ": " + controllers);
        }
    }

    private void act(SimulatedController one) {
        if (one.acts()) {
            if (one.turn()) {
                looks.computeIfAbsent(one, any -> new TreeSet<>()).add(millis);
            }
        }
    }

    private void flush(SimulatedController one) {
        if (one.acts()) {
            one.flush();
        }
    }

    private void ask(SimulatedController one) {
        if (one.acts() && !one.fenced && one.in(SimulatedBuild.State.WAITING).size() < 6) {
            one.ask(request());
        }
    }

    private Request request() {
        Map<GroupKey, Claim> claims = new TreeMap<>();
        List<GroupKey> all = List.copyOf(groups.keySet());
        for (int i = plain ? 0 : random.nextInt(4) / 2; i >= 0; i--) {
            GroupKey group = all.get(random.nextInt(all.size()));
            int limit = groups.get(group).policy().limit();
            boolean whole = !plain && random.nextInt(10) == 0;
            int slots = plain || whole ? 1 : 1 + random.nextInt(limit);
            claims.put(group, new Claim(group, slots, whole, Claim.ANY_LIMIT));
        }
        long key = ++keys;
        Behavior behavior = plain || random.nextInt(3) > 0 ? Behavior.QUEUE : any(Behavior.values());
        Request request = Request.of(
                new RequestKey(key),
                Owner.build("job" + random.nextInt(3), key),
                behavior,
                claims.values().toArray(Claim[]::new));
        if (plain) {
            return request;
        }
        request = random.nextInt(5) == 0 ? request.withPriority(random.nextInt(3)) : request;
        return random.nextInt(8) == 0
                ? request.withDeadline(Instant.ofEpochMilli(millis + random.nextInt(200_000)))
                : request;
    }

    private <T> T any(T[] from) {
        return from[random.nextInt(from.length)];
    }

    private void endOne(SimulatedController one) {
        if (!one.acts()) {
            return;
        }
        List<SimulatedBuild> running = one.in(SimulatedBuild.State.RUNNING);
        List<SimulatedBuild> waiting = one.in(SimulatedBuild.State.WAITING);
        if (!running.isEmpty() && random.nextInt(8) > 0) {
            one.end(running.get(random.nextInt(running.size())));
        } else if (!waiting.isEmpty() && random.nextInt(6) == 0) {
            one.end(waiting.get(random.nextInt(waiting.size())));
        }
    }

    private void fault(SimulatedController one) {
        switch (random.nextInt(9)) {
            case 0 -> one.link.out = !one.link.out;
            case 1 -> one.link.back = !one.link.back;
            case 2, 3 -> {
                one.frozen = !one.frozen && !one.dead;
                one.blind |= one.frozen;
            }
            case 4, 5 -> {
                if (one.dead) {
                    one.start(groups, snapshotEvery);
                } else if (!one.fenced) {
                    one.crash();
                    // What it saw, it forgot.
                    looks.remove(one);
                }
            }
            case 6 -> network.down = !network.down && random.nextBoolean();
            case 7 -> databaseAhead = (random.nextInt(3) - 1) * 3_600_000L;
            default -> cloneOne(one);
        }
    }

    /** Somebody starts a second controller with the first one's name, in few histories. */
    private void cloneOne(SimulatedController one) {
        if (!cloned && random.nextInt(4) == 0 && !one.dead) {
            cloned = true;
            one.twin = true;
            SimulatedController other = controller(one.name);
            other.twin = true;
            controllers.add(other);
            other.start(groups, snapshotEvery);
        }
    }

    private void heal() {
        network.healed = true;
        network.down = false;
        databaseAhead = 0;
        while (network.deliverOne()) {
            look();
        }
        for (SimulatedController each : controllers) {
            each.link.out = false;
            each.link.back = false;
            each.frozen = false;
            if (each.dead && !each.fenced) {
                each.start(groups, snapshotEvery);
            }
        }
    }

    private void finish() {
        for (int round = 0; !isOver(); round++) {
            Violation.check(round < MOST_ROUNDS, "some wait for ever: " + unfinished());
            millis += 500;
            for (SimulatedController each : controllers) {
                each.in(SimulatedBuild.State.RUNNING).stream()
                        .filter(build -> random.nextInt(4) == 0)
                        .forEach(each::end);
                act(each);
                flush(each);
                each.watch();
                look();
            }
        }
        for (SimulatedController each : controllers) {
            if (!each.member.isStopped()) {
                each.turn();
                Violation.check(
                        StateCodec.encode(each.member.replica().state())
                                .hasSameHash(StateCodec.encode(log.replica().state())),
                        "another replica than that of " + each);
            }
        }
    }

    private boolean isOver() {
        return unfinished().isEmpty()
                && controllers.stream().allMatch(each -> each.member.isStopped() || each.takesPart())
                && log.replica().engine().owners().isEmpty()
                && log.replica().aside().all().isEmpty()
                && controllers.stream()
                        .allMatch(each ->
                                each.member.isStopped() || each.member.replica().seq() == realm.head());
    }

    private List<String> unfinished() {
        return controllers.stream()
                .flatMap(each -> each.builds.values().stream()
                        .filter(build -> build.state != SimulatedBuild.State.DONE)
                        .map(build -> each + ": " + build))
                .toList();
    }
}
