package io.jenkins.plugins.concurrency.lab.rehearse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.concurrency.lab.rehearse.expect.Expectations;
import io.jenkins.plugins.concurrency.lab.rehearse.expect.Verdict;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is expected, and what is warned of. */
class JudgementTest {
    @TempDir
    private Path folder;

    private Show show;

    @BeforeEach
    void setUp() {
        show = new Show(folder);
    }

    private String problem(String expectation) {
        List<Verdict> verdicts = Expectations.judge(List.of(expectation), show.journal());
        return verdicts.get(0).problem();
    }

    @Test
    void expectationsAreMetOrSayWhatHappenedInstead() {
        show.builds(3, "concurrency(group: 'x', limit: 2) { sh 'x' }\nif (env.BUILD_NUMBER == '2') { error 'no' }");
        assertEquals("", problem("never more than 2 in x"));
        assertTrue(problem("never more than 1 in x").contains("2 were inside at 10 s, when team/job#2 entered"));
        assertTrue(problem("never more than 1 in y").contains("Nobody ever was in 'y'"));
        assertEquals("", problem("build 2 of job ends FAILURE"));
        assertEquals("team/job#2 ends FAILURE: no.", problem("build 2 of team/job ends SUCCESS"));
        assertEquals("There is no build 9 of it.", problem("build 9 of job ends SUCCESS"));
        assertEquals("team/job#2 ends FAILURE: no.", problem("every build of job ends SUCCESS"));
        assertEquals("", problem("p95 wait of job < 11s"));
        assertEquals("It is 10 s.", problem("longest wait of job < 10s"));
        assertEquals("", problem("median wait of job <= 0s"));
        assertEquals("", problem("the newest build of each branch finishes"));
        assertEquals("", problem("every build finishes"));
        assertEquals("", problem("no executor is held while waiting"));
    }

    @Test
    void whatIsNoExpectationIsToldWithExamples() {
        show.builds(1, "echo 'x'");
        RehearsalException x = assertThrows(RehearsalException.class, () -> problem("all is well"));
        assertTrue(x.getMessage().contains("'all is well' is no expectation. Write one such as"), x.getMessage());
    }

    @Test
    void theNewestBuildOfEachBranchIsLookedAt() {
        show.file("Jenkinsfile", "concurrency(group: 'x', behavior: 'CANCEL') { sh 'x' }");
        show.plan("""
                jobs:
                  shop:
                    jenkinsfile: Jenkinsfile
                    builds:
                      - {at: [0s, 5s], branch: main}
                      - {at: 40s, branch: pr-7}
                steps: {sh: 30s}
                """);
        assertTrue(problem("the newest build of each branch finishes").contains("shop/main#2 ends ABORTED"));
        assertEquals("", problem("build 1 of pr-7 ends SUCCESS"));
    }

    @Test
    void whatPeopleShouldLookAtIsWarnedOf() {
        show.builds(2, "node { concurrency(group: 'x') { sh 'x' } }");
        assertTrue(show.warnings().contains("executor held"));
        show.builds(
                2,
                "concurrency(group: \"x-${env.BUILD_NUMBER}\") { sh 'x' }\nconcurrency(group: 'y', limit: 9) { sh 'x' }");
        assertTrue(show.warnings().contains("never limits"));
        show.builds(2, "concurrency(group: 'x', limit: env.BUILD_NUMBER as int) { sh 'x' }");
        assertTrue(show.warnings().contains("limit disputed"));
        show.builds(2, "concurrency(group: 'x', behavior: 'CANCEL_RUNNING') { sh './deploy.sh' }");
        assertTrue(show.warnings().contains("deployment could be cancelled"));
    }

    @Test
    void aNameThatMeansAnotherGroupInEachFolderIsWarnedOf() {
        show.file("Jenkinsfile", "concurrency(group: 'prod') { sh 'x' }");
        show.plan("""
                jobs:
                  one/shop: {jenkinsfile: Jenkinsfile, builds: {at: 0s}}
                  two/shop: {jenkinsfile: Jenkinsfile, builds: {at: 0s}}
                """);
        assertTrue(show.warnings().contains("name falls apart"));
    }

    @Test
    void aRehearsalWithoutFaultIsNotWarnedOf() {
        show.builds(2, "concurrency(group: 'x') { node { sh 'x' } }");
        assertEquals(List.of(), show.warnings());
    }
}
