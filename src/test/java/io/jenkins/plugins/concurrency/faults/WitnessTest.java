package io.jenkins.plugins.concurrency.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class WitnessTest {
    private static void assertBlameless(String... lines) {
        assertEquals(List.of(), Witness.judge(List.of(lines)));
    }

    private static void assertBlamed(String violation, String... lines) {
        assertEquals(List.of(violation), Witness.judge(List.of(lines)));
    }

    @Test
    void oneAfterTheOtherIsAsItShouldBe() {
        assertBlameless(
                "0 limit 1 deploy",
                "100 ask step1 deploy",
                "110 in step1 deploy",
                "20000 ask step2 deploy",
                "30000 out step1 deploy",
                "30010 in step2 deploy",
                "30020 out step2 deploy",
                "40000 result step1 SUCCESS",
                "40000 result step2 SUCCESS");
    }

    @Test
    void twoInsideALimitOfOneAreSeen() {
        assertBlamed(
                "over the limit 1 of deploy at line 2: [step1, step2]",
                "0 limit 1 deploy",
                "110 in step1 deploy",
                "120 in step2 deploy",
                "200 out step1 deploy",
                "210 out step2 deploy");
    }

    @Test
    void whatTheProgramOfAHardKilledBuildGoesOnToDoIsNotTheBuildAnyMore() {
        // Pipeline ends such a build without ending its program: it may enter its body after that.
        assertBlameless(
                "0 limit 1 deploy",
                "100 hard entry1 -",
                "110 in entry2 deploy",
                "120 in entry1 deploy",
                "130 out entry1 deploy",
                "140 out entry2 deploy");
    }

    @Test
    void aHardKilledBuildThatComesBackFromAnOldQueueCounts() {
        assertBlamed(
                "over the limit 1 of deploy at line 5: [entry2, entry1]",
                "0 limit 1 deploy",
                "100 hard entry1 -",
                "110 kill - -",
                "120 up - -",
                "130 in entry2 deploy",
                "140 in entry1 deploy",
                "150 out entry1 deploy",
                "160 out entry2 deploy");
    }

    @Test
    void aLostSlotIsSeenByThoseWhoWaitForIt() {
        assertBlamed(
                "step2 is lost: Waiting for deploy",
                "0 limit 1 deploy",
                "100 ask step1 deploy",
                "110 in step1 deploy",
                "20000 ask step2 deploy",
                "30000 out step1 deploy",
                "90000 result step1 SUCCESS",
                "90000 stuck step2 Waiting for deploy");
    }

    @Test
    void aBuildThatNeverGotInsideIsNoSuccess() {
        assertBlamed("step1 succeeded without having been inside", "100 ask step1 deploy", "200 result step1 SUCCESS");
    }

    @Test
    void whoPassesAnEarlierOneIsSeen() {
        assertBlamed(
                "step3 went into deploy at line 5 before step2, who had asked earlier",
                "0 limit 1 deploy",
                "100 in step1 deploy",
                "110 ask step2 deploy",
                "10000 ask step3 deploy",
                "20000 out step1 deploy",
                "20010 in step3 deploy",
                "20020 out step3 deploy",
                "20030 in step2 deploy",
                "20040 out step2 deploy");
    }

    @Test
    void whoAskedBeforeACrashGoesBeforeWhoAsksAfterIt() {
        assertBlamed(
                "step3 went into deploy at line 7 before step2, who had asked earlier",
                "0 limit 1 deploy",
                "100 in step1 deploy",
                "110 ask step2 deploy",
                "10000 kill - -",
                "30000 up - -",
                "40000 ask step3 deploy",
                "50000 out step1 deploy",
                "50010 in step3 deploy",
                "50020 out step3 deploy",
                "50030 in step2 deploy",
                "50040 out step2 deploy");
    }

    @Test
    void nobodyKnowsTheOrderOfThoseWhoAskedJustBeforeACrash() {
        assertBlameless(
                "0 limit 1 deploy",
                "100 in step1 deploy",
                "9000 ask step2 deploy",
                "10000 kill - -",
                "30000 up - -",
                "40000 ask step3 deploy",
                "50000 out step1 deploy",
                "50010 in step3 deploy",
                "50020 out step3 deploy",
                "50030 in step2 deploy",
                "50040 out step2 deploy");
    }

    @Test
    void whoComesWhileTheControllerIsBeingStoppedAsksWhenItIsBack() {
        assertBlameless(
                "0 limit 1 deploy",
                "100 in step1 deploy",
                "200 stopping - -",
                "210 ask entry2 deploy",
                "5000 saved - -",
                "9000 stop - -",
                "30000 up - -",
                "31000 ask entry3 deploy",
                "50000 out step1 deploy",
                "50010 in entry3 deploy",
                "50020 out entry3 deploy",
                "50030 in entry2 deploy",
                "50040 out entry2 deploy");
    }

    @Test
    void aPipelineThatGoesOnAfterACrashWasInsideAllTheTime() {
        assertBlamed(
                "over the limit 1 of deploy at line 4: [step1, step2]",
                "0 limit 1 deploy",
                "100 in step1 deploy",
                "10000 kill - -",
                "30000 up - -",
                "50000 in step2 deploy",
                "50020 out step1 deploy",
                "50030 out step2 deploy");
    }

    @Test
    void aBuildThatHadEndedUnderANewNameIsNotBackInside() {
        assertBlameless(
                "0 limit 1 deploy",
                "100 in step1 deploy",
                "110 moved step1 -",
                "9900 out step1 deploy",
                "10000 kill - -",
                "30000 up - -",
                "50000 in step2 deploy",
                "50020 out step1 deploy",
                "50030 out step2 deploy");
    }

    @Test
    void whoDiedWithTheControllerIsInsideNoMore() {
        assertBlameless(
                "0 limit 1 deploy",
                "100 in entry1 deploy",
                "10000 kill - -",
                "30000 up - -",
                "50000 in step2 deploy",
                "50030 out step2 deploy");
    }

    @Test
    void aLimitThatIsLoweredCountsForThoseWhoComeLater() {
        assertBlamed(
                "over the limit 1 of deploy at line 4: [step1, step2, step3]",
                "0 limit 2 deploy",
                "100 in step1 deploy",
                "110 in step2 deploy",
                "200 limit 1 deploy",
                "30000 in step3 deploy",
                "30010 out step1 deploy",
                "30020 out step2 deploy",
                "30030 out step3 deploy");
    }
}
