package io.jenkins.plugins.concurrency.roads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import hudson.model.Queue;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.manager.Idle;
import io.jenkins.plugins.concurrency.queue.Limited;
import io.jenkins.plugins.concurrency.queue.Limited.Kind;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import java.util.Arrays;
import java.util.Comparator;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Jenkins prepares for a shutdown, and thinks better of it or goes down. */
class QuietDownTest {
    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private static void quietDown() throws Exception {
        Jenkins.get().doQuietDown();
    }

    private static void goOn() {
        Jenkins.get().doCancelQuietDown();
    }

    @ParameterizedTest
    @EnumSource
    void anEntryThatWaitsStartsOnlyWhenJenkinsStartsBuildsAgain(Kind kind) throws Throwable {
        sessions.then(jenkins -> {
            Limited before = Limited.create(jenkins, Kind.FREESTYLE, "before", Roads.limit(1));
            Run<?, ?> first = before.inside();
            Limited job = Limited.create(jenkins, kind, "job", Roads.limit(1));
            Queue.Item second = job.waiting();
            quietDown();
            before.finish(first);
            Roads.awaitWaiting(Roads.GROUP, 0);
            Queue.getInstance().maintain();
            assertNull(job.job().getLastBuild());
            Roads.awaitWhy(second, kind == Kind.PIPELINE ? "It has its slots, and starts as soon as" : "shut down");
            goOn();
            Run<?, ?> run = job.inside(second);
            Queue.Item third = job.waiting();
            job.finish(run);
            job.finish(job.inside(third));
            Idle.await();
        });
    }

    @Test
    void anEntryThatIsReadyStartsWhenJenkinsStartsBuildsAgain() throws Throwable {
        sessions.then(jenkins -> {
            jenkins.jenkins.setNumExecutors(0);
            Limited job = Limited.create(jenkins, Kind.FREESTYLE, "job", Roads.limit(1));
            Queue.Item ready = job.ready();
            quietDown();
            jenkins.jenkins.setNumExecutors(2);
            Queue.getInstance().maintain();
            assertNull(job.job().getLastBuild());
            goOn();
            Run<?, ?> run = job.inside(ready);
            Queue.Item next = job.waiting();
            job.finish(run);
            job.finish(job.inside(next));
            Idle.await();
        });
    }

    @Test
    void aStepThatRunsAndOneThatWaitsGoOn() throws Throwable {
        sessions.then(jenkins -> {
            Story story = new Story(jenkins);
            WorkflowJob job = story.job("job", "group: 'g'");
            WorkflowRun first = story.inside(job);
            WorkflowRun second = story.waiting(job);
            quietDown();
            story.leave(first);
            goOn();
            story.awaitInside(second);
            assertEquals(1, Roads.used(Roads.GROUP));
            story.finish(second);
            Idle.await();
        });
    }

    private static Queue.Item[] queue() {
        Queue.Item[] items = Queue.getInstance().getItems();
        Arrays.sort(items, Comparator.comparingLong(Queue.Item::getId));
        return items;
    }

    private static Limited limited(JenkinsRule jenkins) {
        return new Limited(jenkins, jenkins.jenkins.getItemByFullName("limited", WorkflowJob.class));
    }

    @Test
    void whoRunsAndWhoWaitsIsTheSameAfterARestart() throws Throwable {
        sessions.then(jenkins -> {
            Story story = new Story(jenkins);
            WorkflowJob steps = story.job("steps", "group: 'steps'");
            story.inside(steps);
            story.waiting(steps);
            Limited job = Limited.create(jenkins, Kind.PIPELINE, "limited", Roads.limit(1));
            job.inside();
            job.waiting();
            job.waiting();
            quietDown();
        });
        sessions.then(jenkins -> {
            Roads.awaitRecovered();
            Limited job = limited(jenkins);
            assertEquals(2, queue().length);
            Roads.awaitWhy(queue()[0], "place 1. Held by limited #1");
            for (int number = 1; number <= 3; number++) {
                job.finish(job.inside(number));
            }
            Story story = new Story(jenkins);
            WorkflowJob steps = jenkins.jenkins.getItemByFullName("steps", WorkflowJob.class);
            for (int number = 1; number <= 2; number++) {
                story.awaitInside(steps.getBuildByNumber(number));
                story.finish(steps.getBuildByNumber(number));
            }
            Idle.await();
        });
    }

    @Test
    void anEntryThatWasReadyStartsAfterARestart() throws Throwable {
        sessions.then(jenkins -> {
            Limited before = Limited.create(jenkins, Kind.FREESTYLE, "before", Roads.limit(1));
            Run<?, ?> first = before.inside();
            Limited job = Limited.create(jenkins, Kind.PIPELINE, "limited", Roads.limit(1));
            job.waiting();
            job.waiting();
            quietDown();
            before.finish(first);
            Roads.awaitWaiting(Roads.GROUP, 1);
        });
        sessions.then(jenkins -> {
            Limited job = limited(jenkins);
            for (int number = 1; number <= 2; number++) {
                Run<?, ?> run = job.inside(number);
                assertEquals(1, Roads.used(Roads.GROUP));
                job.finish(run);
            }
            Idle.await();
        });
    }

    @Test
    void aFullCapIsFullAfterARestart() throws Throwable {
        sessions.then(jenkins -> {
            ConcurrencySettings.get().setCap(1);
            Limited job = Limited.create(jenkins, Kind.PIPELINE, "limited", null);
            job.inside();
            job.schedule();
            Roads.awaitWaiting(Roads.CAP, 1);
            quietDown();
        });
        sessions.then(jenkins -> {
            Roads.awaitRecovered();
            Limited job = limited(jenkins);
            Roads.awaitWhy(queue()[0], "Held by limited #1");
            job.finish(job.inside(1));
            job.finish(job.inside(2));
            ConcurrencySettings.get().setCap(null);
            Idle.await();
        });
    }
}
