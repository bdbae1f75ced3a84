package io.jenkins.plugins.concurrency.manager;

import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.RequestView;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.records.HistoryEvent;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** Finds the requests that tests act on by hand, and who acts. */
public final class Requests {
    private static final int MANY = 1_000;
    private static final Set<HistoryEvent> BEFORE = Collections.newSetFromMap(new IdentityHashMap<>());

    private Requests() {}

    public static GroupKey group(String name) {
        return new GroupKey(Scope.FOLDER, "", name);
    }

    public static RequestKey of(Run<?, ?> run) {
        return of(Runs.owner(run));
    }

    public static RequestKey of(Queue.Item item) {
        return of(Owner.queueItem(((hudson.model.Job<?, ?>) item.task).getFullName(), item.getId()));
    }

    private static RequestKey of(Owner owner) {
        ConcurrencyManager manager = ConcurrencyManager.get();
        return manager.groupsOf(owner.job()).stream()
                .flatMap(key -> manager.group(key, 0, MANY).stream())
                .flatMap(view -> Stream.concat(view.running().stream(), view.waiting().stream()))
                .filter(view -> view.owner().equals(owner))
                .map(RequestView::key)
                .findFirst()
                .orElseThrow(() -> new AssertionError(owner + " has no request"));
    }

    /** The numbers of the builds, or ids of the items, that wait in a group, in their order. */
    public static List<Long> waiting(GroupKey group) {
        return ConcurrencyManager.get().group(group, 0, MANY).orElseThrow().waiting().stream()
                .map(view -> view.owner().number())
                .toList();
    }

    public static <T> T as(String user, Callable<T> action) throws Exception {
        try (ACLContext as = user.equals("anonymous")
                ? ACL.as2(jenkins.model.Jenkins.ANONYMOUS2)
                : ACL.as2(User.getById(user, true).impersonate2())) {
            return action.call();
        }
    }

    /** What happened in a group, as far as it did in this test; the newest first. */
    public static List<HistoryEvent> events(GroupKey group, HistoryEvent.Kind kind) {
        return ConcurrencyManager.get().history().events(group).stream()
                .filter(event -> event.getKind() == kind && !BEFORE.contains(event))
                .toList();
    }

    /** What happened in a group so far did so in other tests; a job's events are forgotten some time after it is deleted. */
    public static void startTest(GroupKey group) {
        BEFORE.clear();
        BEFORE.addAll(ConcurrencyManager.get().history().events(group));
    }

    /** Waits for the newest event of a kind. */
    public static HistoryEvent event(GroupKey group, HistoryEvent.Kind kind) throws Exception {
        Gates.eventually(kind + " is noted", () -> !events(group, kind).isEmpty());
        return events(group, kind).get(0);
    }
}
