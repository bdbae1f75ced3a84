package io.jenkins.plugins.concurrency.manager;

import hudson.ExtensionList;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.Story;
import java.util.Iterator;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionList;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Somebody goes through the list of running Pipelines at the moment when one begins. */
@Timeout(120)
class ResumptionListenerTest {
    /** Goes through the list when a build has just been added, which is before it has a program. */
    @TestExtension
    public static final class Curious implements FlowExecutionList.Storage {
        private static FlowExecutionList.Storage usual() {
            return ExtensionList.lookup(FlowExecutionList.Storage.class).stream()
                    .filter(storage -> !(storage instanceof Curious))
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public void register(FlowExecutionOwner owner) {
            usual().register(owner);
            iterator().forEachRemaining(execution -> {});
        }

        @Override
        public Iterator<FlowExecution> iterator() {
            return usual().iterator();
        }

        @Override
        public void unregister(FlowExecutionOwner owner) {
            usual().unregister(owner);
        }

        @Override
        public boolean contains(FlowExecutionOwner owner) {
            return usual().contains(owner);
        }

        @Override
        public void load() {
            usual().load();
        }

        @Override
        public void resume() {
            usual().resume();
        }

        @Override
        public void shutDown() throws InterruptedException {
            usual().shutDown();
        }
    }

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Test
    void theBuildHasItsSlotAfterARestartThoughNobodyHasLookedAtIt() throws Throwable {
        sessions.then(jenkins -> {
            Story story = new Story(jenkins);
            Gates.awaitAtGate(story.start(story.script("deploy", Gates.block("'prod'"))));
        });
        sessions.then(jenkins -> {
            Gates.eventually("slots are granted", ConcurrencyManager.get()::isRecovered);
            WorkflowJob job = jenkins.jenkins.getItemByFullName("deploy", WorkflowJob.class);
            WorkflowRun next = new Story(jenkins).waiting(job);
            WorkflowRun first = job.getBuildByNumber(1);
            Gates.open(first);
            jenkins.assertBuildStatusSuccess(Gates.ended(first));
            Gates.awaitAtGate(next);
            Gates.open(next);
            jenkins.assertBuildStatusSuccess(Gates.ended(next));
        });
    }
}
