package io.jenkins.plugins.concurrency.records;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Outcome;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is remembered, and how much of it, without a disk: nothing is written before it was loaded. */
class HistoryTest {
    private static final GroupKey PROD = new GroupKey(Scope.FOLDER, "team", "prod");
    private static final Instant MORNING = Instant.parse("2026-03-01T06:00:00Z");

    private final History history = new History(new HistoryFiles(() -> {
        throw new AssertionError("the disk is asked");
    }));

    private static BuildReference build(String job, int number) {
        return new BuildReference(Owner.build(job, number), 0);
    }

    private static HistoryEvent.Builder event(HistoryEvent.Kind kind, int number) {
        return HistoryEvent.at(MORNING.toEpochMilli(), kind).of(build("team/shop", number));
    }

    private void granted(int number, Duration after) {
        history.add(PROD, event(HistoryEvent.Kind.GRANTED, number).waited(after).build());
    }

    private List<Long> numbers(GroupKey group) {
        return history.events(group).stream()
                .map(event -> event.build().orElseThrow().owner().number())
                .toList();
    }

    private void sample(String time, int used, int limit, int waiting) {
        history.sample(PROD, Instant.parse("2026-03-01T" + time + "Z"), used, limit, waiting);
    }

    private List<Usage> usage(Usage.Period period, String time) {
        return history.usage(PROD, period, Instant.parse("2026-03-01T" + time + "Z"));
    }

    private static Usage fromLast(List<Usage> usage, int back) {
        return usage.get(usage.size() - 1 - back);
    }

    @Test
    void aGroupRemembersItsLastHundredEventsTheNewestFirst() {
        IntStream.rangeClosed(1, 150)
                .forEach(number -> history.add(
                        PROD, event(HistoryEvent.Kind.CANCELLED, number).build()));
        assertEquals(
                IntStream.rangeClosed(51, 150).mapToObj(number -> 201L - number).toList(), numbers(PROD));
    }

    @Test
    void whatGoesWellDoesNotPushOutWhoWasRefused() {
        history.add(
                PROD,
                event(HistoryEvent.Kind.REFUSED, 1)
                        .refused(Outcome.EXPIRED, null)
                        .build());
        for (int number = 2; number < 500; number++) {
            granted(number, Duration.ofMillis(999));
            granted(number, Duration.ofSeconds(1));
            history.add(PROD, event(HistoryEvent.Kind.RELEASED, number).build());
        }
        List<HistoryEvent> events = history.events(PROD);
        assertEquals(1 + GroupEvents.MOST_AFTER_WAIT + GroupEvents.MOST_ROUTINE, events.size());
        assertEquals(
                Outcome.EXPIRED, events.get(events.size() - 1).getOutcome(), "the oldest of all, and not pushed out");
    }

    @Test
    void aQueueItemThatGetsAgainWhatItGaveBackIsOneEvent() {
        for (int i = 0; i < 3; i++) {
            history.add(
                    PROD,
                    HistoryEvent.at(MORNING.toEpochMilli(), HistoryEvent.Kind.GRANTED)
                            .of(new BuildReference(Owner.queueItem("team/shop", 7), i))
                            .build());
        }
        assertEquals(List.of(7L), numbers(PROD));
        assertEquals(1, fromLast(usage(Usage.Period.HOURS, "06:05:00"), 0).granted());
    }

    @Test
    void aQueueItemThatStepsBackAndAsksAgainHasNotLeft() {
        for (HistoryEvent.Kind kind :
                List.of(HistoryEvent.Kind.LEFT, HistoryEvent.Kind.LEFT, HistoryEvent.Kind.GRANTED)) {
            history.add(
                    PROD,
                    HistoryEvent.at(MORNING.toEpochMilli(), kind)
                            .of(new BuildReference(Owner.queueItem("team/shop", 7), 1))
                            .build());
        }
        assertEquals(1, history.events(PROD).size());
        assertEquals(HistoryEvent.Kind.GRANTED, history.events(PROD).get(0).getKind());
        assertEquals(1, fromLast(usage(Usage.Period.HOURS, "06:05:00"), 0).granted());
    }

