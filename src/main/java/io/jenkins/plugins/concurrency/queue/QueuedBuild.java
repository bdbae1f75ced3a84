package io.jenkins.plugins.concurrency.queue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.InvisibleAction;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import io.jenkins.plugins.concurrency.engine.Outcome;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.EndResult;
import io.jenkins.plugins.concurrency.manager.Interruption;
import io.jenkins.plugins.concurrency.manager.Runs;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import jenkins.model.RunAction2;

/**
 * What a queue item asks for and has, and then its build. It is an action of the item, and so becomes one of the build,
 * and is written to disk with either.
 *
 * <p>The queue's thread reads and changes nothing but {@link #state}, without a lock. Everything else happens on threads of
 * ours, and is guarded by this object.
 */
public final class QueuedBuild extends InvisibleAction implements RunAction2 {
    enum State {
        /** The queue has to be asked whether it may go on. */
        NEW,
        /** It waits for what it asked for. */
        ASKED,
        /** It may start. */
        READY,
        /** It is to leave the queue, or has left it. */
        OUT
    }

    private final long id;
    private final GateRequests requests = new GateRequests();
    private final GateLog.Story story = new GateLog.Story();
    private boolean asked;
    private EndResult result = EndResult.ABORTED;
    private volatile Verdict verdict;

    private transient volatile AtomicReference<State> state;
    private transient Job<?, ?> job;
    private transient volatile Run<?, ?> run;
    private transient boolean started;
    private transient volatile Outcome out;

    QueuedBuild(long id) {
        this.id = id;
        readResolve();
    }

    private Object readResolve() {
        state = new AtomicReference<>(State.NEW);
        return this;
    }

    State state() {
        return state.get();
    }

    boolean change(State from, State to) {
        return state.compareAndSet(from, to);
    }

    private Owner owner() {
        return run != null ? Runs.owner(run) : Owner.queueItem(job.getFullName(), id);
    }

    /** Asks for what it needs next. It may start when there is nothing more. */
    void proceed(Queue.Item item, Job<?, ?> of) {
        synchronized (this) {
            job = of;
            if (state() == State.ASKED && verdict == null) {
                try {
                    askNext(item);
                } catch (InvalidRequestException x) {
                    fail(x.getMessage());
                }
            }
            if (state() == State.ASKED && (verdict != null || asked && requests.areRunning())) {
                state.set(State.READY);
            }
        }
        Gate.wakeQueue();
    }

    private void askNext(Queue.Item item) {
        if (!asked) {
            asked = true;
            result = LimitRequests.result(job);
            LimitRequests.of(job, owner(), item).ifPresent(request -> requests.add(this, request, false));
        }
        if (requests.waiting().isEmpty()) {
            // Last, as a build that waits for something else shall not keep others from running.
            CapRequests.of(job, owner(), item.getCauses(), requests.caps())
                    .ifPresent(request -> requests.add(this, request, true));
        }
        for (GateRequest request : requests.all()) {
            if (!request.isKnown()
                    && request.hasPast()
                    && !ConcurrencyManager.get().isRecovered()) {
                // What was before a restart is put back by GateRecovery, in its order.
                return;
            }
            if (!request.isKnown()) {
                request.ask(owner()).ifPresent(ended -> ended(request, ended));
            }
            if (!request.isRunning()) {
                return;
            }
        }
    }

    /** Counts a running build for the caps that it does not count for yet. Whether there are any. */
    synchronized boolean adopt(Run<?, ?> running) {
        job = running.getParent();
        if (run == null) {
            run = running;
            started = true;
        }
        Optional<Request> request = CapRequests.of(job, owner(), run.getCauses(), requests.caps());
        request.ifPresent(missing -> {
            requests.add(this, missing, true).ask(owner());
            ConcurrencyManager.get().startNow(missing.key());
        });
        if (request.isPresent() && !running.isLogUpdated()) {
            // It ended meanwhile, and so nobody would give it back.
            requests.each(GateRequest::end);
        }
        return request.isPresent();
    }

