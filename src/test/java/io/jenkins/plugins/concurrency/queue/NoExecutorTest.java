package io.jenkins.plugins.concurrency.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleProject;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.labels.LabelAtom;
import hudson.model.queue.QueueTaskFuture;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.Moving;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.RequestView;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.BuildReferences;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.Idle;
import io.jenkins.plugins.concurrency.queue.EntryLife.State;
import io.jenkins.plugins.concurrency.queue.Limited.Kind;
import io.jenkins.plugins.concurrency.records.History;
import io.jenkins.plugins.concurrency.records.HistoryEvent;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import io.jenkins.plugins.concurrency.settings.DeclaredGroup;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import jenkins.util.Timer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Entries that could start, but no executor takes them. */
@WithJenkins
class NoExecutorTest {
    private static final GroupKey RIG = new GroupKey(Scope.FOLDER, "", "rig");

    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        jenkins.jenkins.setNumExecutors(4);
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        ConcurrencySettings.get().setCap(null);
        Idle.await();
    }

    private Limited job(String name, Behavior behavior) throws Exception {
        ConcurrencyLimitProperty limit = LimitTest.limit(1, behavior);
        limit.setGroup("rig");
        return Limited.create(jenkins, Kind.FREESTYLE, name, limit);
    }

    /** Its builds run on agents with the label "rare", of which there is none yet. */
    private Limited rare(String name) throws Exception {
        Limited job = job(name, Behavior.QUEUE);
        ((FreeStyleProject) job.job()).setAssignedLabel(new LabelAtom("rare"));
        return job;
    }

    private Queue.Item parked(Limited job) throws Exception {
        job.schedule();
        Queue.Item item = ((FreeStyleProject) job.job()).getQueueItem();
        awaitParked(item);
        return item;
    }

    private static void awaitParked(Queue.Item item) throws Exception {
        Limited.until(
                () -> state(item) == State.PARKED && !holds(item),
                () -> state(item) + ": " + Limited.why(item.getId()));
    }

    /** It gives its slot back a moment after it is parked. */
    private static boolean holds(Queue.Item item) {
        return running().contains(Owner.queueItem(item.task.getName(), item.getId()));
    }

    private static State state(Queue.Item item) {
        Queue.Item now = Queue.getInstance().getItem(item.getId());
        GateEntry entry = now == null ? null : QueueGate.get().known(now);
        return entry == null ? null : entry.life().state();
    }

    private static List<Owner> running() {
        return ConcurrencyManager.get().group(RIG, 0, 10).stream()
                .flatMap(group -> group.running().stream())
                .map(RequestView::owner)
                .toList();
    }

    @Test
    void anEntryWithoutAnAgentLetsOthersRunAndGetsItsSlotWhenAnAgentComes() throws Exception {
        Limited rare = rare("rare");
        Limited other = job("other", Behavior.QUEUE);
        Queue.Item item = parked(rare);
        assertEquals(List.of(), running());
        other.finish(other.inside());
        // It still says that it needs an agent, so that whoever can make one does.
        assertTrue(Queue.getInstance().getItem(item.getId()) instanceof Queue.BuildableItem);
        assertTrue(Limited.why(item.getId()).contains("rare"), () -> Limited.why(item.getId()));
        jenkins.createOnlineSlave(new LabelAtom("rare"));
        Run<?, ?> run = rare.inside(item);
        assertEquals(List.of(Owner.build("rare", 1)), running());
        rare.finish(run);
    }

    @Test
    void itAsksInItsFoldersGroupAlsoWhereThatWasRenamedMeanwhile() throws Exception {
        Folder team = jenkins.createProject(Folder.class, "team");
        ConcurrencyLimitProperty limit = LimitTest.limit(1, Behavior.QUEUE);
        limit.setGroup("rig");
        Limited other = Limited.create(jenkins, team, Kind.FREESTYLE, "other", limit);
        Limited rare = Limited.create(jenkins, team, Kind.FREESTYLE, "rare", limit);
        ((FreeStyleProject) rare.job()).setAssignedLabel(new LabelAtom("rare"));
        Queue.Item item = parked(rare);
        Run<?, ?> holder = other.inside();
        Moving.rename(team, "crew");
        jenkins.createOnlineSlave(new LabelAtom("rare"));
        Limited.until(
                () -> Limited.why(item.getId()).contains("Held by crew » other #1"), () -> Limited.why(item.getId()));
        other.finish(holder);
        rare.finish(rare.inside(item));
    }

    @Test
    void howeverOftenItAskedItGotItsSlotOnceAndHistoryLeadsToItsBuild() throws Exception {
        Limited rare = rare("rare");
        Queue.Item item = parked(rare);
        jenkins.createOnlineSlave(new LabelAtom("rare"));
        Run<?, ?> run = rare.inside(item);
        rare.finish(run);
        History history = ConcurrencyManager.get().history();
        Gates.eventually("it is known", () -> history.holds(RIG, "rare").count() == 1);
        Gates.eventually(
                () -> history.events(RIG).size() == 2,
                Gates.PATIENCE,
                () -> history.events(RIG).stream()
                        .map(HistoryEvent::getKind)
                        .toList()
                        .toString());
        HistoryEvent granted = history.events(RIG).get(1);
        assertEquals(HistoryEvent.Kind.GRANTED, granted.getKind());
        assertEquals(run, BuildReferences.find(granted.build().orElseThrow()).orElseThrow());
    }

    @Test
    void itKeepsItsPlaceBeforeThoseThatCameLater() throws Exception {
        Limited rare = rare("rare");
        Limited other = job("other", Behavior.QUEUE);
        Queue.Item item = parked(rare);
        Run<?, ?> first = other.inside();
        Queue.Item second = other.waiting();
        jenkins.createOnlineSlave(new LabelAtom("rare"));
        Limited.until(() -> Limited.why(item.getId()).contains("place 1"), () -> Limited.why(item.getId()));
        assertTrue(Limited.why(second.getId()).contains("place 2"), () -> Limited.why(second.getId()));
        other.finish(first);
        rare.finish(rare.inside(item));
        other.finish(other.inside(second));
    }

    @Test
    void anEntryWithoutAnAgentTakesNoPlaceUnderACap() throws Exception {
        ConcurrencySettings.get().setCap(1);
        Limited rare = Limited.create(jenkins, Kind.FREESTYLE, "rare", null);
        ((FreeStyleProject) rare.job()).setAssignedLabel(new LabelAtom("rare"));
        Limited other = Limited.create(jenkins, Kind.FREESTYLE, "other", null);
        Queue.Item item = parked(rare);
        Run<?, ?> beside = other.inside();
        jenkins.createOnlineSlave(new LabelAtom("rare"));
        Limited.until(() -> Limited.why(item.getId()).contains("cap of all builds"), () -> Limited.why(item.getId()));
        other.finish(beside);
        rare.finish(rare.inside(item));
    }

    @Test
    void anEntryWhoseAgentIsLostLetsOthersRunAndStartsWhenTheAgentIsBack() throws Exception {
        DumbSlave agent = jenkins.createOnlineSlave(new LabelAtom("rare"));
        Limited rare = rare("rare");
        Limited other = job("other", Behavior.QUEUE);
        Run<?, ?> first = rare.inside();
        Queue.Item item = rare.waiting();
        agent.toComputer().setTemporarilyOffline(true, null);
        rare.finish(first);
        Limited.until(() -> state(item) == State.PARKED, () -> state(item) + ": " + Limited.why(item.getId()));
        other.finish(other.inside());
        agent.toComputer().setTemporarilyOffline(false, null);
        rare.finish(rare.inside(item));
    }

    @Test
    void anEntryWhoseAgentIsRemovedCanBeCancelledAndLeavesNothing() throws Exception {
        DumbSlave agent = jenkins.createOnlineSlave(new LabelAtom("rare"));
        Limited rare = rare("rare");
        Run<?, ?> first = rare.inside();
        Queue.Item item = rare.waiting();
        jenkins.jenkins.removeNode(agent);
        rare.leave(first);
        Gates.ended(first);
        awaitParked(item);
        Limited.cancel(item.getId());
        Limited.gone(item);
    }

    @Test
    void aParkedEntryThatAsksForMoreThanThereIsByNowFailsAsAnyOther() throws Exception {
        ConcurrencySettings.get().setGroups(List.of(new DeclaredGroup("crane", 2)));
        ConcurrencyLimitProperty limit = LimitTest.limit(1, Behavior.QUEUE);
        limit.setGroup("crane");
        limit.setScope("CONTROLLER");
        limit.setSlots(2);
        Limited rare = rare("rare");
        rare.edit(limit);
        Queue.Item item = parked(rare);
        ConcurrencySettings.get().setGroups(List.of(new DeclaredGroup("crane", 1)));
        jenkins.createOnlineSlave(new LabelAtom("rare"));
        Run<?, ?> run = Limited.started((QueueTaskFuture<?>) item.getFuture());
        rare.ended(run, Result.FAILURE);
        jenkins.assertLogContains("'crane'", run);
    }

    @Test
    void anEntryThatWasReadyWhileJenkinsStartedNothingIsParkedIfNobodyTakesItThen() throws Exception {
        Limited rare = rare("rare");
        Queue.Item item = rare.ready();
        Jenkins.get().doQuietDown();
        CountDownLatch looked = new CountDownLatch(1);
        Timer.get().schedule(() -> QueueGate.get().later(looked::countDown), 4, TimeUnit.SECONDS);
        looked.await();
        assertEquals(State.READY, state(item));
        Jenkins.get().doCancelQuietDown();
        awaitParked(item);
        Limited.cancel(item.getId());
        Limited.gone(item);
    }

    /** Where there are more items than executors, an entry that gave its slot back is not passed over for ever. */
    @Test
    void aParkedEntryStartsOnTheFirstExecutorThatIsFree() throws Exception {
        jenkins.jenkins.setNumExecutors(1);
        Limited busy = Limited.create(jenkins, Kind.FREESTYLE, "busy", null);
        Run<?, ?> first = busy.inside();
        Limited limited = job("limited", Behavior.QUEUE);
        Queue.Item item = parked(limited);
        var later = busy.schedule();
        busy.finish(first);
        limited.finish(limited.inside(item));
        Run<?, ?> last = Limited.started(later);
        busy.awaitInside(last);
        busy.finish(last);
    }

    @Test
    void anEntryThatIsNotToWaitEndsIfItsSlotIsTakenWhenAnAgentComes() throws Exception {
        Limited rare = rare("rare");
        ConcurrencyLimitProperty skip = LimitTest.limit(1, Behavior.SKIP);
        skip.setGroup("rig");
        rare.edit(skip);
        Limited other = job("other", Behavior.QUEUE);
        Queue.Item item = parked(rare);
        Run<?, ?> beside = other.inside();
        jenkins.createOnlineSlave(new LabelAtom("rare"));
        Limited.gone(item);
        assertNull(rare.job().getLastBuild());
        assertFalse(ConcurrencyManager.get().refusals().of("rare").isEmpty());
        other.finish(beside);
    }
}