    @Test
    void aJobHasItsLastHoldTimesOnly() {
        IntStream.rangeClosed(1, 50).forEach(seconds -> history.held(PROD, "team/shop", Duration.ofSeconds(seconds)));
        assertEquals(21, history.holds(PROD, "team/shop").count());
        assertEquals(
                Duration.ofSeconds(30),
                history.holds(PROD, "team/shop").remaining(Duration.ZERO, 0).orElseThrow());
    }

    @Test
    void aGroupRemembersTheHundredJobsThatUsedItLast() {
        IntStream.range(0, 100).forEach(job -> history.held(PROD, "job-" + job, Duration.ofSeconds(1)));
        history.held(PROD, "job-0", Duration.ofSeconds(1));
        history.held(PROD, "one more", Duration.ofSeconds(1));
        assertEquals(2, history.holds(PROD, "job-0").count());
        assertEquals(0, history.holds(PROD, "job-1").count());
        assertEquals(1, history.holds(PROD, "job-2").count());
    }

    @Test
    void aGroupThatLivesAsLongAsABuildIsNotRemembered() {
        for (Scope scope : List.of(Scope.BUILD, Scope.UPSTREAM)) {
            GroupKey group = new GroupKey(scope, "team/shop#1", "branches");
            history.add(group, event(HistoryEvent.Kind.GRANTED, 1).build());
            history.held(group, "team/shop", Duration.ofSeconds(1));
            history.sample(group, MORNING, 1, 1, 1);
            assertEquals(List.of(), history.events(group));
            assertEquals(0, history.holds(group, "team/shop").count());
        }
        assertEquals(List.of(), history.inUse());
    }

    @Test
    void oneGroupTooManyTakesThePlaceOfTheOneUnusedForLongest() {
        for (int i = 0; i < History.MOST_GROUPS; i++) {
            history.add(group(i), event(HistoryEvent.Kind.LEFT, i).build());
        }
        history.held(group(0), "job", Duration.ofSeconds(1));
        history.add(group(-1), event(HistoryEvent.Kind.LEFT, 1).build());
        assertEquals(1, history.events(group(-1)).size());
        assertEquals(1, history.events(group(0)).size());
        assertEquals(0, history.events(group(1)).size());
        assertEquals(1, history.events(group(2)).size());
    }

    private static GroupKey group(int number) {
        return new GroupKey(Scope.CONTROLLER, "", "g" + number);
    }

    @Test
    void theUseOfASpanIsTheAverageOverTime() {
        sample("06:00:00", 2, 4, 0);
        sample("06:05:00", 4, 4, 3);
        sample("06:10:00", 0, 0, 0);
        List<Usage> usage = usage(Usage.Period.HOURS, "06:15:00");
        assertEquals(Usage.Period.HOURS.count(), usage.size());
        Usage span = fromLast(usage, 1);
        assertEquals(MORNING, span.from());
        assertEquals(3, span.used());
        assertEquals(4, span.limit());
        assertEquals(3, span.mostWaiting());
        assertEquals(0, fromLast(usage, 0).used());
        assertEquals(4, fromLast(usage, 0).limit(), "it is still the last that is known");
        assertEquals(0, fromLast(usage, 2).limit(), "it is not known before");
    }

    @Test
    void whatIsInUseGoesOnUntilSomethingElseIsKnown() {
        sample("06:00:00", 1, 1, 5);
        List<Usage> meanwhile = usage(Usage.Period.HOURS, "09:05:00");
        assertEquals(1, fromLast(meanwhile, 0).used(), "the last span has not passed");
        assertEquals(1, fromLast(meanwhile, 18).used());
        assertEquals(5, fromLast(meanwhile, 10).mostWaiting());
        assertEquals(0, fromLast(meanwhile, 19).used());
        sample("09:05:00", 0, 0, 0);
        assertEquals(0.5, fromLast(usage(Usage.Period.HOURS, "09:15:00"), 1).used(), 1e-9);
        assertEquals(3 + 1 / 12.0, 2 * hours(Usage.Period.DAYS), 1e-9);
        assertEquals(
                3 + 1 / 12.0,
                24 * fromLast(usage(Usage.Period.WEEKS, "23:59:59.999"), 0).used(),
                1e-3);
    }

