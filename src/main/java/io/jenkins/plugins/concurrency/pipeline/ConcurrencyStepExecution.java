package io.jenkins.plugins.concurrency.pipeline;

import com.google.common.util.concurrent.MoreExecutors;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import hudson.AbortException;
import hudson.model.Computer;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.Interruption;
import io.jenkins.plugins.concurrency.manager.Interruption.Kind;
import io.jenkins.plugins.concurrency.manager.ItemNames;
import io.jenkins.plugins.concurrency.manager.Requester;
import io.jenkins.plugins.concurrency.manager.Restorable;
import io.jenkins.plugins.concurrency.manager.Runs;
import io.jenkins.plugins.concurrency.manager.StoredRequest;
import io.jenkins.plugins.concurrency.pipeline.StepLife.Phase;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * A {@code concurrency} step that waits, or whose body runs. {@link StepLife} tells how far it is.
 *
 * <p>What becomes of its request arrives in {@link #onEffect}, on a thread of the manager's.
 */
@SuppressFBWarnings(
        value = "SE_TRANSIENT_FIELD_NOT_RESTORED",
        justification = "After a restart a wait is told of again")
final class ConcurrencyStepExecution extends StepExecution implements Requester, Restorable {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(ConcurrencyStepExecution.class.getName());

    private final ConcurrencyStep step;
    private final StepLife life = new StepLife();
    private String block;
    private StoredRequest request;
    private Interruption interruption;
    private transient WaitReport report;

    ConcurrencyStepExecution(ConcurrencyStep step, StepContext context) {
        super(context);
        this.step = step;
    }

    @Override
    public boolean start() throws Exception {
        block = getContext().get(FlowNode.class).getId();
        Optional<Effect.Ended> ended;
        Run<?, ?> run = run();
        List<RequestKey> within = StepRequestFactory.within(run, EnclosingLeases.around(getContext()));
        try {
            ended = ItemNames.get().hold(() -> ask(StepRequestFactory.create(step, run, within)));
        } catch (InvalidRequestException x) {
            throw new AbortException(x.getMessage());
        }
        return ended.isPresent() && end().atOnce(ended.get());
    }

    private Optional<Effect.Ended> ask(Request asked) {
        request = new StoredRequest(asked);
        return ConcurrencyManager.get().request(asked, this);
    }

    @Override
    public void stop(@NonNull Throwable cause) {
        BodyExecution running = life.stop(cause);
        if (running != null) {
            running.cancel(cause);
        } else if (!ConcurrencyManager.get().withdraw(request.key())) {
            fail(cause);
        }
    }

    @Override
    public void onResume() {
        if (life.isBodyDone()) {
            // The controller went down before this step ended too.
            Body.end(getContext(), life.body());
            return;
        }
        restore();
        try {
            if (interruption != null) {
                Runs.interruptIfMissed(run(), end().result(), interruption);
            }
        } catch (IOException | InterruptedException x) {
            fail(x);
        }
    }

    @Override
    public boolean isRunning() {
        return life.is(Phase.RUNNING);
    }

    @Override
    public void restore() {
        if (life.is(Phase.DONE) || life.isBodyDone() || isRunning() && request.isReleased()) {
            return;
        }
        request.keep();
        try {
            Run<?, ?> run = run();
            ItemNames.get().holding(() -> restore(run));
        } catch (IOException | InterruptedException | RuntimeException x) {
            fail(x);
        }
    }

    private void restore(Run<?, ?> run) {
        request.resumed(run);
        ConcurrencyManager.get().restore(request.request(Runs.owner(run)), request.past(), request.place(), this);
    }

    @Override
    public void onEffect(@NonNull Effect effect) {
        try {
            if (effect instanceof Effect.Queued queued) {
                queued(queued);
            } else if (effect instanceof Effect.Granted granted) {
                granted(granted);
            } else if (effect instanceof Effect.Ended ended) {
                end().of(ended);
            } else if (effect instanceof Effect.CancelRunning cancel) {
                cancelRunning(cancel);
            } else if (effect instanceof Effect.Moved moved) {
                request.moved(moved);
                getContext().saveState();
            } else if (effect instanceof Effect.LimitChanged changed) {
                tell(log -> log.limitChanged(changed));
            }
        } catch (IOException | InterruptedException | RuntimeException x) {
            cannotCarryOut(effect, x);
        }
    }

    /** A body that runs keeps its slots, whatever went wrong beside it. */
    private void cannotCarryOut(Effect effect, Exception x) {
        LOGGER.log(isRunning() ? Level.WARNING : Level.FINE, x, () -> "Cannot carry out " + effect);
        if (!isRunning()) {
            // The build is gone, or on its way.
            ConcurrencyManager.get().end(effect.request());
            fail(x);
        }
    }

    private void queued(Effect.Queued effect) throws IOException, InterruptedException {
        request.queued(effect);
        if (report == null) {
            report = new WaitReport(getContext().get(Computer.class) != null);
        }
        tell(log -> Pause.begin(getContext().get(FlowNode.class), effect.group()));
        tell(log -> report.queued(log, effect));
        getContext().saveState();
    }

    private void granted(Effect.Granted effect) throws IOException, InterruptedException {
        tell(log -> Pause.end(getContext().get(FlowNode.class)));
        // Whether its node is active says nothing: after a crash, nodes can be newer than the program.
        if (run().isLogUpdated() && life.start(() -> startBody(effect))) {
            getContext().saveState();
            return;
        }
        ConcurrencyManager.get().end(effect.request());
        if (life.stopped() != null) {
            fail(life.stopped());
        }
    }

    private BodyExecution startBody(Effect.Granted effect) throws IOException, InterruptedException {
        tell(log -> log.granted(effect, report != null));
        request.granting(effect);
        return Body.start(getContext(), step, request.groups().get(0), this, effect);
    }

    /** On the program's thread, so that no program is ever saved that holds slots and has not started its body. */
    void bodyStarts(Effect.Granted effect) {
        request.granted(effect);
        life.run();
    }

    /** Gives the slots back when the program, with the body's end, was saved: see above. */
    void bodyEnds(StepContext context) {
        context.saveState()
                .addListener(() -> ConcurrencyManager.get().end(request.key()), MoreExecutors.directExecutor());
    }

    private void cancelRunning(Effect.CancelRunning effect) throws IOException, InterruptedException {
        interruption = Interruption.of(run(), Kind.CANCELLED_RUNNING, effect.group(), effect.by());
        request.leave();
        tell(log -> log.cancelled(effect));
        getContext().saveState();
        Runs.interrupt(run(), end().result(), interruption);
    }

    private StepEnd end() {
        return new StepEnd(step, getContext(), life);
    }

    private void fail(Throwable cause) {
        end().fail(cause);
    }

    @Override
    public void remind() {
        WaitReport.remind(report, getContext(), request.key());
    }

    @Override
    public void told(@NonNull Supplier<String> line) {
        tell(log -> log.told(line.get()));
    }

    /** The program is saved first, as when the body ends: after a crash, two would be found inside otherwise. */
    @Override
    public boolean release() {
        boolean holds = life.body() != null && request.release();
        if (holds) {
            bodyEnds(getContext());
        }
        return holds;
    }

    @Override
    public void refuse(@NonNull String why) {
        fail(new AbortException(why));
    }

    @Override
    public void relocated(@NonNull String from, @NonNull String to) {
        if (request.relocated(from, to)) {
            getContext().saveState();
        }
    }

    @NonNull
    @Override
    public Optional<String> block() {
        return Optional.ofNullable(block);
    }

    @NonNull
    @Override
    public Optional<String> reason() {
        return Optional.ofNullable(step.getReason());
    }

    @Override
    public String getStatus() {
        return WaitReport.status(request.key());
    }

    private Run<?, ?> run() throws IOException, InterruptedException {
        return getContext().get(Run.class);
    }

    private void tell(StepLog.Line line) {
        StepLog.tell(getContext(), line);
    }
}
