package io.jenkins.plugins.concurrency.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.Idle;
import io.jenkins.plugins.concurrency.manager.Restorer;
import io.jenkins.plugins.concurrency.queue.EntryLife.State;
import io.jenkins.plugins.concurrency.queue.Limited.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** The queue's file is old, and what has become of one of its entries ends before all is put back. */
class EndedBeforeRecoveryTest {
    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    /** Comes, by its name, before what puts back what entries had. */
    @TestExtension
    public static final class Hurry implements Restorer {
        private static volatile boolean second;

        @Override
        public void restore(boolean running) {
            if (second && running) {
                try {
                    awaitUsed(1);
                    Run<?, ?> build = Jenkins.get()
                            .getItemByFullName("job", WorkflowJob.class)
                            .getBuildByNumber(1);
                    new Limited(null, build.getParent()).leave(build);
                    Gates.ended(build);
                } catch (Exception x) {
                    throw new AssertionError(x);
                }
            }
        }
    }

    private static ConcurrencyLimitProperty limit() {
        ConcurrencyLimitProperty limit = LimitTest.limit(1, Behavior.QUEUE);
        limit.setGroup("shared");
        return limit;
    }

    private static void awaitUsed(int used) throws Exception {
        GroupKey group = new GroupKey(Scope.FOLDER, "", "shared");
        Limited.until(
                () -> ConcurrencyManager.get()
                        .group(group, 0, 1)
                        .filter(view -> view.used() == used)
                        .isPresent(),
                () -> "not " + used + " in use");
    }

    @Test
    void anEntryWhoseBuildEndsBeforeItIsPutBackIsNotRunOnceMore() throws Throwable {
        Path home = sessions.getHome().toPath();
        Path kept = home.resolve("kept.xml");
        sessions.then(jenkins -> {
            Limited before = Limited.create(jenkins, Kind.FREESTYLE, "before", limit());
            Run<?, ?> holder = before.inside();
            Limited job = Limited.create(jenkins, Kind.PIPELINE, "job", limit());
            Queue.Item ready = job.waiting();
            Jenkins.get().doQuietDown();
            before.finish(holder);
            Limited.until(
                    () -> EntryLookup.find(Queue.getInstance().getItem(ready.getId()))
                            .life()
                            .is(State.READY),
                    () -> "not ready");
            Queue.getInstance().save();
            Files.copy(home.resolve("queue.xml"), kept, StandardCopyOption.REPLACE_EXISTING);
            Jenkins.get().doCancelQuietDown();
            job.inside(ready);
        });
        Files.copy(kept, home.resolve("queue.xml"), StandardCopyOption.REPLACE_EXISTING);
        Hurry.second = true;
        sessions.then(jenkins -> {
            Limited.until(ConcurrencyManager.get()::isRecovered, () -> "not recovered");
            Limited.until(() -> Queue.getInstance().isEmpty(), () -> "still in the queue");
            WorkflowJob job = jenkins.jenkins.getItemByFullName("job", WorkflowJob.class);
            assertEquals(1, job.getLastBuild().getNumber());
            jenkins.assertBuildStatus(Result.SUCCESS, job.getBuildByNumber(1));
            Idle.await();
        });
    }
}
