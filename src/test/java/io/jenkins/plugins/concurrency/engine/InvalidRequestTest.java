package io.jenkins.plugins.concurrency.engine;

import static io.jenkins.plugins.concurrency.engine.Story.claim;
import static io.jenkins.plugins.concurrency.engine.Story.group;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class InvalidRequestTest {
    private final Story story = new Story();

    private static void refused(String because, Executable request) {
        InvalidRequestException refusal = assertThrows(InvalidRequestException.class, request);
        assertThat(refusal.getMessage(), containsString(because));
    }

    @Test
    void aLimitBelow1IsRefused() {
        refused("limit of 1 or more", () -> claim("deploy", -1));
        assertThrows(IllegalArgumentException.class, () -> Policy.ofLimit(0));
    }

    @Test
    void slotsBelow1OrAboveTheLimitAreRefused() {
        refused("1 slot or more", () -> Story.slots("deploy", 0, 1));
        refused("has 2 slots, but 3", () -> Story.slots("deploy", 3, 2));
    }

    @Test
    void moreSlotsThanADeclaredGroupHasAreRefusedAndLeaveNothing() {
        story.declare("deploy", Policy.ofLimit(2));
        refused("has 2 slots, but 3", () -> story.ask("a#1", Story.slots("deploy", 3, 5)));
        assertThat(story.live(), empty());
        assertThat(story.engine.groupsOf("a"), empty());
    }

    @Test
    void aRequestForMoreThan1000SlotsInAllIsRefused() {
        int most = Integer.MAX_VALUE;
        refused("at most 1000,", () -> story.ask("a#1", Story.slots("deploy", most, most)));
        refused("1001 slots", () -> story.ask("a#1", Story.slots("deploy", 600, 600), Story.slots("test", 401, most)));
        refused(
                "4294967294 slots",
                () -> story.ask("a#1", Story.slots("deploy", most, most), Story.slots("test", most, most)));
        assertThat(
                story.ask("a#1", Story.slots("deploy", 600, 600), Story.slots("test", 400, most))
                        .size(),
                is(1));
    }

    @Test
    void aRequestForMoreThan100GroupsIsRefused() {
        refused("at most 100", () -> story.ask("a#1", groups(101)));
        assertThat(story.ask("a#1", groups(100)).size(), is(1));
    }

    private static Claim[] groups(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> claim("group" + i, 1))
                .toArray(Claim[]::new);
    }

    @Test
    void exclusiveWithSlotsIsRefused() {
        refused("only one of them", () -> new Claim(group("deploy"), 2, true, 3));
    }

    @Test
    void aGroupNamedTwiceInOneRequestIsRefusedWhateverItsCase() {
        refused("named twice", () -> story.ask("a#1", claim("deploy", 1), claim("DEPLOY", 1)));
    }

    @Test
    void aRequestForNothingIsRefused() {
        refused("No group", () -> story.ask("a#1"));
    }

    @Test
    void anEmptyOverlongOrControlCharacterNameIsRefused() {
        refused("is empty", () -> group(""));
        refused("is empty", () -> group("  "));
        refused("201", () -> group("x".repeat(201)));
        refused("control character", () -> group("a\nb"));
        assertThat(group("x".repeat(200)).name().length(), is(200));
    }

    @Test
    void blanksAroundANameDoNotCount() {
        assertThat(group(" deploy\t"), is(group("deploy")));
        assertThat(group("deploy ").hashCode(), is(group("deploy").hashCode()));
        assertThat(group("deploy ").name(), is("deploy"));
        assertThat(group(" ".repeat(9) + "x".repeat(200)).name().length(), is(200));
        refused("named twice", () -> story.ask("a#1", claim("deploy", 1), claim("deploy ", 1)));
    }

    @Test
    void aNegativeQueueBoundIsRefused() {
        refused(
                "maxQueued",
                () -> story.of("a#1", Behavior.QUEUE, claim("deploy", 1)).withMaxQueued(-1));
        assertThrows(IllegalArgumentException.class, () -> Policy.ofLimit(1).withQueue(-1, Overflow.CANCEL));
    }

    @Test
    void namesAreComparedWithoutCaseAndScopesAndPlacesKeepThemApart() {
        assertThat(group("Deploy"), is(group("dEPLOY")));
        assertThat(group("Deploy").hashCode(), is(group("dEPLOY").hashCode()));
        assertThat(group("deploy").compareTo(group("DEPLOY")), is(0));
        assertThat(group("deploy"), not(new GroupKey(Scope.JOB, "", "deploy")));
        assertThat(group("deploy"), not(new GroupKey(Scope.FOLDER, "f", "deploy")));
    }
}
