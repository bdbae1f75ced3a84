package io.jenkins.plugins.concurrency.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import io.jenkins.plugins.concurrency.settings.DeclaredGroup;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** A group's limit changes while builds run and wait. */
class LimitTest extends StoryTest {
    private static final String PROD = "group: 'prod', scope: 'CONTROLLER'";

    private static void declare(int limit) {
        ConcurrencySettings.get().setGroups(List.of(new DeclaredGroup("prod", limit)));
    }

    @Test
    void aLaterBuildRaisesItForAllWhoWaitAndSaysSo() throws Exception {
        WorkflowJob job = story.script("deploy", Gates.block("'prod'"));
        WorkflowRun running = story.start(job);
        Gates.awaitAtGate(running);
        WorkflowRun waiting = story.waiting(job);
        story.define(job, Gates.block("group: 'prod', limit: 3"));
        WorkflowRun raising = story.start(job);
        Gates.awaitAtGate(waiting, raising);
        jenkins.assertLogContains(
                "This build changes the limit of group 'prod' of the top level from 1 to 3. The limit of the most recent"
                        + " build counts for all builds.",
                raising);
        assertTrue(ConcurrencyManager.get()
                .group(new GroupKey(Scope.FOLDER, "", "prod"), 0, 1)
                .orElseThrow()
                .disputed());
        finish(List.of(running, waiting, raising));
    }

    @Test
    void aLaterBuildLowersItAndThoseWhoRunMayEnd() throws Exception {
        WorkflowJob job = story.script("deploy", Gates.block("group: 'prod', limit: 3"));
        WorkflowRun one = story.start(job);
        WorkflowRun two = story.start(job);
        Gates.awaitAtGate(one, two);
        story.define(job, Gates.block("'prod'"));
        WorkflowRun lowering = story.waiting(job);
        jenkins.assertLogContains("of the top level from 3 to 1.", lowering);
        finish(one);
        assertFalse(Gates.isAtGate(lowering));
        finish(two);
        finish(lowering);
    }

    @Test
    void theSettingsRaiseItAndThoseWhoWaitGetIn() throws Exception {
        declare(1);
        WorkflowJob job = story.script("deploy", Gates.block(PROD));
        WorkflowRun running = story.start(job);
        Gates.awaitAtGate(running);
        WorkflowRun waiting = story.waiting(job);
        declare(2);
        Gates.awaitAtGate(waiting);
        finish(List.of(running, waiting));
    }

    @Test
    void theSettingsLowerItAndNobodyIsCancelled() throws Exception {
        declare(2);
        WorkflowJob job = story.script("deploy", Gates.block(PROD));
        WorkflowRun one = story.start(job);
        WorkflowRun two = story.start(job);
        Gates.awaitAtGate(one, two);
        declare(1);
        WorkflowRun waiting = story.waiting(job);
        finish(one);
        assertFalse(Gates.isAtGate(waiting));
        finish(two);
        finish(waiting);
    }

    @Test
    void whoWaitsForAGroupThatIsNoLongerDeclaredGoesOnUnderWhatItAskedFor() throws Exception {
        declare(1);
        WorkflowJob job = story.script("deploy", Gates.block(PROD + ", limit: 2"));
        WorkflowRun running = story.start(job);
        Gates.awaitAtGate(running);
        List<WorkflowRun> waiting = story.waiting(job, 2);
        ConcurrencySettings.get().setGroups(List.of());
        Gates.awaitAtGate(waiting.get(0));
        assertFalse(Gates.isAtGate(waiting.get(1)));
        finish(running);
        finish(waiting);
        assertEquals(List.of(), ConcurrencyManager.get().groups());
    }
}
