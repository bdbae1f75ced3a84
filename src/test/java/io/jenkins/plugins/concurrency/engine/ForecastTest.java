package io.jenkins.plugins.concurrency.engine;

import static io.jenkins.plugins.concurrency.engine.Story.claim;
import static io.jenkins.plugins.concurrency.engine.Story.group;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ForecastTest {
    private final Story story = new Story();
    private final Instant start = story.instant();
    private final Map<String, List<Long>> past = new HashMap<>();

    /** In seconds. */
    private void held(String job, long... seconds) {
        past.put(job, LongStream.of(seconds).boxed().toList());
    }

    private Forecast forecast() {
        return new Forecast(
                story.instant(),
                request -> new HoldTimes(past.getOrDefault(request.owner().job(), List.of()).stream()
                        .map(Duration::ofSeconds)
                        .toList()));
    }

    private List<String> starts() {
        List<String> told = new ArrayList<>();
        forecast().starts(story.view("deploy")).forEach(start -> told.add(tell(start)));
        return told;
    }

    private String tell(Optional<Estimate> estimate) {
        return estimate.map(found -> seconds(found.earliest()) + " " + seconds(found.likely()) + " "
                        + found.latest().map(this::seconds).orElse("?"))
                .orElse("unknown");
    }

    private String seconds(Instant time) {
        return String.valueOf(Duration.between(start, time).toSeconds());
    }

    @Test
    void eachWaitsUntilThoseBeforeItHaveHadTheirTime() {
        held("a", 10, 10, 10);
        held("b", 20, 20, 20);
        story.ask("a#1", claim("deploy", 1));
        story.ask("b#1", claim("deploy", 1));
        story.ask("a#2", claim("deploy", 1));
        story.pass(Duration.ofSeconds(4));
        assertThat(starts(), contains("10 10 10", "30 30 30"));
        assertThat(tell(forecast().end(story.view("deploy").running().get(0))), is("10 10 10"));
    }

    @Test
    void theMoreThePastDiffersTheWiderIsTheRange() {
        held("a", 5, 10, 15, 20, 25);
        story.ask("a#1", claim("deploy", 1));
        story.ask("a#2", claim("deploy", 1));
        story.ask("a#3", claim("deploy", 1));
        assertThat(starts(), contains("10 15 20", "20 30 40"));
    }

    @Test
    void oneThatHasRunForAWhileIsLikeThoseThatRanAsLong() {
        held("a", 5, 10, 15, 20, 25);
        story.ask("a#1", claim("deploy", 1));
        story.ask("a#2", claim("deploy", 1));
        story.pass(Duration.ofSeconds(16));
        assertThat(starts(), contains("20 25 25"));
    }

    @Test
    void withoutAPastThereIsNoEstimate() {
        held("b", 10);
        story.ask("a#1", claim("deploy", 2));
        story.ask("b#1", claim("deploy", 2));
        story.ask("b#2", claim("deploy", 2));
        story.ask("a#2", claim("deploy", 2));
        // The slot of a#1 may never come free; that of b#1 does.
        assertThat(starts(), contains("10 10 10", "20 20 20"));
        held("b");
        assertThat(starts(), contains("unknown", "unknown"));
    }

    @Test
    void oneThatTakesLongerThanEverTellsNothing() {
        held("a", 10, 10);
        story.ask("a#1", claim("deploy", 1));
        story.ask("a#2", claim("deploy", 1));
        story.pass(Duration.ofSeconds(11));
        assertThat(starts(), contains("unknown"));
    }

    @Test
    void whoNeedsManySlotsWaitsForAllOfThem() {
        held("a", 10);
        held("b", 30);
        story.ask("a#1", claim("deploy", 3));
        story.ask("b#1", claim("deploy", 3));
        story.ask("a#2", Story.slots("deploy", 3, 3));
        story.ask("a#3", claim("deploy", 3));
        assertThat(starts(), contains("30 30 30", "40 40 40"));
    }

    @Test
    void aPausedGroupHasNoEstimates() {
        held("a", 10);
        story.ask("a#1", claim("deploy", 1));
        story.ask("a#2", claim("deploy", 1));
        story.engine.pause(group("deploy"), true);
        assertThat(starts(), contains("unknown"));
    }
}
