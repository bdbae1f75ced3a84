package io.jenkins.plugins.concurrency.queue;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Executor;
import hudson.model.ExecutorListener;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.Moving;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.queue.Limited.Kind;
import io.jenkins.plugins.concurrency.settings.CapRules;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import io.jenkins.plugins.concurrency.settings.FolderCap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;

@ExtendWith(OneJenkins.class)
class CapsTest {
    private JenkinsRule jenkins;
    private ConcurrencySettings settings;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        settings = ConcurrencySettings.get();
        jenkins.jenkins.setNumExecutors(8);
    }

    private Limited job(Kind kind, String name) throws Exception {
        return Limited.create(jenkins, kind, name, null);
    }

    private static Queue.Item capped(Limited job) throws Exception {
        Queue.WaitingItem item = (Queue.WaitingItem)
                Queue.getInstance().schedule2((Queue.Task) job.job(), 0).getItem();
        Limited.until(() -> Limited.why(item.getId()).contains("Waiting for the cap"), () -> Limited.why(item.getId()));
        return item;
    }

    private static GroupView cap(String folder) {
        return known(folder).orElseThrow();
    }

    /** Empty until it is used. */
    private static Optional<GroupView> known(String folder) {
        return ConcurrencyManager.get().group(new GroupKey(Scope.CONTROLLER, folder, CapRules.NAME), 0, 10);
    }

    @ParameterizedTest
    @EnumSource
    void asManyBuildsRunAtOnceAsTheCapSays(Kind kind) throws Exception {
        settings.setCap(2);
        Limited a = job(kind, "a");
        Limited b = job(kind, "b");
        Run<?, ?> first = a.inside();
        Run<?, ?> second = b.inside();
        Queue.Item third = capped(a);
        assertThat(Limited.why(third.getId()), containsString("the cap of all builds, place 1. Held by a #1, b #1."));
        b.finish(second);
        Run<?, ?> next = a.inside(third);
        assertThat(JenkinsRule.getLog(next), containsString("Got slot 2 of the cap of all builds"));
        a.finish(first);
        a.finish(next);
        assertEquals(0, cap("").used());
    }

    @Test
    void aBuildThatAnotherOneWaitsForIsAPartOfThat() throws Exception {
        settings.setCap(1);
        Limited child = job(Kind.FREESTYLE, "child");
        Story story = new Story(jenkins);
        WorkflowRun parent = story.start(story.script("parent", "build job: 'child', quietPeriod: 0"));
        Limited.until(() -> child.job().getBuildByNumber(1) != null, () -> "the child does not start");
        Run<?, ?> run = child.job().getBuildByNumber(1);
        assertEquals(1, cap("").used());
        child.awaitInside(run);
        child.finish(run);
        story.ended(parent, Result.SUCCESS);
    }

    @Test
    void aRaisedCapAndOneThatIsTakenAwayLetWaitersInAtOnce() throws Exception {
        settings.setCap(1);
        Limited a = job(Kind.FREESTYLE, "a");
        Limited b = job(Kind.FREESTYLE, "b");
        Limited c = job(Kind.FREESTYLE, "c");
        Run<?, ?> first = a.inside();
        Queue.Item second = capped(b);
        Queue.Item third = capped(c);
        settings.setCap(2);
        Run<?, ?> next = b.inside(second);
        settings.setCap(null);
        Run<?, ?> last = c.inside(third);
        a.finish(first);
        b.finish(next);
        c.finish(last);
    }

    @ParameterizedTest
    @EnumSource
    void buildsThatRunAlreadyCountForANewCap(Kind kind) throws Exception {
        Limited a = job(kind, "a");
        Run<?, ?> first = a.inside();
        Limited b = Limited.create(jenkins, kind, "b", LimitTest.limit(1, Behavior.QUEUE));
        Run<?, ?> second = b.inside();
        settings.setCap(1);
        Limited.until(() -> known("").filter(cap -> cap.used() == 2).isPresent(), () -> "cap: " + known(""));
        Limited c = job(kind, "c");
        Queue.Item third = capped(c);
        a.finish(first);
        Limited.until(() -> Limited.why(third.getId()).contains("Held by b #1"), () -> Limited.why(third.getId()));
        b.finish(second);
        c.finish(c.inside(third));
    }

    @Test
    void excludedFoldersDoNotCount() throws Exception {
        settings.setCap(1);
        settings.setExcludedFolders("tools");
        Limited a = job(Kind.FREESTYLE, "a");
        Run<?, ?> first = a.inside();
        Folder tools = jenkins.jenkins.createProject(Folder.class, "tools");
        Limited free = Limited.create(jenkins, tools, Kind.FREESTYLE, "free", null);
        Run<?, ?> beside = free.inside();
        assertNull(beside.getAction(GateEntry.class));
        free.finish(beside);
        a.finish(first);
    }

    @Test
    void eachFolderThatARuleFitsHasACapOfItsOwnForAllBelow() throws Exception {
        settings.setFolderCaps(List.of(new FolderCap("team-*", 1)));
        Folder teamA = jenkins.jenkins.createProject(Folder.class, "team-a");
        Folder teamB = jenkins.jenkins.createProject(Folder.class, "team-b");
        Limited a = Limited.create(jenkins, teamA, Kind.FREESTYLE, "a", null);
        Limited deep = Limited.create(jenkins, teamA.createProject(Folder.class, "deep"), Kind.FREESTYLE, "deep", null);
        Limited b = Limited.create(jenkins, teamB, Kind.FREESTYLE, "b", null);
        Limited outside = job(Kind.FREESTYLE, "outside");
        Run<?, ?> first = a.inside();
        Queue.Item waiting = capped(deep);
        assertThat(Limited.why(waiting.getId()), containsString("the cap of folder 'team-a', place 1. Held by"));
        b.finish(b.inside());
        outside.finish(outside.inside());
        Moving.rename(teamA, "crew");
        deep.finish(deep.inside(waiting));
        a.finish(first);
    }

    @Test
    void anOuterCapIsNotTakenWhileAnInnerOneIsFull() throws Exception {
        settings.setCap(2);
        settings.setFolderCaps(List.of(new FolderCap("team", 1)));
        Folder team = jenkins.jenkins.createProject(Folder.class, "team");
        Limited inner = Limited.create(jenkins, team, Kind.FREESTYLE, "inner", null);
        Limited outer = job(Kind.FREESTYLE, "outer");
        Run<?, ?> first = inner.inside();
        Queue.Item waiting = capped(inner);
        assertEquals(1, cap("").used());
        outer.finish(outer.inside());
        inner.finish(first);
        inner.finish(inner.inside(waiting));
    }

    @Test
    void aBuildThatWaitsForItsGroupTakesNoSlotOfACap() throws Exception {
        settings.setCap(2);
        Limited limited = Limited.create(jenkins, Kind.FREESTYLE, "limited", LimitTest.limit(1, Behavior.QUEUE));
        Limited other = job(Kind.FREESTYLE, "other");
        Run<?, ?> first = limited.inside();
        Queue.Item waiting = limited.waiting();
        other.finish(other.inside());
        limited.finish(first);
        limited.finish(limited.inside(waiting));
    }

    @Test
    void nobodyCanNameACap() throws Exception {
        settings.setUndeclaredAllowed(true);
        settings.setCap(1);
        Story story = new Story(jenkins);
        WorkflowRun refused = story.start(story.job("a", "group: 'All Builds', scope: 'CONTROLLER'"));
        story.ended(refused, Result.FAILURE);
        assertThat(JenkinsRule.getLog(refused), containsString("is the cap of all builds"));
        assertThat(JenkinsRule.getLog(refused), not(containsString("Got slot 2")));
        assertTrue(cap("").waiting().isEmpty());
    }

    /** Does something when an executor has a build, which does not have its actions yet. */
    @TestExtension
    public static final class Between implements ExecutorListener {
        private static final AtomicReference<Runnable> ACTION = new AtomicReference<>();

        @Override
        public void taskAccepted(Executor executor, Queue.Task task) {
            Runnable action = ACTION.getAndSet(null);
            if (action != null) {
                action.run();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBuildThatStartsWhileCapsAreSavedCountsOnce(Kind kind) throws Exception {
        settings.setCap(5);
        Limited job = job(kind, "job");
        CountDownLatch looked = new CountDownLatch(1);
        Between.ACTION.set(() -> {
            settings.setCap(4);
            QueueGate.get().later(looked::countDown);
            try {
                assertTrue(looked.await(30, TimeUnit.SECONDS));
            } catch (InterruptedException x) {
                throw new AssertionError(x);
            }
        });
        Run<?, ?> run = job.inside();
        assertEquals(0, looked.getCount());
        assertEquals(1, cap("").used());
        job.finish(run);
        assertEquals(0, cap("").used());
    }
}
