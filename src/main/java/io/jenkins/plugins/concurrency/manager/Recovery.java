package io.jenkins.plugins.concurrency.manager;

import hudson.ExtensionList;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.SavedState;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import io.jenkins.plugins.concurrency.settings.Decision;
import io.jenkins.plugins.concurrency.settings.Decisions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.SystemProperties;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionList;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * Finds out, after a start-up, what the resumed builds hold and wait for, and opens the gate then.
 *
 * <p>Leases come before waiting requests, as one that waits inside another block takes nothing of what that block holds.
 */
final class Recovery {
    private static final Logger LOGGER = Logger.getLogger(Recovery.class.getName());
    private static final Duration PATIENCE =
            Duration.ofSeconds(SystemProperties.getInteger(Recovery.class.getName() + ".patienceSeconds", 300));

    private final ConcurrencyManager manager;
    /** Requests that ended before they were put back. Only until the gate opens. */
    private final Set<RequestKey> ended = ConcurrentHashMap.newKeySet();

    private final MovedBuilds movedBuilds = new MovedBuilds();

    private volatile boolean goingDown;
    private final AtomicInteger leases = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();

    Recovery(ConcurrencyManager manager) {
        this.manager = manager;
    }

    /**
     * The same after a start-up, once Pipeline has loaded all builds that it resumes. Who asks for a build that another
     * thread is about to load may get it half made, and it is loaded twice then, or never resumed.
     */
    void runAfterResumption() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!FlowExecutionList.get().isResumptionComplete() && System.nanoTime() < end) {
                Thread.sleep(20);
            }
        } catch (InterruptedException x) {
            Thread.currentThread().interrupt();
        }
        run();
    }

    /** Asks all step executions, and opens the gate once they have answered, or could not in a bounded time. */
    void run() {
        long start = System.nanoTime();
        manager.settingsChanged();
        manager.sharing().start();
        reinstateDecisions();
        try {
            report(true);
            report(false);
        } catch (InterruptedException x) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException x) {
            LOGGER.log(
                    Level.WARNING,
                    "Not all builds reported which slots they hold; those that did not are treated as gone",
                    x);
        } catch (TimeoutException x) {
            LOGGER.log(
                    Level.WARNING,
                    "Some builds did not resume within {0}, so their slots are unknown; they are treated as gone",
                    PATIENCE);
        } finally {
            if (goingDown) {
                LOGGER.log(Level.INFO, "Jenkins is shutting down before all builds were restored; no slot is granted");
            } else {
                open(start);
            }
        }
    }

    /** Jenkins goes down. Builds do not answer any more, and what they hold is not to be given to others, who would keep it. */
    void goDown() {
        goingDown = true;
    }

    private void open(long start) {
        // Once more, should a build that did not answer have kept them from it.
        each(restorer -> restorer.restore(false));
        manager.openGate();
        manager.sharing().recovered();
        ended.clear();
        DecisionFollower.get().watch();
        each(Restorer::recovered);
        LOGGER.log(
                Level.INFO,
                "Restored {0} leases and {1} waiting requests in {2} ms; slots are granted now",
                new Object[] {leases.get(), waiting.get(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)});
    }

    /** Tells the engine what people decided before the restart. */
    private void reinstateDecisions() {
        for (Decision decision : Decisions.get().all()) {
            if (!ConcurrencySettings.get().mayBe(decision.group())) {
                LOGGER.log(
                        Level.INFO,
                        "{0} is no longer declared; the limit or pause that {1} set for it is removed",
                        new Object[] {decision.group(), decision.getBy()});
                Decisions.get().takeBack(decision);
            } else {
                DecisionFollower.get().carryOut(decision.group());
            }
        }
    }

    private void report(boolean running) throws ExecutionException, InterruptedException, TimeoutException {
        each(restorer -> restorer.restore(running));
        Consumer<StepExecution> visitor = execution -> {
            if (execution instanceof Restorable restorable && restorable.isRunning() == running) {
                restorable.restore();
            }
        };
        StepExecution.acceptAll(visitor).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        movedBuilds.visit(visitor, PATIENCE.toSeconds());
    }

    MovedBuilds movedBuilds() {
        return movedBuilds;
    }

    private static void each(Consumer<Restorer> task) {
        for (Restorer restorer : ExtensionList.lookup(Restorer.class)) {
            try {
                task.accept(restorer);
            } catch (RuntimeException x) {
                LOGGER.log(Level.WARNING, x, () -> restorer + " could not restore everything from before the restart");
            }
        }
    }

    /** Puts a request back, once, unless it has ended since. */
    Restoration restore(Request request, SavedState past, Runnable putBack) {
        RequestKey key = request.key();
        // Who finds that it was put back must not go on before it really was.
        synchronized (this) {
            if (isEnded(key)) {
                return Restoration.ENDED;
            }
            if (manager.driver().isKnown(key)) {
                return Restoration.KNOWN;
            }
            putBack.run();
            restored(past);
        }
        if (isEnded(key)) {
            manager.end(key);
            return Restoration.ENDED;
        }
        return Restoration.RESTORED;
    }

    /** Counts a request that was put back. */
    private void restored(SavedState past) {
        (past.runningSince().isPresent() ? leases : waiting).incrementAndGet();
    }

    void ended(RequestKey key) {
        if (!manager.isRecovered()) {
            ended.add(key);
        }
    }

    private boolean isEnded(RequestKey key) {
        return ended.contains(key);
    }
}
