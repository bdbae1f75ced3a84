package io.jenkins.plugins.concurrency.engine;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jetbrains.kotlinx.lincheck.LinChecker;
import org.jetbrains.kotlinx.lincheck.annotations.Operation;
import org.jetbrains.kotlinx.lincheck.annotations.Param;
import org.jetbrains.kotlinx.lincheck.paramgen.BooleanGen;
import org.jetbrains.kotlinx.lincheck.paramgen.IntGen;
import org.jetbrains.kotlinx.lincheck.strategy.stress.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * Whatever several threads call at once, there is an order of the calls, one after the other, in which each of them
 * answers the same.
 */
@Param(name = "key", gen = IntGen.class, conf = "1:6")
@Param(name = "limit", gen = IntGen.class, conf = "1:3")
@Param(name = "behavior", gen = IntGen.class, conf = "0:5")
@Param(name = "flag", gen = BooleanGen.class)
public class LinearizabilityTest {
    private static final GroupKey ONE = new GroupKey(Scope.FOLDER, "", "one");
    private static final GroupKey TWO = new GroupKey(Scope.FOLDER, "", "two");

    private final Engine engine = Engine.open(InstantSource.fixed(Instant.EPOCH));

    @Operation
    public String request(
            @Param(name = "key") int key, @Param(name = "behavior") int behavior, @Param(name = "limit") int limit) {
        Request request = Request.of(
                new RequestKey(key),
                Owner.build("job", key),
                Behavior.values()[behavior],
                key % 2 == 0
                        ? new Claim[] {Claim.of(ONE, limit)}
                        : new Claim[] {Claim.of(TWO, limit), Claim.of(ONE, limit)});
        try {
            return told(engine.request(request));
        } catch (IllegalStateException e) {
            return "lives already";
        }
    }

    @Operation
    public String end(@Param(name = "key") int key) {
        return told(engine.end(new RequestKey(key)));
    }

    @Operation
    public String withdraw(@Param(name = "key") int key) {
        return told(engine.withdraw(new RequestKey(key)));
    }

    @Operation
    public String startNow(@Param(name = "key") int key) {
        return told(engine.startNow(new RequestKey(key)));
    }

    @Operation
    public String move(@Param(name = "key") int key, @Param(name = "flag") boolean toFront) {
        return told(engine.move(new RequestKey(key), toFront ? Direction.TOP : Direction.BOTTOM));
    }

    @Operation
    public String pause(@Param(name = "flag") boolean on) {
        return told(engine.pause(ONE, on));
    }

    @Operation
    public String limit(@Param(name = "limit") int limit) {
        return told(engine.overrideLimit(ONE, OptionalInt.of(limit)));
    }

    @Operation
    public String view() {
        return engine.group(ONE, 0, 9).map(LinearizabilityTest::shown).orElse("nobody");
    }

    private static String shown(GroupView view) {
        return view.used() + " of " + view.limit() + " " + keys(view.running()) + " " + keys(view.waiting());
    }

    private static List<RequestKey> keys(List<RequestView> requests) {
        return requests.stream().map(RequestView::key).toList();
    }

    private static String told(List<Effect> effects) {
        return effects.stream()
                .map(effect -> effect.getClass().getSimpleName() + " " + effect.request())
                .collect(Collectors.joining(", "));
    }

    @Test
    void theEngineIsLinearizableUnderStress() {
        LinChecker.check(
                getClass(),
                new StressOptions()
                        .iterations(30)
                        .invocationsPerIteration(1_000)
                        .threads(3)
                        .actorsPerThread(4)
                        .actorsBefore(3));
    }
}
