package io.jenkins.plugins.concurrency.manager;

import static io.jenkins.plugins.concurrency.manager.SharedByMemory.shared;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.cluster.Event;
import io.jenkins.plugins.concurrency.cluster.Neighbour;
import io.jenkins.plugins.concurrency.cluster.SharedGroupsListener;
import io.jenkins.plugins.concurrency.cluster.SharedMemory;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import io.jenkins.plugins.concurrency.settings.DatabaseSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/** A controller stops sharing groups by a database, or goes over to another one, while something comes from that. */
@ExtendWith(OneJenkins.class)
class SharedMembershipTest {
    private static final GroupKey RIG = new GroupKey(Scope.SHARED, "", "rig");

    @Test
    void aBuildThatHasJustGotItsSlotGoesOnThoughTheDatabaseIsNoLongerConfigured(JenkinsRule jenkins) throws Exception {
        SharedByMemory memory = new SharedByMemory(shared("rig", 1));
        Story story = new Story(jenkins);
        try (Neighbour other = memory.neighbour("other")) {
            RequestKey held = other.take(RIG);
            WorkflowRun run = story.waiting(story.job("deploy", "group: 'rig', scope: 'SHARED'"));
            CountDownLatch told = new CountDownLatch(1);
            RequestKey waiting = view().waiting().get(0).key();
            ConcurrencyManager.get().driver().execute(waiting, () -> await(told));
            other.end(held);
            Gates.eventually(
                    "it has its slot",
                    () -> view().running().stream()
                            .anyMatch(running -> running.key().equals(waiting)));
            ConcurrencySettings.get().setDatabase(null);
            told.countDown();
            story.awaitInside(run);
            story.finish(run);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException x) {
            throw new AssertionError(x);
        }
    }

    private static GroupView view() {
        return ConcurrencyManager.get().group(RIG, 0, 10).orElseThrow();
    }

    @Test
    void howTheFormerDatabaseIsIsNoNewsOfTheNewOne(JenkinsRule jenkins) throws Exception {
        SharedMemory memory = new SharedMemory();
        List<SharedGroupsListener> listeners = new CopyOnWriteArrayList<>();
        ConcurrencyManager.get().sharing().startBy((database, listener, executor) -> {
            listeners.add(listener);
            return memory.start(DatabaseSource.settings(database), listener, executor);
        });
        SharedByMemory.takePart(shared("rig", 1));
        SharedByMemory.takePart(20);
        assertEquals(2, listeners.size());
        listeners.get(0).onEvent(new Event.Away("The former one."));
        listeners.get(0).onEvent(new Event.Fenced());
        assertEquals(Optional.empty(), SharedByMemory.status().away());
        assertFalse(SharedByMemory.status().fenced());
        listeners.get(1).onEvent(new Event.Away("The new one."));
        assertEquals(Optional.of("The new one."), SharedByMemory.status().away());
    }
}
