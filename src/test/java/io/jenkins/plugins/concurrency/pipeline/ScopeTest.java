package io.jenkins.plugins.concurrency.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import io.jenkins.plugins.concurrency.settings.DeclaredGroup;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

class ScopeTest extends StoryTest {
    private static String branches(int count, String arguments) {
        return """
                def branches = [:]
                for (int i = 0; i < %d; i++) {
                    branches["b$i"] = { concurrency(%s) { semaphore 'gate' } }
                }
                parallel branches
                """.formatted(count, arguments);
    }

    @Test
    void branchesOfOneBuildLimitEachOtherAndNoOtherBuild() throws Exception {
        WorkflowJob job = story.script("test", branches(3, "group: 'devices', limit: 2, scope: 'BUILD'"));
        WorkflowRun one = story.start(job);
        WorkflowRun other = story.start(job);
        for (WorkflowRun run : List.of(one, other)) {
            Gates.eventually("two of three are in", () -> Gates.countAtGate(run) == 2);
            jenkins.waitForMessage("Waiting for group 'devices' of this build", run);
        }
        for (WorkflowRun run : List.of(one, other)) {
            Gates.open(run);
            Gates.eventually("all were in", () -> Gates.times("Got slot", run) == 3);
            finish(run);
        }
    }

    @Test
    void branchesAreSeparateRequestsInAWiderScopeToo() throws Exception {
        WorkflowJob job = story.script("test", branches(2, "group: 'devices'"));
        WorkflowRun run = story.start(job);
        jenkins.waitForMessage("Waiting for ", run);
        Gates.awaitAtGate(run);
        assertEquals(1, Gates.countAtGate(run));
        Gates.open(run);
        Gates.eventually("both were in", () -> Gates.times("Got slot", run) == 2);
        finish(run);
    }

    @Test
    void allThatOneBuildStartsAtAnyDepthLimitEachOther() throws Exception {
        WorkflowJob leaf = story.script("leaf", Gates.block("group: 'licence', scope: 'UPSTREAM'"));
        leaf.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("FROM")));
        WorkflowJob middle = story.script(
                "middle", "build job: 'leaf', parameters: [string(name: 'FROM', value: env.BUILD_TAG + 'm')]");
        middle.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("FROM")));
        WorkflowJob top = story.script("top", """
                parallel direct: {
                    build job: 'leaf', parameters: [string(name: 'FROM', value: env.BUILD_TAG)]
                }, deep: {
                    build job: 'middle', parameters: [string(name: 'FROM', value: env.BUILD_TAG)]
                }
                """);
        WorkflowRun one = story.start(top);
        Gates.eventually("two leaves", () -> leaf.getBuilds().size() == 2);
        Gates.eventually("one is in", () -> Gates.atGate(leaf.getBuilds()).size() == 1);
        WorkflowRun inside =
                leaf.getBuildByNumber(Gates.atGate(leaf.getBuilds()).get(0));
        WorkflowRun waiting = leaf.getBuildByNumber(3 - inside.getNumber());
        jenkins.waitForMessage("Waiting for group 'licence' of this chain of builds", waiting);

        WorkflowRun other = story.start(top);
        Gates.eventually("two more", () -> leaf.getBuilds().size() == 4);
        Gates.eventually(
                "one of each is in", () -> Gates.atGate(leaf.getBuilds()).size() == 2);
        finish(inside);
        finish(waiting);
        for (int i = 0; i < 2; i++) {
            Gates.eventually("the next", () -> Gates.atGate(leaf.getBuilds()).size() == 1);
            finish(leaf.getBuildByNumber(Gates.atGate(leaf.getBuilds()).get(0)));
        }
        jenkins.assertBuildStatusSuccess(Gates.ended(one));
        jenkins.assertBuildStatusSuccess(Gates.ended(other));
    }

    @Test
    void aJobHasAGroupOfItsOwn() throws Exception {
        WorkflowJob job = story.script("one", "concurrency(limit: 1) { semaphore 'gate' }");
        WorkflowJob other = story.script("other", "concurrency(limit: 1) { semaphore 'gate' }");
        WorkflowRun run = story.start(job);
        WorkflowRun beside = story.start(other);
        Gates.awaitAtGate(run, beside);
        WorkflowRun next = story.waiting(job);
        jenkins.assertLogContains("of this job", next);
        finish(List.of(run, beside, next));
    }

    @Test
    void jobsOfOneFolderLimitEachOtherAndThoseOfAnotherDoNot() throws Exception {
        Folder team = jenkins.createProject(Folder.class, "team");
        Folder crew = jenkins.createProject(Folder.class, "crew");
        WorkflowRun first = story.start(story.script(team, "one", Gates.block("'prod'")));
        Gates.awaitAtGate(first);
        WorkflowRun waiting = story.waiting(story.script(team, "two", Gates.block("'PROD'")));
        WorkflowRun elsewhere = story.start(story.script(crew, "one", Gates.block("'prod'")));
        WorkflowRun below =
                story.start(story.script(team.createProject(Folder.class, "sub"), "one", Gates.block("'prod'")));
        WorkflowRun above = story.start(story.script("one", Gates.block("'prod'")));
        Gates.awaitAtGate(elsewhere, below, above);
        assertFalse(Gates.isAtGate(waiting));
        finish(List.of(first, waiting, elsewhere, below, above));
    }

    @Test
    void aDeclaredGroupLimitsAllJobsOfTheController() throws Exception {
        ConcurrencySettings.get().setGroups(List.of(new DeclaredGroup("prod", 2)));
        String block = Gates.block("group: 'Prod', limit: 7, scope: 'CONTROLLER'");
        Folder team = jenkins.createProject(Folder.class, "team");
        WorkflowRun one = story.start(story.script(team, "one", block));
        WorkflowRun two = story.start(story.script("two", block));
        Gates.awaitAtGate(one, two);
        WorkflowRun three = story.waiting(story.script("three", block));
        jenkins.assertLogContains("a build in another folder", three);
        jenkins.assertLogContains("two #1", three);
        finish(one);
        finish(three);
        finish(two);
    }

    @Test
    void anUndeclaredGroupOfTheControllerIsRefusedWithSimilarNames() throws Exception {
        ConcurrencySettings.get().setGroups(List.of(new DeclaredGroup("production", 2), new DeclaredGroup("zebra", 1)));
        WorkflowRun run = story.start(story.script("one", Gates.block("group: 'prodution', scope: 'CONTROLLER'")));
        story.ended(run, Result.FAILURE);
        jenkins.assertLogContains("There is no group 'prodution' of the whole controller.", run);
        jenkins.assertLogContains("'production'", run);
    }

    @Test
    void undeclaredGroupsOfTheControllerCanBeAllowed() throws Exception {
        ConcurrencySettings.get().setUndeclaredAllowed(true);
        finish(story.start(story.script("one", Gates.block("group: 'any', scope: 'CONTROLLER'"))));
    }
}
