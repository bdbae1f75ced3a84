package io.jenkins.plugins.concurrency.cluster;

import io.jenkins.plugins.concurrency.engine.RequestKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Calls that were not read back from the log yet, in their order. In each epoch they are numbered anew: those of an epoch that
 * is over are in the log by then, and read, or never will be. Safe for use by several threads.
 */
final class Outbox {
    /** A call that waits for its answer. */
    record Pending(Call call, byte[] bytes, CompletableFuture<Answer> answer) {}

    /** What goes into the log in one transaction. */
    record Batch(Seat seat, long first, List<byte[]> calls) {}

    private final Deque<Pending> pending = new ArrayDeque<>();
    /** In whose epoch they are numbered: also when that is over, until all that was sent in it was read. */
    private Seat seat;

    private boolean open;
    /** The number of the first one. */
    private long first;
    /** How many of them are in the log for certain. */
    private int sent;

    private Exception closed;

    synchronized CompletableFuture<Answer> add(Call call) {
        Pending added = new Pending(call, CallCodec.encode(call), new CompletableFuture<>());
        if (closed != null) {
            added.answer().completeExceptionally(closed);
        } else {
            pending.add(added);
            notifyAll();
        }
        return added.answer();
    }

    /** A new epoch, and all of the one before was read: these go first now, and then all that wait. */
    synchronized void open(Seat newSeat, List<Call> before) {
        pending.removeIf(each -> each.call() instanceof Call.ComeBack || each.call() instanceof Call.Tick);
        List<Call> turned = new ArrayList<>(before);
        Collections.reverse(turned);
        turned.forEach(call -> pending.addFirst(new Pending(call, CallCodec.encode(call), new CompletableFuture<>())));
        seat = newSeat;
        open = true;
        first = 1;
        sent = 0;
        notifyAll();
    }

    /** The epoch is over. */
    synchronized void suspend() {
        open = false;
    }

    /** Nothing is ever sent again. */
    synchronized List<CompletableFuture<Answer>> close(Exception why) {
        open = false;
        closed = why;
        List<CompletableFuture<Answer>> left =
                pending.stream().map(Pending::answer).toList();
        pending.clear();
        notifyAll();
        return left;
    }

    /** The next ones that are not in the log for certain. */
    synchronized Optional<Batch> next(int atMost) {
        if (!open || sent >= pending.size()) {
            return Optional.empty();
        }
        List<byte[]> calls = new ArrayList<>();
        Iterator<Pending> each = pending.iterator();
        for (int i = 0; i < sent; i++) {
            each.next();
        }
        while (each.hasNext() && calls.size() < atMost) {
            calls.add(each.next().bytes());
        }
        return Optional.of(new Batch(seat, first + sent, calls));
    }

    /** A batch is in the log. */
    synchronized void sent(Batch batch) {
        if (batch.seat().equals(seat)) {
            // Some of them may have been read back already.
            sent = Math.max(sent, (int) (batch.first() + batch.calls().size() - first));
        }
    }

    /** A call of this seat was read back; empty if it is none of this process. */
    synchronized Optional<Pending> answered(Entry entry) {
        if (seat == null || entry.epoch() != seat.epoch() || entry.callNo() != first || pending.isEmpty()) {
            return Optional.empty();
        }
        first++;
        sent = Math.max(0, sent - 1);
        return Optional.of(pending.removeFirst());
    }

    /** The requests that are asked for in calls that wait. */
    synchronized Set<RequestKey> asked() {
        Set<RequestKey> asked = new HashSet<>();
        for (Pending each : pending) {
            if (each.call() instanceof Call.Ask ask) {
                asked.add(ask.request().key());
            } else if (each.call() instanceof Call.AskAgain again) {
                asked.add(again.request().key());
            }
        }
        return asked;
    }

    synchronized boolean has(Class<? extends Call> kind) {
        return pending.stream().anyMatch(each -> kind.isInstance(each.call()));
    }

    /** Waits until there is something to send. */
    synchronized void await(long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        for (long left = millis; left > 0 && next(1).isEmpty(); left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
    }
}