    private double hours(Usage.Period period) {
        return usage(period, "12:00:00").stream().mapToDouble(Usage::used).sum();
    }

    @Test
    void grantsCountForTheSpanThoughNoLineIsKept() {
        for (int i = 0; i < 300; i++) {
            granted(i, Duration.ofSeconds(i));
        }
        Usage span = fromLast(usage(Usage.Period.DAYS, "06:30:00"), 0);
        assertEquals(300, span.granted());
        assertEquals(Duration.ofSeconds(299), span.longest());
        assertEquals(Duration.ofSeconds(299 * 150), span.waited());
    }

    @Test
    void aClockThatWasWrongDoesNoHarm() {
        history.sample(PROD, Instant.parse("2099-01-01T00:00:00Z"), 1, 1, 0);
        sample("06:00:00", 1, 1, 0);
        history.sample(PROD, Instant.parse("2099-01-01T00:00:00Z"), 1, 1, 0);
        sample("06:00:00", 1, 1, 0);
        sample("06:10:00", 0, 1, 0);
        List<Usage> usage = usage(Usage.Period.HOURS, "06:15:00");
        assertEquals(1, fromLast(usage, 1).used());
    }

    @Test
    void aRenamedFolderTakesItsHistoryWithIt() {
        GroupKey everywhere = new GroupKey(Scope.CONTROLLER, "", "licences");
        for (GroupKey group : List.of(PROD, everywhere)) {
            history.add(
                    group,
                    event(HistoryEvent.Kind.CANCELLED_FOR_NEWER, 1)
                            .forNewer(build("team/shop", 2))
                            .build());
            history.held(group, "team/shop", Duration.ofSeconds(1));
        }
        history.held(everywhere, "teams/shop", Duration.ofSeconds(1));
        history.relocate("team", "crew");
        assertEquals(List.of(), history.events(PROD));
        for (GroupKey group : List.of(new GroupKey(Scope.FOLDER, "crew", "prod"), everywhere)) {
            HistoryEvent event = history.events(group).get(0);
            assertEquals("crew/shop", event.build().orElseThrow().owner().job());
            assertEquals("crew/shop", event.by().orElseThrow().owner().job());
            assertEquals(1, history.holds(group, "crew/shop").count());
            assertEquals(0, history.holds(group, "team/shop").count());
        }
        assertEquals(1, history.holds(everywhere, "teams/shop").count());
    }

    @Test
    void nothingIsLeftOfADeletedJob() {
        GroupKey own = new GroupKey(Scope.JOB, "team/shop", "own");
        history.add(own, event(HistoryEvent.Kind.LEFT, 1).build());
        history.add(PROD, event(HistoryEvent.Kind.LEFT, 1).build());
        history.add(
                PROD,
                HistoryEvent.now(HistoryEvent.Kind.REFUSED)
                        .of(build("team/other", 3))
                        .refused(Outcome.SUPERSEDED, build("team/shop", 2))
                        .build());
        history.held(PROD, "team/shop", Duration.ofSeconds(1));
        history.held(PROD, "team/other", Duration.ofSeconds(1));
        history.forget("team/shop");
        assertEquals(List.of(), history.events(own));
        assertEquals(List.of(3L), numbers(PROD));
        assertTrue(history.events(PROD).get(0).by().isEmpty());
        assertEquals(0, history.holds(PROD, "team/shop").count());
        assertEquals(1, history.holds(PROD, "team/other").count());
        history.forget("team");
        assertEquals(List.of(), history.events(PROD));
    }
}
