package io.jenkins.plugins.concurrency.queue;

import java.util.concurrent.atomic.AtomicReference;

/**
 * The life of a queue entry that needs slots before it starts. Each line of the table is a method here, and nothing else
 * changes a state.
 *
 * <pre>
 * from           what happens                                  to       what follows
 * NEW            the queue asks whether it may start       (q) ASKED    it asks for slots
 * ASKED          it has all, or is to fail                     READY    the queue is woken
 * READY          its causes or its limit have changed      (q) ASKED    it asks for what it needs now
 * READY          something else keeps it waiting           (q) NEW      it gives back what it has
 * READY          no executor has come in a few seconds     (q) PARKED   it gives back what it has
 * PARKED         an executor comes, the slots are free     (q) READY    it has them again
 * PARKED         an executor comes, the slots are not free (q) ASKED    it asks for them
 * ASKED, READY   it is not to wait, or a newer one came        DROPPED  it leaves the queue, on record
 * READY          its executor starts it                    (q) LEFT     its build is about to begin
 * any            its build begins                              STARTED  if it had LEFT; any other build ends at once
 * NEW            its item has become a build before       (q) DUPLICATE it leaves the queue
 * not STARTED    it is gone without a build                (q) ENDED    it gives back what it has
 * </pre>
 *
 * <p>{@code (q)}: under the queue's lock, where nothing is done but this. So the queue never starts an item that gives
 * something back. What is given back is asked for again in its old place in time.
 */
final class EntryLife {
    enum State {
        NEW,
        ASKED,
        READY,
        PARKED,
        DROPPED,
        LEFT,
        STARTED,
        DUPLICATE,
        ENDED
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.NEW);

    State state() {
        return state.get();
    }

    boolean is(State expected) {
        return state() == expected;
    }

    boolean isInQueue() {
        return !is(State.STARTED) && !is(State.ENDED);
    }

    private boolean move(State from, State to) {
        return state.compareAndSet(from, to);
    }

    /** All of these tell whether the transition took place. */
    boolean startToAsk() {
        return move(State.NEW, State.ASKED);
    }

    boolean getReady() {
        return move(State.ASKED, State.READY);
    }

    boolean askAnew() {
        return move(State.READY, State.ASKED);
    }

    boolean yieldSlots() {
        return move(State.READY, State.NEW);
    }

    boolean park() {
        return move(State.READY, State.PARKED);
    }

    boolean takeAgain() {
        return move(State.PARKED, State.READY);
    }

    boolean askAgain() {
        return move(State.PARKED, State.ASKED);
    }

    boolean drop() {
        return move(State.ASKED, State.DROPPED) || move(State.READY, State.DROPPED);
    }

    boolean leave() {
        return move(State.READY, State.LEFT);
    }

    boolean markAsDuplicate() {
        return move(State.NEW, State.DUPLICATE);
    }

    /** Whether its item is in the queue no more, as it became a build. */
    boolean isBuild() {
        State now = state();
        return now == State.LEFT || now == State.STARTED;
    }

    /** Whether it was to start; once it has, that does not change any more. */
    boolean start() {
        State before = state.getAndSet(State.STARTED);
        return before == State.LEFT || before == State.STARTED;
    }

    boolean end() {
        return state.updateAndGet(now -> now == State.STARTED ? now : State.ENDED) == State.ENDED;
    }
}
