package io.jenkins.plugins.concurrency.faults;

import static io.jenkins.plugins.concurrency.Gates.eventually;
import static io.jenkins.plugins.concurrency.manager.SharedByMemory.shared;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.cluster.Neighbour;
import io.jenkins.plugins.concurrency.cluster.SharedMemory;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.RequestView;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.Idle;
import io.jenkins.plugins.concurrency.manager.SharedByMemory;
import io.jenkins.plugins.concurrency.queue.ConcurrencyLimitProperty;
import io.jenkins.plugins.concurrency.queue.Limited;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Jenkins restarts while its builds use groups of several controllers. The log, and the other controller, go on meanwhile. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SharedRestartTest {
    private static final GroupKey RIG = new GroupKey(Scope.SHARED, "", "rig");
    private static final SharedMemory MEMORY = new SharedMemory();

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private Neighbour other;
    private RequestKey between;
    private List<RequestKey> inside;
    private List<RequestKey> waiting;

    /** Comes, by its name, before the listener that has the manager take part. */
    @TestExtension
    public static final class ByMemory extends ItemListener {
        @Override
        public void onLoaded() {
            SharedByMemory.startBy(MEMORY);
        }
    }

    @AfterEach
    void closeOther() {
        if (other != null) {
            other.close();
        }
    }

    private static GroupView rig() {
        return ConcurrencyManager.get().group(RIG, 0, 50).orElseThrow();
    }

    private static List<RequestKey> keys(List<RequestView> views) {
        return views.stream().map(RequestView::key).toList();
    }

    private static WorkflowRun pipeline(int number) {
        return Jenkins.get().getItemByFullName("pipe", WorkflowJob.class).getBuildByNumber(number);
    }

    private static void finish(JenkinsRule jenkins, int number) throws Exception {
        WorkflowRun run = pipeline(number);
        Gates.awaitAtGate(run);
        Gates.open(run);
        jenkins.assertBuildStatusSuccess(Gates.ended(run));
    }

    @Test
    void whoIsInsideStaysAndWhoWaitsKeepsItsPlaceOverARestart() throws Throwable {
        sessions.then(jenkins -> {
            SharedByMemory.takePart(shared("rig", 1));
            other = new Neighbour(MEMORY, "other", ConcurrencySettings.get().sharedPolicies());
            Story story = new Story(jenkins);
            WorkflowJob job = story.script("pipe", Gates.block("group: 'rig', scope: 'SHARED'"));
            Gates.awaitAtGate(story.start(job));
            story.waiting(job);
            between = other.ask(RIG);
            Limited.create(jenkins, Limited.Kind.FREESTYLE, "free", limit()).waiting();
            story.waiting(job);
            inside = keys(rig().running());
            waiting = keys(rig().waiting());
            assertEquals(1, inside.size());
            assertEquals(4, waiting.size());
            assertEquals(between, waiting.get(1));
        });
        sessions.then(jenkins -> {
            SharedByMemory.awaitTakesPart();
            assertEquals(inside, keys(rig().running()));
            assertEquals(waiting, keys(rig().waiting()));
            assertFalse(Gates.isAtGate(pipeline(2)));
            finish(jenkins, 1);
            Gates.awaitAtGate(pipeline(2));
            assertFalse(other.has(between));
            finish(jenkins, 2);
            eventually("the other controller is next", () -> other.has(between));
            Queue.Item entry = Queue.getInstance().getItems()[0];
            other.end(between);
            Limited free = new Limited(jenkins, jenkins.jenkins.getItemByFullName("free", Job.class));
            Run<?, ?> build = free.inside(entry);
            assertFalse(Gates.isAtGate(pipeline(3)));
            free.finish(build);
            finish(jenkins, 3);
            ConcurrencySettings.get().setDatabase(null);
            Idle.await();
        });
    }

    private static ConcurrencyLimitProperty limit() {
        ConcurrencyLimitProperty limit = new ConcurrencyLimitProperty();
        limit.setGroup("rig");
        limit.setScope(Scope.SHARED.name());
        return limit;
    }
}
