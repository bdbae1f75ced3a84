package io.jenkins.plugins.concurrency.queue;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import hudson.model.Queue;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.queue.Limited.Kind;
import io.jenkins.plugins.concurrency.settings.Decisions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/** Why a build waits, as the queue tells it. */
@ExtendWith(OneJenkins.class)
class QueueReasonTest {
    private static final GroupKey SHARED = new GroupKey(Scope.FOLDER, "", "shared");

    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
    }

    private Limited job(String name, boolean exclusive) throws Exception {
        ConcurrencyLimitProperty limit = LimitTest.limit(2, Behavior.QUEUE);
        limit.setGroup("shared");
        limit.setExclusive(exclusive);
        return Limited.create(jenkins, Kind.FREESTYLE, name, limit);
    }

    private static String why(Queue.Item item) {
        return Limited.why(item.getId());
    }

    @Test
    void aPausedGroupIsPausedBySomebodyForAReasonUntilSomeTime() throws Exception {
        Limited job = job("paused", false);
        Run<?, ?> first = job.inside();
        Decisions.get().pause(SHARED, "no power", Optional.of(Instant.now().plus(Duration.ofHours(1))));
        Queue.Item waiting = job.waiting();
        assertThat(why(waiting), containsString("place 1. Held by paused #1."));
        assertThat(why(waiting), containsString(" paused group 'shared' of the top level. It grants no slot until "));
        assertThat(why(waiting), containsString("Reason: no power"));
        assertThat(why(waiting), not(containsString("somebody")));
        Decisions.get().pause(SHARED, false);
        Run<?, ?> second = job.inside(waiting);
        job.finish(first);
        job.finish(second);
    }

    @Test
    void whoStandsBehindOneThatWantsTheWholeGroupIsTold() throws Exception {
        Limited narrow = job("narrow", false);
        Run<?, ?> first = narrow.inside();
        Limited wide = job("wide", true);
        Queue.Item all = wide.waiting();
        assertThat(why(all), containsString("Held by narrow #1. This build wants the whole group."));
        Queue.Item behind = narrow.waiting();
        assertThat(
                why(behind),
                containsString("Behind a build of wide that is about to start, which wants the whole group."));
        narrow.finish(first);
        wide.finish(wide.inside(all));
        narrow.finish(narrow.inside(behind));
    }

    @Test
    void itSaysWhenTheBuildProbablyStarts() throws Exception {
        Limited job = job("timed", true);
        for (int hours = 1; hours <= 9; hours++) {
            ConcurrencyManager.get().history().held(SHARED, "timed", Duration.ofHours(hours));
        }
        Run<?, ?> first = job.inside();
        Queue.Item waiting = job.waiting();
        assertThat(why(waiting), containsString(" Probably starts between "));
        job.finish(first);
        job.finish(job.inside(waiting));
    }
}
