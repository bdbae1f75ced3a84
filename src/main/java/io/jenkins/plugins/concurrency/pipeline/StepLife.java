package io.jenkins.plugins.concurrency.pipeline;

import java.io.IOException;
import java.io.Serializable;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;

/**
 * How far a {@code concurrency} step is, as a part of the program.
 *
 * <p>Three threads meet here: the manager's, which tells what becomes of the request; anybody's who stops the step; and the
 * program's own, which starts and ends the body. These are their races:
 *
 * <ul>
 *   <li>Stopped before the grant: the request is withdrawn. Was the grant on its way already, then it is given back when it
 *       arrives, instead of starting the body.
 *   <li>Stopped after it: there is a body, and that is cancelled.
 *   <li>Granted, and the controller goes down before the program was saved with the body in it: the step is found waiting,
 *       and asks again in its old place. So slots are noted when the body starts, on the program's thread.
 *   <li>The body ends, and the controller goes down before the program was saved: the step is found with its slots. Nobody
 *       else has had them, as they are given back only after the program was saved.
 *   <li>The step ends, and the controller goes down before the program was saved: the step is found waiting, or with a body
 *       that is done, and ends again.
 * </ul>
 */
final class StepLife implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Each leads to the next one, or to the last. */
    enum Phase {
        /** It waits for its slots. */
        WAITING,
        /** It has its slots, and its body is about to start. */
        STARTING,
        /** Its body runs, or has run. */
        RUNNING,
        /** It has ended without its body. */
        DONE
    }

    /** Starts a body. */
    interface Starter {
        BodyExecution start() throws IOException, InterruptedException;
    }

    private Phase phase = Phase.WAITING;
    private BodyExecution body;
    /** Nobody has stopped it yet after a restart. */
    private transient Throwable stopped;

    /** What has not become part of the program has not happened. */
    private synchronized Object readResolve() {
        if (phase != Phase.RUNNING) {
            phase = Phase.WAITING;
            body = null;
        }
        return this;
    }

    synchronized boolean is(Phase expected) {
        return phase == expected;
    }

    /** Whether the body has ended, and the step has not yet. */
    synchronized boolean isBodyDone() {
        return phase == Phase.RUNNING && body.isDone();
    }

    /** Null before it starts. */
    synchronized BodyExecution body() {
        return body;
    }

    /** Why somebody stopped the step; null if nobody did. */
    synchronized Throwable stopped() {
        return stopped;
    }

    /** Somebody stops the step. The body that is to be cancelled; null if there is none, and there will be none. */
    synchronized BodyExecution stop(Throwable cause) {
        stopped = cause;
        return body;
    }

    /** Whether the body was started, as nobody had stopped the step. */
    synchronized boolean start(Starter starter) throws IOException, InterruptedException {
        if (stopped != null || phase != Phase.WAITING) {
            return false;
        }
        phase = Phase.STARTING;
        body = starter.start();
        return true;
    }

    synchronized void run() {
        phase = Phase.RUNNING;
    }

    /** Whether it had not ended before. */
    synchronized boolean end() {
        boolean first = phase != Phase.DONE;
        phase = Phase.DONE;
        return first;
    }
}
