package io.jenkins.plugins.concurrency.cluster;

import io.jenkins.plugins.concurrency.engine.GroupKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * A controller that takes part, without threads of its own: one thread takes {@link #turn turns}, another one {@link #flush
 * sends}, a third one {@link #watch watches}. Everything may be done over, and at any time.
 */
final class Member {
    private static final int PAGE = 1000;
    /** As many calls go into one transaction. */
    private static final int BATCH = 1000;

    private final SharedGroupsSettings settings;
    private final Log reading;
    private final Log writing;
    private final String instance;
    private final Deliveries deliveries;
    private final Lifeline lifeline;
    private final Outbox outbox = new Outbox();
    private final Reader reader;
    private final Connection connection;
    private final Watch watch;
    private final Realm realm;

    private volatile Map<GroupKey, SharedPolicy> declared = Map.of();
    private volatile Optional<Report> report = Optional.empty();
    private volatile boolean stopped;
    private volatile Seat seat;
    /** The epoch that it had last; 0 if none. */
    private long former;

    private boolean asked;
    private boolean reported;
    private volatile boolean returned;
    private long touched;

    Member(
            SharedGroupsSettings settings,
            String instance,
            Log reading,
            Log writing,
            SharedGroupsListener listener,
            Executor executor,
            LongSupplier nanoTime) {
        this.settings = settings;
        this.instance = instance;
        this.reading = reading;
        this.writing = writing;
        deliveries = new Deliveries(listener, executor);
        lifeline = new Lifeline(settings.lostAfter(), settings.margin(), nanoTime);
        reader = new Reader(settings, reading);
        connection = new Connection(deliveries);
        watch = new Watch(lifeline, deliveries);
        realm = new Realm(settings.member(), deliveries);
    }

    /** What it knows of the shared groups. */
    Replica replica() {
        return reader.replica();
    }

    Realm realm() {
        return realm;
    }

    Outbox outbox() {
        return outbox;
    }

    boolean takesPart() {
        return returned && !connection.isAway();
    }

    boolean isStopped() {
        return stopped;
    }

    CompletableFuture<Answer> submit(Call call) {
        if (call instanceof Call.Declare declare) {
            declared = declare.groups();
        } else if (call instanceof Call.End end) {
            watch.end(end.key());
        }
        return outbox.add(Qualified.call(call, settings.member()));
    }

    /** Joins if it has to, says that it lives, reads and applies what is new, and tells what that causes. */
    void turn() {
        if (stopped) {
            return;
        }
        // First of all, as it may have been frozen.
        watch();
        try {
            if (seat == null) {
                join();
            }
            if (lifeline.now() - touched >= settings.touchEvery().toNanos() || !lifeline.holds()) {
                touch();
            }
            read();
            comeBack();
            compare();
            connection.answered();
        } catch (LogAwayException x) {
            connection.failed(x);
        } catch (FencedException x) {
            fenced(x);
        } catch (OutdatedException x) {
            stop(new Event.Outdated(x.getMessage()), x);
        }
        deliver();
    }

    private void join() throws LogAwayException, OutdatedException, FencedException {
        reader.load();
        seat = reading.join(new Introduction(
                settings.member(), settings.url(), instance, Version.CURRENT, settings.lostAfter(), former));
        former = seat.epoch();
        touched = lifeline.now() - settings.touchEvery().toNanos();
        asked = false;
        report = Optional.empty();
    }

    private void touch() throws LogAwayException, FencedException {
        long begun = lifeline.now();
        Pulse pulse = reading.touch(seat, replica().seq(), realm.silent(begun));
        lifeline.answered(begun);
        touched = begun;
        // After the answer: who was seen then may have given that sign of life just now.
        realm.pulse(pulse, lifeline.now());
    }

    private void read() throws LogAwayException, FencedException, OutdatedException {
        int size;
        do {
            Optional<List<Applied>> page = reader.read(PAGE);
            if (page.isEmpty()) {
                deliveries.tell(new Event.HistoryChanged());
                startOver();
                return;
            }
            size = page.get().size();
            FencedException fenced = null;
            for (Applied applied : page.get()) {
                note(applied);
                fenced = fenced == null ? fenced(applied.entry()) : fenced;
            }
            if (fenced != null) {
                throw fenced;
            }
        } while (size >= PAGE - 1);
    }

    private void compare() throws LogAwayException {
        reader.compare().ifPresent(seq -> {
            deliveries.tell(new Event.ReplicaDiffered(seq));
            startOver();
        });
    }

    private void note(Applied applied) {
        Entry entry = applied.entry();
        Optional<Outbox.Pending> own =
                entry.member().equals(settings.member()) ? outbox.answered(entry) : Optional.empty();
        if (own.isPresent() && own.get().call() instanceof Call.ComeBack) {
            returned = true;
            deliveries.tell(new Event.TakesPart());
        }
        // What was before that is part of what its builds said, or is told anew.
        if (returned) {
            watch.add(applied.news());
        }
        own.ifPresent(call -> watch.addAnswer(() -> deliveries.answer(call.answer(), applied)));
        deliveries.tell(new Answer(entry.seq(), applied.effects()));
        realm.applied(entry, replica());
    }

    /** Whether this entry ends its epoch; null if not. */
    private FencedException fenced(Entry entry) {
        if (!entry.member().equals(settings.member())) {
            return null;
        } else if (entry.callNo() == Entry.LOST && entry.epoch() == seat.epoch()) {
            return new FencedException("This controller was declared lost.", false);
        } else if (entry.callNo() == Entry.JOINED && entry.epoch() > seat.epoch()) {
            return entry.isOf(instance)
                    ? new FencedException("An earlier attempt to join arrived late.", false)
                    : new FencedException("Another process has joined as '" + settings.member() + "'.", true);
        }
        return null;
    }

    /** Tells what its builds have, once it has read all that came before it joined. */
    private void comeBack() {
        if (seat == null || reported || replica().seq() < seat.joined()) {
            return;
        }
        if (!asked) {
            asked = true;
            Seat of = seat;
            deliveries.askForReport(told -> {
                if (of.equals(seat)) {
                    report = Optional.of(told);
                }
            });
        }
        report.ifPresent(told -> {
            List<Call> first = new ArrayList<>();
            // Before anybody asks for these groups, also those who ask anew.
            if (!declared.equals(replica().declarations().of(settings.member()))) {
                first.add(new Call.Declare(declared));
            }
            watch.run(told.holding());
            first.add(new Call.ComeBack(Qualified.report(told, settings.member(), outbox.asked())));
            outbox.open(seat, first);
            reported = true;
        });
    }

    private void deliver() {
        if (lifeline.holds()) {
            watch.deliver();
        }
        if (reported) {
            realm.deadlines(replica(), lifeline.now(), () -> {
                if (!outbox.has(Call.Tick.class)) {
                    outbox.add(new Call.Tick());
                }
            });
        }
    }

    /**
     * Sends what waits.
     *
     * @return whether nothing went wrong
     */
    boolean flush() {
        Optional<Outbox.Batch> batch = outbox.next(BATCH);
        if (batch.isEmpty() || stopped) {
            return true;
        }
        long begun = lifeline.now();
        try {
            writing.append(batch.get().seat(), batch.get().first(), batch.get().calls());
            lifeline.answered(begun);
            outbox.sent(batch.get());
            connection.sent();
            return true;
        } catch (LogAwayException x) {
            connection.sendingFailed(x);
        } catch (FencedException x) {
            // The other thread finds that out as it reads. It may have done so, and have joined anew, already.
        }
        return false;
    }

    /** Stops bodies whose slots may soon be given on. */
    void watch() {
        if (!stopped) {
            watch.look(replica());
        }
    }

    private void fenced(FencedException why) {
        if (why.isTaken()) {
            watch.stopAll(News.Why.FENCED);
            stop(new Event.Fenced(), why);
        } else {
            lifeline.cut();
            watch.look(replica());
            deliveries.tell(new Event.WasLost());
            startOver();
        }
    }

    /** Its seat is void: it takes a new one, and tells anew what its builds have. */
    private void startOver() {
        outbox.suspend();
        watch.forget();
        seat = null;
        reported = false;
        returned = false;
    }

    private void stop(Event event, Exception why) {
        startOver();
        stopped = true;
        deliveries.tell(event);
        deliveries.fail(outbox.close(why), why);
    }
}
