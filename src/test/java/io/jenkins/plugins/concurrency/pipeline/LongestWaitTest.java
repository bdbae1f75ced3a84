package io.jenkins.plugins.concurrency.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Queue;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.Idle;
import io.jenkins.plugins.concurrency.queue.ConcurrencyLimitProperty;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

class LongestWaitTest {
    private static final TimeUnit[] UNITS = TimeUnit.values();

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private static GroupView prod() {
        return ConcurrencyManager.get()
                .group(new GroupKey(Scope.FOLDER, "", "prod"), 0, 50)
                .orElseThrow();
    }

    private static void allWait() throws Exception {
        Gates.eventually("all of them wait", () -> prod().waitingCount() == 2 * UNITS.length);
    }

    private static WorkflowJob job(JenkinsRule jenkins, String name) {
        return jenkins.jenkins.getItemByFullName(name, WorkflowJob.class);
    }

    @Test
    void theLongestWaitThereIsTakesForEverInEachUnitAndOverARestart() throws Throwable {
        sessions.then(jenkins -> {
            Story story = new Story(jenkins);
            WorkflowRun holder = story.start(story.script("holder", Gates.block("'prod'")));
            Gates.awaitAtGate(holder);
            for (TimeUnit unit : UNITS) {
                story.waiting(story.script(
                        "step-" + unit,
                        Gates.block("group: 'prod', waitTimeout: 9223372036854775807L, unit: '" + unit + "'")));
                WorkflowJob whole = story.script("whole-" + unit, "semaphore 'gate'");
                ConcurrencyLimitProperty limit = new ConcurrencyLimitProperty();
                limit.setGroup("prod");
                limit.setWaitTimeout(Long.MAX_VALUE);
                limit.setUnit(unit);
                whole.addProperty(limit);
                whole.scheduleBuild2(0);
            }
            allWait();
        });
        sessions.then(jenkins -> {
            Gates.eventually("the gate opens", ConcurrencyManager.get()::isRecovered);
            allWait();
            // Jenkins has items of its own there, for builds that it resumes.
            assertEquals(
                    UNITS.length,
                    Arrays.stream(Queue.getInstance().getItems())
                            .filter(item -> item.task instanceof WorkflowJob)
                            .count());
            WorkflowRun holder = job(jenkins, "holder").getBuildByNumber(1);
            Gates.awaitAtGate(holder);
            Gates.open(holder);
            for (int i = 0; i < 2 * UNITS.length; i++) {
                WorkflowRun next = next(jenkins);
                Gates.open(next);
                jenkins.assertBuildStatusSuccess(Gates.ended(next));
            }
            Idle.await();
            assertTrue(Queue.getInstance().isEmpty());
        });
    }

    /** Whoever is at the gate; one at most is. */
    private static WorkflowRun next(JenkinsRule jenkins) throws Exception {
        WorkflowRun[] found = {null};
        Gates.eventually("one gets to the gate", () -> {
            found[0] = Arrays.stream(UNITS)
                    .flatMap(unit -> Arrays.stream(new String[] {"step-" + unit, "whole-" + unit}))
                    .map(name -> job(jenkins, name).getBuildByNumber(1))
                    .filter(run -> run != null && run.isBuilding() && isAtGate(run))
                    .findFirst()
                    .orElse(null);
            return found[0] != null;
        });
        return found[0];
    }

    private static boolean isAtGate(WorkflowRun run) {
        try {
            return Gates.isAtGate(run);
        } catch (Exception x) {
            throw new AssertionError(x);
        }
    }
}
