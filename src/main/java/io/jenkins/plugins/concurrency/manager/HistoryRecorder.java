package io.jenkins.plugins.concurrency.manager;

import hudson.model.Computer;
import hudson.remoting.SingleLaneExecutorService;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.Grant;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.Outcome;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.records.History;
import io.jenkins.plugins.concurrency.records.HistoryEvent;
import io.jenkins.plugins.concurrency.records.PastLease;
import io.jenkins.plugins.concurrency.records.PastLeases;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Writes history: what the calls of the engine caused, those effects too of which no requester is told. Nobody waits for it. If
 * it is too slow, history has gaps; if it fails, a line of it is missing.
 *
 * <p>What a person does is noted down by who lets him do it, as the engine does not know who that is.
 */
final class HistoryRecorder {
    private static final Logger LOGGER = Logger.getLogger(HistoryRecorder.class.getName());
    private static final int MOST_CALLS = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final History history;
    private final PastLeases leases;
    private final GroupLookups lookups;
    private final ListenerNotifier listeners;
    private final Backlog backlog;
    /** Which groups are used otherwise than before. Of the backlog's thread alone. */
    private final Set<GroupKey> changed = new HashSet<>();

    HistoryRecorder(History history, PastLeases leases, GroupLookups lookups, ListenerNotifier listeners) {
        this.history = history;
        this.leases = leases;
        this.lookups = lookups;
        this.listeners = listeners;
        this.backlog = new Backlog(
                "History of groups",
                MOST_CALLS,
                new SingleLaneExecutorService(Computer.threadPoolForRemoting),
                this::sample);
    }

    /** Notes down what a call of the engine caused, before the next one is made: so it costs next to nothing. */
    void note(List<Effect> effects) {
        if (!effects.isEmpty()) {
            backlog.add(() -> effects.forEach(this::record));
        }
    }

    /** Groups are used otherwise than before, by builds of which this controller keeps no history. */
    void changedElsewhere(List<Effect> effects) {
        Set<GroupKey> groups = WaitNews.groups(effects);
        if (!groups.isEmpty()) {
            backlog.add(() -> changed.addAll(groups));
            backlog.start();
        }
    }

    /** Sees to it that what was noted down is written. */
    void start() {
        backlog.start();
    }

    /** Changes history after what was noted down until now. */
    private void change(Consumer<History> change) {
        then(() -> change.accept(history));
    }

    private void then(Runnable work) {
        backlog.addInAnyCase(work);
        backlog.start();
    }

    /** Forgets a job, or all in a folder, as it is gone. */
    void forget(String fullName) {
        then(() -> {
            history.forget(fullName);
            leases.forget(fullName);
        });
    }

    /** Follows a job, or all in a folder, to the new full name. */
    void relocate(String from, String to) {
        then(() -> {
            history.relocate(from, to);
            leases.relocate(from, to);
        });
    }

    /**
     * Looks at all groups: after a start-up, to begin with; and now and then, as a limit may change, and slots of one group be
     * given back by one that waits for another, without an effect.
     */
    void lookAtAll() {
        change(records -> {
            changed.addAll(lookups.groups());
            changed.addAll(records.inUse());
        });
    }

    /** Jenkins goes down: what is not on disk is to get there, if that does not take long. */
    void save() {
        CompletableFuture<Void> saved = new CompletableFuture<>();
        change(records -> {
            records.save();
            leases.write();
            saved.complete(null);
        });
        try {
            saved.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException x) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException x) {
            LOGGER.log(Level.INFO, "The history of the last seconds is not written, as that takes too long");
        }
    }

    private void record(Effect effect) {
        if (effect instanceof Effect.Queued queued) {
            changed.add(queued.group());
            listeners.tell(ConcurrencyEvent.queued(queued));
        } else if (effect instanceof Effect.Granted granted) {
            granted(granted);
        } else if (effect instanceof Effect.Ended ended) {
            ended(ended);
        } else if (effect instanceof Effect.Left left) {
            left(left);
        } else if (effect instanceof Effect.CancelRunning cancel) {
            cancelled(cancel);
        } else if (effect instanceof Effect.LimitChanged limit) {
            changed.add(limit.group());
            listeners.tell(ConcurrencyEvent.limitChanged(limit));
        }
    }

    private void granted(Effect.Granted granted) {
        if (!granted.grants().isEmpty()) {
            HistoryEvent event = of(HistoryEvent.Kind.GRANTED, granted.owner())
                    .waited(granted.waited())
                    .build();
            for (Grant grant : granted.grants()) {
                add(grant.group(), event);
            }
        }
    }

    private void ended(Effect.Ended ended) {
        // Whose build ends while it waits is taken out of the queue, or leaves it.
        HistoryEvent.Builder event = ended.outcome() == Outcome.WITHDRAWN
                ? of(HistoryEvent.Kind.LEFT, ended.owner())
                : of(HistoryEvent.Kind.REFUSED, ended.owner())
                        .refused(
                                ended.outcome(),
                                ended.by().map(BuildReferences::toEarlier).orElse(null));
        add(ended.group(), event.waited(ended.waited()).build());
    }

    private void left(Effect.Left left) {
        Owner owner = left.owner();
        changed.addAll(left.groups());
        if (left.held().isEmpty()) {
            HistoryEvent event =
                    of(HistoryEvent.Kind.LEFT, owner).waited(left.waited()).build();
            left.groups().forEach(group -> add(group, event));
        } else if (!owner.queueItem() && !left.groups().isEmpty()) {
            // A queue item that gives back what it had did not work with it.
            Duration held = left.held().get();
            HistoryEvent event =
                    of(HistoryEvent.Kind.RELEASED, owner).held(held).build();
            for (Effect.Left.Part part : left.parts()) {
                history.held(part.group(), owner.job(), held);
                add(part.group(), event);
                leases.add(part.group(), lease(left, part, held));
            }
        }
    }

    private static PastLease lease(Effect.Left left, Effect.Left.Part part, Duration held) {
        return new PastLease(
                left.owner().job(),
                left.owner().number(),
                left.ticket(),
                left.since(),
                left.waited(),
                held,
                part.slots(),
                part.limit(),
                left.priority());
    }

    private void cancelled(Effect.CancelRunning cancel) {
        add(
                cancel.group(),
                of(HistoryEvent.Kind.CANCELLED_FOR_NEWER, cancel.owner())
                        .forNewer(BuildReferences.toEarlier(cancel.by()))
                        .build());
    }

    private static HistoryEvent.Builder of(HistoryEvent.Kind kind, Owner owner) {
        return HistoryEvent.now(kind).of(BuildReferences.toEarlier(owner));
    }

    private void add(GroupKey group, HistoryEvent event) {
        changed.add(group);
        history.add(group, event);
    }

    private void sample() {
        Set<GroupKey> now = Set.copyOf(changed);
        changed.clear();
        for (GroupKey group : now) {
            Optional<GroupView> view = lookups.group(group, 0, 0);
            history.sample(
                    group,
                    Instant.now(),
                    view.map(GroupView::used).orElse(0),
                    view.map(GroupView::limit).orElse(0),
                    view.map(GroupView::waitingCount).orElse(0));
        }
    }
}
