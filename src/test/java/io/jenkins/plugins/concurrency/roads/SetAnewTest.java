package io.jenkins.plugins.concurrency.roads;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import hudson.BulkChange;
import hudson.model.AbstractItem;
import hudson.model.Queue;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.queue.ConcurrencyLimitProperty;
import io.jenkins.plugins.concurrency.queue.Limited;
import io.jenkins.plugins.concurrency.queue.Limited.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;

/** A job's limit is taken away for a moment, as by each build that runs a {@code properties} step, and by who saves the form. */
@ExtendWith(OneJenkins.class)
class SetAnewTest {
    @ParameterizedTest
    @EnumSource
    void nobodyStartsInTheMomentWithoutALimit(Kind kind, JenkinsRule jenkins) throws Exception {
        ConcurrencyLimitProperty limit = Roads.limit(1);
        Limited job = Limited.create(jenkins, kind, "job", limit);
        Run<?, ?> first = job.inside();
        Queue.Item second = job.waiting();
        Queue.Item third;
        try (BulkChange change = new BulkChange(job.job())) {
            job.job().removeProperty(limit);
            third = job.waiting();
            Roads.awaitWhy(second, "place 1. Held by job #1");
            Roads.awaitWhy(third, "place 2. Held by job #1");
            job.job().addProperty(Roads.limit(1));
            change.commit();
        }
        job.finish(first);
        job.finish(job.inside(second));
        job.finish(job.inside(third));
    }

    /** No listener is told of that. */
    @ParameterizedTest
    @EnumSource
    void aLimitThatIsNoLongerInTheFileOfAJobThatIsReadAgainIsGone(Kind kind, JenkinsRule jenkins) throws Exception {
        Limited job = Limited.create(jenkins, kind, "job", Roads.limit(1));
        Run<?, ?> first = job.inside();
        Queue.Item second = job.waiting();
        removeLimit(job.job().getConfigFile().getFile().toPath());
        ((AbstractItem) job.job()).doReload();
        Run<?, ?> beside = job.inside(second);
        job.finish(first);
        job.finish(beside);
    }

    private static void removeLimit(Path file) throws IOException {
        String before = Files.readString(file);
        String after = before.replaceFirst("(?s)<concurrency-limit>.*</concurrency-limit>", "");
        assertNotEquals(before, after);
        Files.writeString(file, after);
    }
}
