package io.jenkins.plugins.concurrency.lab.rehearse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the step does to builds that come ten seconds apart, each inside for thirty. */
class ConcurrencyStepTest {
    @TempDir
    private Path folder;

    private Show show;

    @BeforeEach
    void setUp() {
        show = new Show(folder);
    }

    @ParameterizedTest
    @CsvSource({
        "QUEUE, 'SUCCESS,SUCCESS,SUCCESS'",
        "QUEUE_LATEST, 'SUCCESS,ABORTED,SUCCESS'",
        "CANCEL_RUNNING, 'ABORTED,ABORTED,SUCCESS'",
        "CANCEL, 'SUCCESS,ABORTED,ABORTED'",
        "FAIL, 'SUCCESS,FAILURE,FAILURE'",
        "SKIP, 'SUCCESS,SUCCESS,SUCCESS'"
    })
    void eachBehaviorEndsTheBuildsThatItSays(String behavior, String results) {
        show.builds(3, "concurrency(group: 'x', behavior: '" + behavior + "') { sh 'x' }");
        assertEquals(List.of(results.split(",")), show.results());
    }

    @Test
    void aCancelledBuildHasCleanedUpBeforeTheNextStarts() {
        show.builds(2, "concurrency(group: 'x', behavior: 'CANCEL_RUNNING') { try { sh 'x' } finally { sleep 7 } }");
        assertEquals(17_000, show.journal().stays().get(1).entered());
    }

    @Test
    void aCancelledBuildEndsAsSuchWhateverItsProgramMakesOfIt() {
        show.builds(2, "catchError { concurrency(group: 'x', behavior: 'CANCEL_RUNNING') { sh 'x' } }\necho 'on'");
        assertEquals(List.of("ABORTED", "SUCCESS"), show.results());
        show.builds(2, """
                parallel(
                    one: { if (env.BUILD_NUMBER == '1') { error 'no' } },
                    two: { concurrency(group: 'x', behavior: 'CANCEL_RUNNING') { sh 'x' } })
                """);
        assertEquals(List.of("ABORTED", "SUCCESS"), show.results());
    }

    @Test
    void aSlotIsInAVariable() {
        show.builds(2, "concurrency(group: 'x', limit: 2, variable: 'SLOT') { echo env.SLOT; sh 'x' }");
        assertEquals(List.of("1", "2"), show.notes());
    }

    @Test
    void whoWaitsTooLongGivesUp() {
        show.builds(2, "concurrency(group: 'x', waitTimeout: 5, unit: 'SECONDS') { sh 'x' }");
        assertEquals(List.of("SUCCESS", "ABORTED"), show.results());
        assertEquals(15_000, show.build(2).ended());
    }

    @Test
    void aCircleFailsTheOneThatClosesIt() {
        show.builds(2, """
                def odd = env.BUILD_NUMBER == '1'
                concurrency(group: odd ? 'a' : 'b') {
                    sh 'x'
                    concurrency(group: odd ? 'b' : 'a') { sh 'y' }
                }
                """);
        assertEquals(List.of("SUCCESS", "FAILURE"), show.results());
        assertTrue(show.warnings().contains("circle"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            group: 'x', limit: 0           | 'limit' is 0.
            group: 'x', limit: 'many'      | 'limit' is 'many'. Give a whole number from 1
            group: env.NONE                | The 'group' is given, but it is empty.
            group: 'x', behavior: 'queue'  | 'queue' is no behavior. Give 'behavior' one of 'QUEUE'
            group: 'x', scope: 'GLOBAL'    | 'GLOBAL' is no scope.
            group: 'x', slots: 3, limit: 2 | Group 'x' has 2 slots, but 3 are requested.
            group: 'x', extra: [[limit: 2]]| One of the groups in 'extra' has no name.
            group: 'x', scope: 'CONTROLLER'| There is no group 'x' of the whole controller.
            """)
    void whatMakesNoSenseEndsWithTheSentenceOfTheStep(String arguments, String sentence) {
        show.builds(1, "concurrency(" + arguments + ") { }");
        assertEquals(List.of("FAILURE"), show.results());
        String reason = show.build(1).reason();
        assertTrue(reason.contains(sentence.replace("'limit' is 0.", "'limit'")), reason);
    }

    @Test
    void anUnknownParameterIsToldWithTheOneThatWasMeant() {
        show.builds(1, "concurrency(group: 'x', behaviour: 'FAIL') { }");
        assertTrue(
                show.journal().warnings().get(0).text().contains("no parameter 'behaviour'. Did you mean 'behavior'?"),
                show.journal().warnings().toString());
    }

    @Test
    void aDeclaredGroupWinsAndItsFoldersCount() {
        String settings = """
                unclassified:
                  concurrency:
                    groups: [{name: prod, limit: 2}, {name: other, folders: elsewhere}]
                """;
        show.builds(3, "concurrency(group: 'prod', scope: 'CONTROLLER', limit: 1) { sh 'x' }", settings);
        assertEquals(40_000 + 20_000, show.build(3).ended());
        show.builds(1, "concurrency(group: 'other', scope: 'CONTROLLER') { }", settings);
        assertTrue(
                show.build(1).reason().contains("only for jobs in elsewhere"),
                show.build(1).reason());
    }

    @Test
    void aJobsLimitHasBuildsWaitInTheQueueWhereTheSameAreOne() {
        show.builds(5, "properties([concurrencyLimit(limit: 1)])\nsh 'x'");
        // The first sets it; the second runs; the others are the same entry until that starts.
        assertEquals(List.of("SUCCESS", "SUCCESS", "SUCCESS"), show.results());
    }

    @Test
    void aCapLimitsAllBuilds() {
        show.builds(2, "sh 'x'", "unclassified: {concurrency: {folderCaps: [{folders: team, limit: 1}]}}\n");
        assertEquals(60_000, show.build(2).ended());
    }
}
