package io.jenkins.plugins.concurrency.roads;

import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Action;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Job;
import hudson.model.Queue;
import io.jenkins.plugins.concurrency.arguments.GroupNames;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.queue.ConcurrencyLimitProperty;
import io.jenkins.plugins.concurrency.queue.Limited;
import io.jenkins.plugins.concurrency.settings.CapRules;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What the stories of all roads have in common. */
final class Roads {
    /** The group of the top level that most of them are about. */
    static final GroupKey GROUP = new GroupKey(Scope.FOLDER, "", "g");

    static final GroupKey CAP = new GroupKey(Scope.CONTROLLER, "", CapRules.NAME);

    private Roads() {}

    /** A limit for the group {@link #GROUP}. */
    static ConcurrencyLimitProperty limit(int limit) {
        ConcurrencyLimitProperty property = new ConcurrencyLimitProperty();
        property.setGroup("g");
        property.setLimit(limit);
        property.setBehavior(Behavior.QUEUE);
        return property;
    }

    static GroupKey own(String job) {
        return new GroupKey(Scope.JOB, job, GroupNames.OWN_GROUP);
    }

    static int used(GroupKey group) {
        return view(group).map(GroupView::used).orElse(0);
    }

    static int waiting(GroupKey group) {
        return view(group).map(GroupView::waitingCount).orElse(0);
    }

    static Optional<GroupView> view(GroupKey group) {
        return ConcurrencyManager.get().group(group, 0, 100);
    }

    /** Schedules a build as Jenkins does, so that it may be taken for the same as one that waits already. */
    static Queue.Item schedule(Job<?, ?> job, Cause... causes) {
        List<Action> actions = List.of(new CauseAction(causes));
        return Queue.getInstance().schedule2((Queue.Task) job, 0, actions).getItem();
    }

    static void awaitWhy(Queue.Item item, String why) throws Exception {
        Limited.until(
                () -> Limited.why(item.getId()).contains(why),
                () -> "Why: " + Limited.why(item.getId()) + ", not " + why);
    }

    static void awaitUsed(GroupKey group, int used) throws Exception {
        Limited.until(() -> used(group) == used, () -> view(group) + " should have " + used + " slots in use");
    }

    static void awaitWaiting(GroupKey group, int count) throws Exception {
        Limited.until(() -> waiting(group) == count, () -> view(group) + " should have " + count + " waiting");
    }

    static void awaitRecovered() throws Exception {
        Limited.until(ConcurrencyManager.get()::isRecovered, () -> "nothing is granted");
    }

    /** Like {@link io.jenkins.plugins.concurrency.manager.Idle}, in a controller of its own, where that sees no insides. */
    static void awaitNothing() throws Exception {
        Limited.until(
                () -> ConcurrencyManager.get().groups().isEmpty(),
                () -> ConcurrencyManager.get().groups() + " are in use");
    }

    /** Does something when an executor has an item and cannot start it yet, as the queue is locked. */
    static void whenPending(Supplier<Queue.Item> scheduled, Runnable action) throws Exception {
        Queue.callWithLock(() -> {
            long id = scheduled.get().getId();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (!isPending(id)) {
                assertTrue(System.nanoTime() < end, () -> "no executor comes: " + Limited.why(id));
                Queue.getInstance().maintain();
                Thread.sleep(5);
            }
            action.run();
            return null;
        });
    }

    private static boolean isPending(long id) {
        return Queue.getInstance().getItem(id) instanceof Queue.BuildableItem item && item.isPending();
    }
}
