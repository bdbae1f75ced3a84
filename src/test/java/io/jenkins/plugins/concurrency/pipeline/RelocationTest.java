package io.jenkins.plugins.concurrency.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.cloudbees.hudson.plugins.folder.Folder;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.Moving;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.Idle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionList;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.BuildWatcherExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A job or folder is renamed or moved while builds run and wait. */
class RelocationTest {
    @RegisterExtension
    static final BuildWatcherExtension WATCHER = new BuildWatcherExtension();

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private static WorkflowJob job(JenkinsRule jenkins, String fullName) {
        return jenkins.jenkins.getItemByFullName(fullName, WorkflowJob.class);
    }

    private static WorkflowRun run(JenkinsRule jenkins, String job, int number) {
        return job(jenkins, job).getBuildByNumber(number);
    }

    private static void finish(JenkinsRule jenkins, WorkflowRun run) throws Exception {
        Gates.awaitAtGate(run);
        Gates.open(run);
        jenkins.assertBuildStatusSuccess(Gates.ended(run));
    }

    /** What is done to {@code team/deploy}; it is {@code to} afterwards. */
    private static void relocate(JenkinsRule jenkins, String how) throws Exception {
        Folder team = jenkins.jenkins.getItemByFullName("team", Folder.class);
        WorkflowJob deploy = job(jenkins, "team/deploy");
        switch (how) {
            case "rename job" -> Moving.rename(deploy, "release");
            case "rename folder" -> Moving.rename(team, "crew");
            case "move job" -> Moving.move(deploy, jenkins.createProject(Folder.class, "other"));
            case "move folder" -> Moving.move(team, jenkins.createProject(Folder.class, "other"));
            default -> throw new AssertionError(how);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "FOLDER, rename job, team/release, true",
        "FOLDER, rename folder, crew/deploy, true",
        "FOLDER, move folder, other/team/deploy, true",
        "FOLDER, move job, other/deploy, false",
        "JOB, rename job, team/release, true",
        "JOB, rename folder, crew/deploy, true",
        "JOB, move job, other/deploy, true",
        "JOB, move folder, other/team/deploy, true"
    })
    void buildsKeepWhatTheyHaveAndTheirOrder(String scope, String how, String to, boolean sameGroup) throws Throwable {
        String block = Gates.block("group: 'prod', limit: 2, scope: '" + scope + "'");
        int last = sameGroup ? 5 : 4;
        sessions.then(jenkins -> {
            Story story = new Story(jenkins);
            WorkflowJob job = story.script(jenkins.createProject(Folder.class, "team"), "deploy", block);
            Gates.awaitAtGate(story.start(job), story.start(job));
            story.waiting(job, 2);
            relocate(jenkins, how);
            Idle.sweepFindsNothing();
            if (sameGroup) {
                jenkins.assertLogContains("place 3 in the queue", story.waiting(job(jenkins, to)));
            }
        });
        sessions.then(jenkins -> {
            Gates.eventually("the gate opens", ConcurrencyManager.get()::isRecovered);
            Gates.awaitAtGate(run(jenkins, to, 1), run(jenkins, to, 2));
            Idle.sweepFindsNothing();
            assertEquals(1, ConcurrencyManager.get().groups().size());
            for (int number = 1; number <= last; number++) {
                Gates.awaitAtGate(run(jenkins, to, number));
                if (number + 2 <= last) {
                    assertFalse(Gates.isAtGate(run(jenkins, to, number + 2)));
                }
                finish(jenkins, run(jenkins, to, number));
            }
            Idle.await();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "FOLDER, rename job, team/release",
        "FOLDER, move folder, other/team/deploy",
        "FOLDER, move job, other/deploy",
        "JOB, rename folder, crew/deploy",
        "JOB, move job, other/deploy"
    })
    void theSlotsGoOnFromBuildToBuild(String scope, String how, String to) throws Throwable {
        String block = Gates.block("group: 'prod', scope: '" + scope + "'");
        sessions.then(jenkins -> {
            Story story = new Story(jenkins);
            WorkflowJob job = story.script(jenkins.createProject(Folder.class, "team"), "deploy", block);
            Gates.awaitAtGate(story.start(job));
            story.waiting(job, 2);
            relocate(jenkins, how);
            for (int number = 1; number <= 3; number++) {
                finish(jenkins, run(jenkins, to, number));
                Idle.sweepFindsNothing();
            }
            Idle.await();
        });
    }

    @Test
    void aBuildHoldsItsSlotThoughTheControllerDiedBeforePipelineHadItsNewNameOnDisk() throws Throwable {
        sessions.then(jenkins -> {
            Story story = new Story(jenkins);
            WorkflowJob job = story.script("deploy", Gates.block("group: 'prod'"));
            Gates.awaitAtGate(story.start(job));
            story.waiting(job);
            Moving.rename(job, "release");
        });
        Path list = sessions.getHome().toPath().resolve(FlowExecutionList.class.getName() + ".xml");
        String written = Files.readString(list);
        String before = written.replace("<job>release</job>", "<job>deploy</job>");
        assertNotEquals(before, written);
        Files.writeString(list, before);
        sessions.then(jenkins -> {
            Gates.eventually("the gate opens", ConcurrencyManager.get()::isRecovered);
            GroupKey group = ConcurrencyManager.get().groups().get(0);
            GroupView view = ConcurrencyManager.get().group(group, 0, 5).orElseThrow();
            assertEquals(1, view.running().get(0).owner().number());
            assertEquals(2, view.waiting().get(0).owner().number());
            finish(jenkins, run(jenkins, "release", 1));
            finish(jenkins, run(jenkins, "release", 2));
            Idle.await();
        });
    }

    @Test
    void branchesOfABuildWhoseJobIsRenamed() throws Throwable {
        sessions.then(jenkins -> {
            Story story = new Story(jenkins);
            WorkflowJob job = story.script("deploy", """
                    def branches = [:]
                    for (int i = 0; i < 4; i++) {
                        branches["b$i"] = { concurrency(group: 'prod', limit: 2, scope: 'BUILD') { semaphore 'gate' } }
                    }
                    parallel branches
                    """);
            WorkflowRun run = story.start(job);
            Gates.eventually("two are in", () -> Gates.countAtGate(run) == 2);
            Moving.rename(job, "release");
            Idle.sweepFindsNothing();
        });
        sessions.then(jenkins -> {
            Gates.eventually("the gate opens", ConcurrencyManager.get()::isRecovered);
            WorkflowRun run = run(jenkins, "release", 1);
            Gates.awaitAtGate(run);
            assertEquals(2, Gates.countAtGate(run));
            assertEquals(1, ConcurrencyManager.get().groups().size());
            Idle.sweepFindsNothing();
            Gates.open(run);
            Gates.eventually("the others are in", () -> Gates.times("Got slot", run) == 4);
            Gates.eventually("the others are in", () -> Gates.countAtGate(run) == 2);
            finish(jenkins, run);
            Idle.await();
        });
    }

    @Test
    void aChainOfBuildsWhoseTopmostJobIsRenamed() throws Throwable {
        sessions.then(jenkins -> {
            Story story = new Story(jenkins);
            story.script("leaf", Gates.block("group: 'prod', scope: 'UPSTREAM'"));
            WorkflowJob top = story.script("top", """
                    def branches = [:]
                    for (int i = 0; i < 3; i++) {
                        def number = i
                        branches["b$i"] = { build job: 'leaf', parameters: [string(name: 'N', value: "$number")] }
                    }
                    parallel branches
                    """);
            job(jenkins, "leaf")
                    .addProperty(new hudson.model.ParametersDefinitionProperty(
                            new hudson.model.StringParameterDefinition("N")));
            story.start(top);
            Gates.eventually(
                    "three builds",
                    () -> job(jenkins, "leaf").getLastBuild() != null
                            && job(jenkins, "leaf").getLastBuild().getNumber() == 3);
            Gates.eventually(
                    "one is in",
                    () -> Gates.atGate(List.copyOf(job(jenkins, "leaf").getBuilds()))
                                    .size()
                            == 1);
            for (int i = 1; i <= 3; i++) {
                WorkflowRun leaf = run(jenkins, "leaf", i);
                Gates.eventually("asks", () -> Gates.isAtGate(leaf) || Gates.times("Waiting for group", leaf) == 1);
            }
            Moving.rename(top, "pinnacle");
            Idle.sweepFindsNothing();
        });
        sessions.then(jenkins -> {
            Gates.eventually("the gate opens", ConcurrencyManager.get()::isRecovered);
            assertEquals(1, ConcurrencyManager.get().groups().size());
            List<WorkflowRun> leaves = List.copyOf(job(jenkins, "leaf").getBuilds());
            for (int i = 0; i < 3; i++) {
                Gates.eventually("one is in", () -> Gates.atGate(leaves).size() == 1);
                WorkflowRun inside = run(jenkins, "leaf", Gates.atGate(leaves).get(0));
                finish(jenkins, inside);
            }
            // The step 'build' does not find its way back to a renamed job.
            run(jenkins, "pinnacle", 1).doKill();
            Idle.await();
        });
    }
}
