package io.jenkins.plugins.concurrency.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Histories that shrink to the shortest one that fails; the seed is printed with it. */
class HistoryPropertiesTest {
    private static final int MOST = 6;
    private static final GroupKey[] GROUPS = {
        new GroupKey(Scope.JOB, "a", "own"),
        new GroupKey(Scope.FOLDER, "", "one"),
        new GroupKey(Scope.FOLDER, "", "two"),
        new GroupKey(Scope.CONTROLLER, "", "all"),
    };

    /** A call, and how it reads when it fails. */
    private record Call(String name, Consumer<Twin> action) {
        @Override
        public String toString() {
            return name;
        }
    }

    @Property(tries = 1_000)
    void theEngineDoesWhatTheModelDoes(@ForAll("histories") List<Call> calls) {
        Twin twin = new Twin();
        for (Call call : calls) {
            twin.pass(1);
            call.action().accept(twin);
        }
    }

    @Provide
    Arbitrary<List<Call>> histories() {
        return Arbitraries.frequencyOf(
                        Tuple.of(12, requests()),
                        Tuple.of(4, onKey("end", Twin::end)),
                        Tuple.of(1, onKey("withdraw", Twin::withdraw)),
                        Tuple.of(1, onKey("start now", Twin::startNow)),
                        Tuple.of(1, onKey("to front", (twin, key) -> twin.move(key, Direction.TOP))),
                        Tuple.of(1, limits()),
                        Tuple.of(1, policies()))
                .list()
                .ofMaxSize(40);
    }

    private static Arbitrary<Call> onKey(String name, BiConsumer<Twin, RequestKey> action) {
        return Arbitraries.integers()
                .between(0, MOST)
                .map(index -> new Call(
                        name + " " + index,
                        twin -> live(twin, index).ifPresent(request -> action.accept(twin, request.key()))));
    }

    private static Optional<ModelRequest> live(Twin twin, int index) {
        return twin.model.live.stream().skip(index).findFirst();
    }

    private static Arbitrary<Call> requests() {
        Arbitrary<List<Claim>> claims = Combinators.combine(
                        Arbitraries.of(GROUPS),
                        Arbitraries.integers().between(1, 2),
                        Arbitraries.integers().between(2, 3),
                        Arbitraries.of(false, false, false, true))
                .as((group, slots, limit, whole) -> new Claim(group, whole ? 1 : slots, whole, limit))
                .list()
                .ofMinSize(1)
                .ofMaxSize(2)
                .uniqueElements(Claim::group);
        return Combinators.combine(
                        Arbitraries.integers().between(1, MOST),
                        Arbitraries.of("a", "b"),
                        Arbitraries.of(Behavior.class),
                        claims,
                        Arbitraries.integers().between(0, 2 * MOST),
                        Arbitraries.integers().between(0, 1))
                .as(HistoryPropertiesTest::request);
    }

    private static Call request(int build, String job, Behavior behavior, List<Claim> claims, int outer, int priority) {
        Owner owner = Owner.build(job, build);
        String name = "request of " + owner + " " + behavior + " " + claims + " in " + outer + " of " + priority;
        return new Call(name, twin -> {
            // No key is ever used again.
            Request request = Request.of(RequestKey.random(), owner, behavior, claims.toArray(Claim[]::new))
                    .withPriority(priority);
            boolean wide = claims.stream()
                    .anyMatch(claim -> twin.model.policies.containsKey(claim.group())
                            && claim.slots()
                                    > twin.model.policies.get(claim.group()).limit());
            if (!wide) {
                twin.request(live(twin, outer)
                        .filter(ModelRequest::isRunning)
                        .map(lease -> inside(request, lease))
                        .orElse(request));
            }
        });
    }

    private static Request inside(Request request, ModelRequest outer) {
        return Request.of(
                        request.key(),
                        outer.owner,
                        request.behavior(),
                        request.claims().toArray(Claim[]::new))
                .withPriority(request.priority())
                .inside(outer.key());
    }

    private static Arbitrary<Call> limits() {
        return Combinators.combine(
                        Arbitraries.of(GROUPS), Arbitraries.integers().between(1, 3))
                .as((group, limit) -> new Call(
                        "limit of " + group + " " + limit, twin -> twin.overrideLimit(group, OptionalInt.of(limit))));
    }

    private static Arbitrary<Call> policies() {
        return Combinators.combine(Arbitraries.of(GROUPS), Arbitraries.of(Order.class))
                .as((group, order) -> new Call(
                        "declare " + group + " " + order,
                        twin -> twin.declare(Map.of(group, Policy.ofLimit(2).withOrder(order)))));
    }
}
