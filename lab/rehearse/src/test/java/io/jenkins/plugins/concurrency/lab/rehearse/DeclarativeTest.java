package io.jenkins.plugins.concurrency.lab.rehearse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.concurrency.lab.rehearse.journal.Event;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Declarative Jenkinsfiles do. */
class DeclarativeTest {
    @TempDir
    private Path folder;

    private Show show;

    @BeforeEach
    void setUp() {
        show = new Show(folder);
    }

    private static String pipeline(String sections) {
        return "pipeline {\nagent none\n" + sections + "\n}\n";
    }

    private static String stage(String name, String sections) {
        return "stage('" + name + "') {\n" + sections + "\n}\n";
    }

    private static String steps(String steps) {
        return "steps { " + steps + " }";
    }

    @Test
    void stagesRunOneAfterTheOtherUntilOneFails() {
        show.builds(
                1,
                pipeline("stages {\n" + stage("a", steps("sh 'x'")) + stage("b", steps("error 'no'"))
                        + stage("c", steps("echo 'never'"))
                        + "}\npost {\nalways { echo \"end ${currentBuild.currentResult}\" }\n"
                        + "success { echo 'good' }\nfailure { echo 'bad' }\n}"));
        assertEquals(List.of("end FAILURE", "bad"), show.notes());
        assertTrue(show.texts(Event.Kind.STAGE).contains("c (skipped)"));
        assertEquals(List.of("FAILURE"), show.results());
    }

    @Test
    void parallelStagesRunAtOnceAndFailFast() {
        show.builds(
                1,
                pipeline("stages {\n"
                        + stage(
                                "all",
                                "failFast true\nparallel {\n" + stage("a", steps("sleep 5; error 'no'"))
                                        + stage("b", steps("sh 'x'")) + "}")
                        + "}"));
        assertEquals(5_000, show.build(1).ended());
    }

    @Test
    void aMatrixHasACellForEachCombinationThatIsNotExcluded() {
        show.builds(1, pipeline("stages {\n" + stage("m", """
                matrix {
                    axes {
                        axis {
                            name 'OS'
                            values 'linux', 'mac'
                        }
                        axis {
                            name 'DB'
                            values 'pg', 'my'
                        }
                    }
                    excludes {
                        exclude {
                            axis {
                                name 'OS'
                                values 'mac'
                            }
                            axis {
                                name 'DB'
                                notValues 'pg'
                            }
                        }
                    }
                    stages {
                        stage('cell') {
                            steps {
                                echo "${OS} ${DB}"
                            }
                        }
                    }
                }
                """) + "}"));
        assertEquals(List.of("linux pg", "linux my", "mac pg"), show.notes());
    }

    @Test
    void conditionsLeaveStagesOut() {
        show.builds(
                1,
                pipeline("parameters { booleanParam(name: 'RUN', defaultValue: false) }\nstages {\n"
                        + stage("a", "when { expression { params.RUN } }\n" + steps("echo 'a'"))
                        + stage("b", "when { not { expression { params.RUN } } }\n" + steps("echo 'b'"))
                        + stage(
                                "c",
                                "when { anyOf { branch 'main'; environment name: 'X', value: '1' } }\n"
                                        + steps("echo 'c'"))
                        + stage(
                                "d",
                                "environment { X = '1' }\nwhen { equals expected: 1, actual: 1 }\n"
                                        + steps("echo \"d${X}\""))
                        + "}"));
        assertEquals(
                List.of("b", "d1"),
                show.notes().stream().filter(note -> note.length() < 3).toList());
    }

    @Test
    void theEnvironmentIsMadeOfStepsAndOfItself() {
        show.builds(
                        1,
                        pipeline(
                                "environment {\nONE = sh(returnStdout: true, script: 'x').trim()\nTWO = \"${ONE}-${BUILD_NUMBER}\"\n"
                                        + "SECRET = credentials('id')\n}\nstages {\n"
                                        + stage("a", steps("echo \"${TWO} ${env.SECRET}\"")) + "}"),
                        "")
                .plan("""
                jobs: {j: {jenkinsfile: Jenkinsfile, builds: {at: 0s}}}
                steps: {sh: {returns: v1}}
                """);
        assertEquals(List.of("v1-1 ****"), show.notes());
    }

    @Test
    void anOptionOfAStageWaitsWithoutAnExecutorAndOneOfThePipelineWithOne() {
        String option = "options { concurrency(group: 'x') }\n";
        show.builds(2, pipeline("stages {\n" + stage("a", option + "agent any\n" + steps("sh 'x'")) + "}"));
        assertFalse(show.warnings().contains("executor held"));
        show.builds(2, "pipeline {\nagent any\n" + option + "stages {\n" + stage("a", steps("sh 'x'")) + "}\n}");
        assertTrue(show.warnings().contains("executor held"));
    }

    @Test
    void optionsOfThePipelineStopItAndKeepBuildsApart() {
        show.builds(
                1,
                pipeline("options { timeout(time: 10, unit: 'SECONDS') }\nstages {\n" + stage("a", steps("sh 'x'"))
                        + "}"));
        assertEquals(List.of("ABORTED"), show.results());
        show.builds(
                3, pipeline("options { disableConcurrentBuilds() }\nstages {\n" + stage("a", steps("sh 'x'")) + "}"));
        assertEquals(60_000, show.journal().end());
    }

    @Test
    void somebodyAnswersAndTheStageGoesOn() {
        show.builds(
                1,
                pipeline("stages {\n"
                        + stage(
                                "a",
                                "input {\nmessage 'go?'\nparameters { string(name: 'WHERE', defaultValue: 'prod') }\n}\n"
                                        + steps("echo \"to ${WHERE}\""))
                        + "}"));
        assertEquals(List.of("to prod"), show.notes());
        assertEquals(60_000, show.build(1).ended());
    }

    @Test
    void postSeesWhatThePreviousBuildWas() {
        show.builds(
                2,
                pipeline(
                        "stages {\n" + stage("a", steps("script { if (env.BUILD_NUMBER == '1') { error 'no' } }"))
                                + "}\npost {\nfixed { echo 'fixed' }\nregression { echo 'worse' }\ncleanup { echo 'clean' }\n}"));
        assertEquals(List.of("clean", "fixed", "clean"), show.notes());
    }

    @Test
    void whatIsMissingOrMisspeltIsToldInASentence() {
        show.builds(1, "pipeline {\nstages { stage('a') { steps { echo 'x' } } }\n}");
        assertTrue(
                show.build(1).reason().contains("has no 'agent'. Add 'agent any'"),
                show.build(1).reason());
        show.builds(1, pipeline("stages {\n" + stage("a", "agnet any\n" + steps("echo 'x'")) + "}"));
        assertTrue(
                show.build(1).reason().contains("Did you mean 'agent'?"),
                show.build(1).reason());
    }
}
