package io.jenkins.plugins.concurrency.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.BrokenLog;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.Idle;
import io.jenkins.plugins.concurrency.queue.Limited.Kind;
import jenkins.security.QueueItemAuthenticator;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.springframework.security.core.Authentication;

/** A build's log that cannot be written when the build starts. */
@WithJenkins
class BrokenLogTest {
    @ParameterizedTest
    @EnumSource
    void aBuildHasItsSlotAndOneThatIsNotToRunDoesNot(BrokenLog log, JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setNumExecutors(4);
        log.install();
        for (Kind kind : Kind.values()) {
            Limited job = Limited.create(jenkins, kind, "queue-" + kind, LimitTest.limit(1, Behavior.QUEUE));
            Run<?, ?> first = job.inside();
            Queue.Item second = job.waiting();
            assertEquals(1, used(job));
            job.finish(first);
            job.finish(job.inside(second));

            Limited failing = Limited.create(jenkins, kind, "fail-" + kind, LimitTest.limit(1, Behavior.FAIL));
            Run<?, ?> running = failing.inside();
            Run<?, ?> failed = failing.ends(Result.FAILURE, "");
            assertFalse(Limited.hasRun(failed));
            failing.finish(running);

            Limited pushing =
                    Limited.create(jenkins, kind, "push-" + kind, LimitTest.limit(1, Behavior.CANCEL_RUNNING));
            Run<?, ?> cancelled = pushing.inside();
            Run<?, ?> newer = pushing.inside();
            pushing.ended(cancelled, Result.ABORTED);
            pushing.finish(newer);
        }
        Idle.await();
    }

    /** As a bug in another plugin would have it. */
    private static final class Forgetful extends QueueItemAuthenticator {
        private transient volatile long forgotten;

        @Override
        public Authentication authenticate2(Queue.Item item) {
            if (item.getId() == forgotten) {
                throw new IllegalStateException("It is forgotten as whom this build runs");
            }
            return null;
        }
    }

    @Test
    void aCancelledBuildLeavesThoughNobodyCanTellAsWhomItRuns(JenkinsRule jenkins) throws Exception {
        Forgetful forgetful = new Forgetful();
        QueueItemAuthenticatorConfiguration.get().getAuthenticators().add(forgetful);
        Limited job = Limited.create(jenkins, Kind.FREESTYLE, "deploy", LimitTest.limit(1, Behavior.CANCEL_RUNNING));
        Run<?, ?> cancelled = job.inside();
        forgetful.forgotten = cancelled.getQueueId();
        Run<?, ?> newer = job.inside();
        job.ended(cancelled, Result.ABORTED);
        job.finish(newer);
        Idle.await();
    }

    private static int used(Limited job) {
        ConcurrencyManager manager = ConcurrencyManager.get();
        return manager.group(manager.groupsOf(job.job().getFullName()).get(0), 0, 0)
                .orElseThrow()
                .used();
    }
}
