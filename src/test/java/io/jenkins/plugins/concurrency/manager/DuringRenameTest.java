package io.jenkins.plugins.concurrency.manager;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.Moving;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.queue.ConcurrencyLimitProperty;
import io.jenkins.plugins.concurrency.queue.Limited;
import io.jenkins.plugins.concurrency.queue.Limited.Kind;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import io.jenkins.plugins.concurrency.settings.Decisions;
import io.jenkins.plugins.concurrency.settings.FolderCap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;

/** Jenkins gives a job or a folder its new name first, and tells of it afterwards. Builds go on in between. */
@ExtendWith(OneJenkins.class)
class DuringRenameTest {
    /** Something that happens after an item has its new name and before the plugin is told. */
    @TestExtension
    public static final class InBetween extends ItemListener {
        private Callable<?> task;
        private Exception failure;

        @Override
        public void onLocationChanged(Item item, String from, String to) {
            Callable<?> now = task;
            task = null;
            try {
                if (now != null) {
                    now.call();
                }
            } catch (Exception x) {
                failure = x;
            }
        }
    }

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private JenkinsRule jenkins;
    private Story story;
    private Folder team;
    /** For names of its own: something of a build may still be written to where that was before its folder moved. */
    private String name;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        story = new Story(rule);
        name = String.valueOf(NUMBERS.incrementAndGet());
        team = rule.createProject(Folder.class, "team" + name);
        ExtensionList<ItemListener> all = ItemListener.all();
        assertThat(all.indexOf(inBetween()), lessThan(all.indexOf(all.get(ManagerListeners.Items.class))));
    }

    private static InBetween inBetween() {
        return ItemListener.all().get(InBetween.class);
    }

    private void move(String how, Callable<?> inBetween) throws Exception {
        InBetween listener = inBetween();
        listener.task = inBetween;
        switch (how) {
            case "rename job" -> Moving.rename((Job<?, ?>) team.getItem("job"), "other");
            case "rename folder" -> Moving.rename(team, "crew" + name);
            case "move folder" -> Moving.move(team, jenkins.createProject(Folder.class, "all" + name));
            default -> throw new AssertionError(how);
        }
        assertNull(listener.task, "nobody was told");
        if (listener.failure != null) {
            throw listener.failure;
        }
        Idle.sweepFindsNothing();
    }

    /** The semaphores of a Pipeline whose job was renamed are found through the build alone. */
    private void finish(Run<?, ?> run) throws Exception {
        if (run instanceof WorkflowRun pipeline) {
            Gates.open(pipeline);
        } else {
            new Limited(jenkins, run.getParent()).leave(run);
        }
        jenkins.assertBuildStatusSuccess(Gates.ended(run));
    }

    @ParameterizedTest
    @CsvSource({
        "JOB, rename job", "JOB, rename folder", "JOB, move folder",
        "FOLDER, rename job", "FOLDER, rename folder", "FOLDER, move folder"
    })
    void aStepThatAsksMeetsTheOneThatRuns(Scope scope, String how) throws Exception {
        WorkflowJob job = story.script(team, "job", Gates.block("group: 'g', scope: '" + scope + "'"));
        WorkflowRun first = story.start(job);
        Gates.awaitAtGate(first);
        WorkflowRun[] second = new WorkflowRun[1];
        move(how, () -> {
            second[0] = story.start(job);
            Gates.eventually("it asks", () -> Gates.isAtGate(second[0]) || Gates.times("Waiting for", second[0]) > 0);
            return second[0];
        });
        assertFalse(Gates.isAtGate(second[0]));
        assertEquals(1, ConcurrencyManager.get().groups().size());
        Gates.awaitAtGate(first);
        finish(first);
        Gates.awaitAtGate(second[0]);
        finish(second[0]);
        Idle.await();
    }

    @ParameterizedTest
    @EnumSource
    void anEntryThatComesMeetsTheBuildThatRuns(Kind kind) throws Exception {
        Limited job = Limited.create(jenkins, team, kind, "job", new ConcurrencyLimitProperty());
        Run<?, ?> first = job.inside();
        Queue.Item[] item = new Queue.Item[1];
        move("rename folder", () -> item[0] = job.waiting());
        finish(first);
        finish(job.inside(item[0]));
        Idle.await();
    }

    @ParameterizedTest
    @CsvSource({"FREESTYLE, rename job", "FREESTYLE, move folder", "PIPELINE, rename folder", "PIPELINE, move folder"})
    void aBuildThatEndsLeavesNothingBehind(Kind kind, String how) throws Exception {
        Limited job = Limited.create(jenkins, team, kind, "job", new ConcurrencyLimitProperty());
        Run<?, ?> first = job.inside();
        move(how, () -> {
            finish(first);
            return first;
        });
        Idle.await();
        finish(job.inside());
    }

    @ParameterizedTest
    @EnumSource
    void aBuildThatComesCountsForTheCapOfItsFolder(Kind kind) throws Exception {
        ConcurrencySettings.get().setFolderCaps(List.of(new FolderCap("*", 1)));
        Limited job = Limited.create(jenkins, team, kind, "job", null);
        Run<?, ?> first = job.inside();
        Queue.Item[] item = new Queue.Item[1];
        move("rename folder", () -> item[0] = job.waiting());
        assertTrue(Limited.why(item[0].getId()).contains("crew"), () -> Limited.why(item[0].getId()));
        finish(first);
        finish(job.inside(item[0]));
    }

    /** The later name is told first. */
    @ParameterizedTest
    @EnumSource
    void twoRenamesAreToldInTheWrongOrder(Kind kind) throws Exception {
        Limited job = Limited.create(jenkins, team, kind, "job", new ConcurrencyLimitProperty());
        Run<?, ?> first = job.inside();
        Queue.Item item = job.waiting();
        move("rename job", () -> {
            job.job().renameTo("last");
            return job;
        });
        assertEquals(
                List.of("team" + name + "/last"),
                ConcurrencyManager.get().lookups().owners().stream()
                        .map(Owner::job)
                        .distinct()
                        .toList());
        finish(first);
        finish(job.inside(item));
        Idle.await();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rename folder", "move folder"})
    void aPausedGroupIsPausedAlsoIfItIsFirstAskedForInBetween(String how) throws Exception {
        Decisions.get().pause(new GroupKey(Scope.FOLDER, team.getFullName(), "g"), true);
        WorkflowJob job = story.script(team, "job", Gates.block("group: 'g', scope: 'FOLDER'"));
        move(how, () -> {
            WorkflowRun run = story.start(job);
            Gates.eventually("it asks", () -> Gates.isAtGate(run) || Gates.times("Waiting for", run) > 0);
            if (Gates.isAtGate(run)) {
                finish(run);
            }
            return run;
        });
        WorkflowRun next = story.waiting(job);
        assertFalse(Gates.isAtGate(next));
        GroupKey group = new GroupKey(Scope.FOLDER, team.getFullName(), "g");
        assertEquals(List.of(group), ConcurrencyManager.get().groups());
        assertTrue(Decisions.get().resume(group));
        Gates.awaitAtGate(next);
        finish(next);
        Idle.await();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoDecidesAboutAGroupDecidesAboutTheOneThatHasThatNameThen(boolean pause) throws Exception {
        GroupKey before = new GroupKey(Scope.FOLDER, "team", "g");
        GroupKey after = new GroupKey(Scope.FOLDER, "crew", "g");
        Decisions.get().pause(before, !pause);
        Thread person = new Thread(() -> Decisions.get().pause(before, pause));
        Decisions.get().relocate("team", "crew", () -> {
            ConcurrencyManager.get().driver().relocate("team", "crew");
            person.start();
            while (person.getState() != Thread.State.WAITING && person.isAlive()) {
                Thread.onSpinWait();
            }
        });
        person.join();
        for (GroupKey group : List.of(before, after)) {
            assertEquals(Decisions.get().isPaused(group), isPaused(group), group::toString);
        }
        assertEquals(pause, Decisions.get().isPaused(before));
        assertEquals(!pause, Decisions.get().isPaused(after));
        Decisions.get().forget(Set.of(before, after)::contains);
        Idle.await();
    }

    private static boolean isPaused(GroupKey group) {
        return ConcurrencyManager.get()
                .group(group, 0, 0)
                .filter(GroupView::paused)
                .isPresent();
    }
}
