package io.jenkins.plugins.concurrency.lab.rehearse.build;

import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import io.jenkins.plugins.concurrency.engine.Outcome;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Event;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Stay;
import io.jenkins.plugins.concurrency.lab.rehearse.locks.Endings;
import io.jenkins.plugins.concurrency.lab.rehearse.locks.Waiter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/**
 * A build while it is in the queue: it starts when its job lets it, and has the slots that its job's limit and the caps ask for.
 * It gives them back when it has ended.
 */
final class Entry {
    private final Build build;
    private final Deque<Request> missing = new ArrayDeque<>();
    private final List<Held> held = new ArrayList<>();

    Entry(Build build) {
        this.build = build;
    }

    void enter() {
        Job job = build.job();
        if (job.isOneAtATime() && job.isBusy()) {
            if (job.isAbortPrevious()) {
                job.builds().stream()
                        .filter(Build::isRunning)
                        .forEach(other -> other.interrupt(
                                new FlowInterruptedException("NOT_BUILT", "Superseded by " + build.name())));
            }
            job.builds().stream()
                    .filter(Build::isRunning)
                    .findFirst()
                    .ifPresent(other ->
                            other.whenEnded(ended -> build.world().time().soon(this::enter)));
            return;
        }
        try {
            missing.addAll(EntryRequests.of(build));
        } catch (InvalidRequestException x) {
            build.refuse("FAILURE", x.getMessage());
            return;
        }
        askNext();
    }

    private void askNext() {
        Request next = missing.poll();
        if (next == null) {
            start();
            return;
        }
        Stay stay = build.world().journal().asks(build.name(), "", next, false);
        build.world().locks().request(next, stay, new Held(next.key(), stay));
    }

    private void start() {
        build.start(build.program().main(build.program().instantiate(build.job().script())));
        held.forEach(Held::started);
    }

    private final class Held implements Waiter {
        private final RequestKey key;
        private final Stay stay;

        Held(RequestKey key, Stay stay) {
            this.key = key;
            this.stay = stay;
        }

        @Override
        public void granted(Effect.Granted effect) {
            build.world().journal().entered(stay, "may start");
            held.add(this);
            build.whenEnded(ended -> {
                build.world().journal().ended(stay, Event.Kind.LEFT, "has ended");
                build.world().locks().end(key);
            });
            askNext();
        }

        void started() {
            build.world().locks().transfer(key, build.owner());
            build.world().journal().started(stay, build.name());
        }

        @Override
        public void ended(Effect.Ended effect) {
            build.world().journal().ended(stay, Endings.kind(effect.outcome()), Endings.text(effect));
            build.refuse(
                    effect.outcome() == Outcome.FAILED || effect.outcome() == Outcome.QUEUE_FULL_FAILED
                            ? "FAILURE"
                            : EntryRequests.result(build.job()),
                    Endings.text(effect));
        }

        @Override
        public void cancelled(Effect.CancelRunning effect) {
            build.world().journal().told(stay, Event.Kind.CANCELLED, "is cancelled by " + effect.by());
            build.interrupt(new FlowInterruptedException(
                    EntryRequests.result(build.job()),
                    "Cancelled by " + effect.by() + " in group '"
                            + effect.group().name() + "'"));
        }
    }
}