    void on(GateRequest request, Effect effect) {
        boolean goesOn = effect instanceof Effect.Granted || effect instanceof Effect.Ended;
        boolean leaves = false;
        synchronized (this) {
            if (effect instanceof Effect.Queued queued) {
                request.queued(queued);
            } else if (effect instanceof Effect.Granted granted) {
                request.granted(granted);
                story.add(GateLog.granted(granted));
            } else if (effect instanceof Effect.Ended ended) {
                ended(request, ended);
            } else if (effect instanceof Effect.LimitChanged changed) {
                story.add(List.of(GateLog.limitChanged(changed)));
            } else if (effect instanceof Effect.CancelRunning cancel) {
                cancelled(request, cancel);
                leaves = started;
            }
        }
        if (goesOn) {
            Gate.get().proceed(this, id);
        }
        if (leaves) {
            verdict.carryOut(run);
        }
        Gate.wakeQueue();
    }

    private void ended(GateRequest request, Effect.Ended effect) {
        requests.remove(request::equals);
        switch (effect.outcome()) {
            case WITHDRAWN -> {}
            case FAILED, QUEUE_FULL_FAILED, CIRCLE -> fail(GateLog.failure(effect, job));
            default -> leaveQueue(effect.outcome(), effect.group(), effect.by());
        }
    }

    private void leaveQueue(Outcome outcome, GroupKey group, Optional<Owner> by) {
        out = outcome;
        Gate.refused(job, id, group, outcome, by);
        state.set(State.OUT);
        Gate.get().cancel(id);
    }

    private void fail(String why) {
        verdict = new Verdict(Result.FAILURE, new NotAllowed(why));
    }

    private void cancelled(GateRequest request, Effect.CancelRunning effect) {
        request.leave();
        Interruption why =
                new Interruption(Interruption.Kind.CANCELLED_RUNNING, effect.group(), Optional.of(effect.by()));
        verdict = new Verdict(result.result(), run == null ? why : why.of(run));
        if (run == null) {
            leaveQueue(Outcome.SUPERSEDED, effect.group(), Optional.of(effect.by()));
        }
    }

    synchronized void relocated(GateRequest request, String from, String to) {
        request.follow(from, to);
    }

    /** Its job has another limit, or none any more, from now on: that counts for those that wait, too. */
    void edited(Job<?, ?> of) {
        boolean goesOn;
        synchronized (this) {
            goesOn = state() == State.ASKED && requests.follow(of.getProperty(ConcurrencyLimitProperty.class));
        }
        if (goesOn) {
            Gate.get().proceed(this, id);
        }
    }

    /** Something else keeps it from starting: so that nobody waits for that, it gives back what it has, and asks again. */
    synchronized void giveBack() {
        if (state() == State.NEW && run == null) {
            requests.each(GateRequest::giveBack);
            requests.remove(GateRequest::isCap);
            story.forget();
        }
    }

    /** It left the queue, and not for an executor; or it did, and nothing ran there. */
    synchronized void left() {
        if (run == null) {
            state.set(State.OUT);
            requests.each(GateRequest::end);
        }
    }

    @Override
    public void onAttached(Run<?, ?> r) {
        synchronized (this) {
            run = r;
            requests.transfer(Runs.owner(r));
        }
        if (requests.isEmpty() && !isDoomed()) {
            r.removeAction(this);
        }
    }

    @Override
    public void onLoad(Run<?, ?> r) {
        synchronized (this) {
            run = r;
            started = true;
        }
    }

    /** Tells the build's log what came before it, and ends the build if it started only for that. */
    void started(Run<?, ?> started, TaskListener listener) {
        synchronized (this) {
            this.started = true;
        }
        story.tell(listener);
        if (isDoomed()) {
            GateLog.end(started, verdict, listener);
        }
    }

    /** Ends a Pipeline whose program ran off, or was resumed, before it noticed. */
    void running() {
        if (isDoomed() && !Runs.wasInterrupted(run, verdict.cause())) {
            Runs.interrupt(run, verdict.result(), verdict.cause());
        }
    }

    /** Whether the build is to end before it does anything. */
    boolean isDoomed() {
        return verdict != null;
    }

    /** Puts back what it had, or waited for, before a restart. */
    synchronized void restore(Job<?, ?> of, boolean running) {
        job = of;
        for (GateRequest request : requests.all()) {
            if (!request.isKnown() && request.hasPast() && request.isRunning() == running) {
                request.restore(owner(), job);
            }
        }
    }

    /** Why it is to leave the queue; null if it is not. */
    @CheckForNull
    Outcome out() {
        return out;
    }

    /** The request that it waits for; null if there is none. */
    @CheckForNull
    synchronized RequestKey waitsFor() {
        return requests.waiting().orElse(null);
    }
}
