package io.jenkins.plugins.concurrency.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RelocationTest {
    private final Story story = new Story();

    private static GroupKey of(Scope scope, String context) {
        return new GroupKey(scope, context, "deploy");
    }

    private void runAndWait(Scope scope, String context) {
        story.ask("f/a#1", Claim.of(of(scope, context), 1));
        story.ask("f/a#2", Claim.of(of(scope, context), 1));
    }

    @ParameterizedTest
    @EnumSource(names = {"JOB", "UPSTREAM", "BUILD"})
    void theGroupsOfARenamedJobGoWithItAndItsRequestsAreServed(Scope scope) {
        String build = scope == Scope.JOB ? "" : "#1";
        runAndWait(scope, "f/a" + build);
        story.engine.relocate("f/a", "f/b");
        assertThat(story.engine.groups(), contains(of(scope, "f/b" + build)));
        assertThat(story.ask("f/b#3", Claim.of(of(scope, "f/b" + build), 1)), contains("f/b#3 waits for deploy"));
        assertThat(story.end("f/a#1"), contains("f/a#2 runs with deploy 1"));
        assertThat(story.end("f/a#2"), contains("f/b#3 runs with deploy 1"));
    }

    @Test
    void theGroupsOfAMovedFolderGoWithIt() {
        runAndWait(Scope.FOLDER, "f");
        story.engine.relocate("f", "g/f");
        assertThat(story.engine.groups(), contains(of(Scope.FOLDER, "g/f")));
        assertThat(story.engine.groupsOf("g/f/a"), contains(of(Scope.FOLDER, "g/f")));
        assertThat(story.engine.groupsOf("f/a"), empty());
        GroupView view = story.engine.group(of(Scope.FOLDER, "g/f"), 0, 9).orElseThrow();
        assertThat(view.running().get(0).owner(), is(Owner.build("g/f/a", 1)));
        assertThat(view.waiting().get(0).owner(), is(Owner.build("g/f/a", 2)));
        assertThat(view.waiting().get(0).claim().group(), is(of(Scope.FOLDER, "g/f")));
    }

    @Test
    void theFoldersGroupStaysBehindWhenAJobMovesOutOfIt() {
        runAndWait(Scope.FOLDER, "f");
        story.engine.relocate("f/a", "g/a");
        assertThat(story.engine.groups(), contains(of(Scope.FOLDER, "f")));
        assertThat(story.engine.groupsOf("g/a"), contains(of(Scope.FOLDER, "f")));
        assertThat(story.end("f/a#1"), contains("f/a#2 runs with deploy 1"));
    }

    @Test
    void aJobWhoseNameOnlyBeginsTheSameStays() {
        runAndWait(Scope.JOB, "f/ab");
        story.engine.relocate("f/a", "f/x");
        assertThat(story.engine.groups(), contains(of(Scope.JOB, "f/ab")));
    }

    @Test
    void whatABuildHasIsEndedByItsNewName() {
        runAndWait(Scope.JOB, "f/a");
        story.engine.relocate("f", "g");
        assertThat(story.endAll(Owner.build("f/a", 1)), empty());
        assertThat(story.endAll(Owner.build("g/a", 1)), contains("f/a#2 runs with deploy 1"));
    }

    @Test
    void aNewcomerOfTheNewNameIsOfTheSameJob() {
        runAndWait(Scope.FOLDER, "f");
        story.engine.relocate("f/a", "f/b");
        assertThat(
                story.ask("f/b#3", Behavior.CANCEL_RUNNING, Claim.of(of(Scope.FOLDER, "f"), 1)),
                contains(
                        "f/a#2 superseded in deploy by f/b#3",
                        "f/b#3 waits for deploy",
                        "f/a#1 shall leave deploy for f/b#3"));
    }

    @Test
    void theJobsOfAFairQueueKeepTheirTurns() {
        GroupKey group = of(Scope.FOLDER, "f");
        story.engine.declare(Map.of(group, Policy.ofLimit(1).withOrder(Order.FAIR)));
        story.ask("f/x#1", Claim.of(group, 1));
        for (String who : List.of("f/a#1", "f/a#2", "f/b#1", "f/b#2")) {
            story.ask(who, Claim.of(group, 1));
        }
        story.engine.relocate("f/a", "f/z");
        story.ask("f/z#3", Claim.of(group, 1));
        assertThat(story.end("f/x#1"), contains("f/a#1 runs with deploy 1"));
        assertThat(story.end("f/a#1"), contains("f/b#1 runs with deploy 1"));
        assertThat(story.end("f/b#1"), contains("f/a#2 runs with deploy 1"));
        assertThat(story.end("f/a#2"), contains("f/b#2 runs with deploy 1"));
        assertThat(story.end("f/b#2"), contains("f/z#3 runs with deploy 1"));
    }

    @Test
    void aDeclaredGroupAndTheParentItNamesGoWithTheirFolder() {
        GroupKey child = new GroupKey(Scope.FOLDER, "f", "child");
        GroupKey parent = new GroupKey(Scope.FOLDER, "f", "parent");
        story.engine.declare(Map.of(child, Policy.ofLimit(5).under(parent, 0), parent, Policy.ofLimit(1)));
        story.engine.relocate("f", "g");
        GroupKey moved = new GroupKey(Scope.FOLDER, "g", "child");
        story.ask("g/a#1", Claim.of(moved, 5));
        assertThat(story.ask("g/a#2", Claim.of(moved, 5)), contains("g/a#2 waits for parent"));
    }

    @Test
    void itTellsWhoseJobOrGroupHasAnotherName() {
        story.ask("f/a#1", Story.claim("db", 1));
        story.ask("f/a#2", Story.claim("db", 1));
        story.ask("b#1", Claim.of(of(Scope.FOLDER, "f"), 1));
        story.ask(story.of("c#1", Behavior.QUEUE, Claim.of(of(Scope.FOLDER, "f"), 1))
                .inside(story.key("b#1")));
        story.ask("d#1", Story.claim("db", 1));
        story.ask("f/ab#1", Story.claim("db", 1));
        assertThat(relocated("f/a", "f/x"), containsInAnyOrder("f/a#1", "f/a#2"));
        assertThat(relocated("f/a", "f/x"), empty());
        assertThat(relocated("f", "g"), containsInAnyOrder("f/a#1", "f/a#2", "f/ab#1", "b#1", "c#1"));
        assertThat(relocated("g/x", "g/x"), empty());
    }

    private List<String> relocated(String from, String to) {
        return story.engine.relocate(from, to).stream().map(story::name).toList();
    }

    @Test
    void theOwnersAndRequestsOfAJobAndTheRequestsInAFolderAreFound() {
        story.ask("f/a#1", Story.claim("db", 1));
        story.ask("f/a#1/x", Story.claim("db", 1));
        story.ask("f/a~1", Story.claim("db", 1));
        story.ask("f/a/b#1", Story.claim("db", 1));
        story.ask("f/ab#1", Story.claim("db", 1));
        assertThat(story.engine.ownersOf("f/a"), containsInAnyOrder(Owner.build("f/a", 1), Owner.queueItem("f/a", 1)));
        assertThat(story.engine.ownersOf("f"), empty());
        assertThat(
                story.engine.requestsIn("f/a").stream().map(story::name).toList(),
                containsInAnyOrder("f/a#1", "f/a#1/x", "f/a~1", "f/a/b#1"));
    }

    /** Jenkins tells a folder's new name for the folder and then for each of all that is in it. */
    @Test
    void aRenameCostsWhatMovesHoweverMuchThereIs() {
        crowd(0, 100);
        long few = cost();
        crowd(100, 20_000);
        assertThat(cost(), lessThan(20 * few));
    }

    private void crowd(int from, int to) {
        for (int i = from; i < to; i++) {
            story.ask("k/j" + i + "#1", Claim.of(of(Scope.JOB, "k/j" + i), 1));
        }
    }

    /** The least that many calls took, so that what else the machine does counts little. */
    private long cost() {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            story.ask("f/a#1", Claim.of(of(Scope.JOB, "f/a"), 1));
            long start = System.nanoTime();
            story.engine.relocate("f", "g");
            for (int i = 0; i < 100; i++) {
                story.engine.relocate("f/a" + i, "g/a" + i);
                story.engine.requestsIn("f/a" + i);
                story.engine.ownersOf("g/a");
            }
            least = Math.min(least, System.nanoTime() - start);
            story.end("f/a#1");
        }
        return least;
    }

    @Test
    void whatAWaiterTakesInsideAMovedBlockIsStillSaid() {
        GroupKey group = of(Scope.JOB, "f/a");
        story.ask("f/a#1", Claim.of(group, 1));
        story.ask("x#1", Story.claim("db", 1));
        story.ask(story.of("f/a#1/in", Behavior.QUEUE, Claim.of(group, 1), Story.claim("db", 1))
                .inside(story.key("f/a#1")));
        story.engine.relocate("f/a", "f/b");
        assertThat(story.end("x#1"), contains("f/a#1/in runs with db 1 inside deploy"));
    }
}
