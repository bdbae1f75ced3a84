package io.jenkins.plugins.concurrency.queue;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import hudson.model.Queue;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.manager.BuildReferences;
import io.jenkins.plugins.concurrency.manager.Idle;
import io.jenkins.plugins.concurrency.queue.Limited.Kind;
import io.jenkins.plugins.concurrency.records.BuildReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a build's file says of its slots while it runs, and once it is over. */
@WithJenkins
class EndedBuildFileTest {
    @ParameterizedTest
    @EnumSource
    void aBuildThatIsOverKeepsNothingButWhichQueueItemItWas(Kind kind, JenkinsRule jenkins) throws Exception {
        Limited job = Limited.create(jenkins, kind, "deploy", LimitTest.limit(1, Behavior.QUEUE));
        Run<?, ?> first = job.inside();
        Queue.Item waiting = job.waiting();
        BuildReference reference = BuildReferences.to(Owner.queueItem("deploy", waiting.getId()));
        job.finish(first);
        Run<?, ?> second = job.inside(waiting);
        second.save();
        assertThat(file(second), containsString("claims"));
        job.finish(second);
        Limited.until(() -> !file(second).contains("claims"), () -> file(second));
        assertThat(file(second), not(containsString("Got slot")));
        assertThat(JenkinsRule.getLog(second), containsString("Got slot 1"));
        jenkins.jenkins.reload();
        Run<?, ?> loaded = BuildReferences.find(reference).orElseThrow();
        assertNotSame(second, loaded);
        assertEquals(second.getExternalizableId(), loaded.getExternalizableId());
        Idle.await();
    }

    private static String file(Run<?, ?> run) {
        try {
            return Files.readString(run.getRootDir().toPath().resolve("build.xml"));
        } catch (IOException x) {
            throw new UncheckedIOException(x);
        }
    }
}
