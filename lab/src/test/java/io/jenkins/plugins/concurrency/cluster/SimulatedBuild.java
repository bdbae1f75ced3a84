package io.jenkins.plugins.concurrency.cluster;

import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import java.util.Optional;

/** A build of a simulated controller, and what it knows of itself, which is kept over crashes. */
final class SimulatedBuild {
    enum State {
        WAITING,
        RUNNING,
        DONE
    }

    final Request request;
    State state = State.WAITING;
    Optional<Report.Place> place = Optional.empty();
    long fence;
    /** It was told to stop, or to leave, and does so when it gets to it. */
    boolean stopping;
    /** Its end is in the log, and read. */
    boolean ended;

    SimulatedBuild(Request request) {
        this.request = request;
    }

    RequestKey key() {
        return request.key();
    }

    @Override
    public String toString() {
        return request.owner() + " " + key() + " " + state;
    }
}
