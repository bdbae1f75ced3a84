package io.jenkins.plugins.concurrency.queue;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Job;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.Requester;
import io.jenkins.plugins.concurrency.manager.Restoration;
import io.jenkins.plugins.concurrency.manager.StoredRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import jenkins.model.CauseOfInterruption;

/** One request of a queue entry, later of its build. Guarded by the {@link GateEntry} that it is part of. */
final class EntryRequest implements Requester {
    private final GateEntry entry;
    private final boolean cap;
    /** Replaced, never changed, as any thread may write it to disk. */
    private volatile StoredRequest stored;
    /** Whether the manager knows it, from here, in this run of Jenkins. */
    private boolean known;

    EntryRequest(GateEntry entry, StoredRequest stored, boolean cap) {
        this.entry = entry;
        this.stored = stored;
        this.cap = cap;
    }

    StoredRequest stored() {
        return stored;
    }

    RequestKey key() {
        return stored.key();
    }

    /** Whether it is for the caps that the build counts for, not for what its job asks for. */
    boolean isCap() {
        return cap;
    }

    /** The groups that it names. */
    List<GroupKey> groups() {
        return stored.groups();
    }

    /** Whether it was granted, and that was not given back. */
    boolean isRunning() {
        return stored.isRunning();
    }

    boolean isKnown() {
        return known;
    }

    /** Whether it has what it asked for, here and in the engine. */
    boolean has() {
        return known && isRunning();
    }

    /** Whether it ran, or waited, before a restart, and nobody took that away. */
    boolean isToBePutBack(boolean running) {
        return stored.hasTicket() && isRunning() == running && !stored.isReleased();
    }

    /** Whether an effect is on what it asks for now, not on what it gave back meanwhile. */
    boolean isMeant(Effect effect) {
        return known && effect.request().equals(key());
    }

    /** Asks for the first time, or again in its old place; it has nothing then. */
    Optional<Effect.Ended> ask(Owner owner) {
        if (stored.isRunning()) {
            stored = stored.newAttempt();
        }
        Request request = stored.request(owner);
        Optional<Effect.Ended> ended = stored.hasTicket()
                ? ConcurrencyManager.get().requestAgain(request, stored.place(), this)
                : ConcurrencyManager.get().request(request, this);
        known = ended.isEmpty();
        return ended;
    }

    /** Asks again if it can have all it wants at once; otherwise nothing happens. Waits for no other lock. */
    Optional<Effect.Granted> tryAgain(Owner owner) {
        Optional<Effect.Granted> granted =
                ConcurrencyManager.get().tryAgain(stored.request(owner), stored.place(), this);
        known = granted.isPresent();
        granted.ifPresent(this::granted);
        return granted;
    }

    /**
     * Puts it back as it was before a restart. If it waits, the job's limit of now counts: after a crash, the queue is as it
     * was a while before.
     */
    Restoration restore(Owner owner, Job<?, ?> job) {
        ConcurrencyLimitProperty limit = SavedLimits.of(job);
        if (!cap && !isRunning() && limit != null && !stored.hasLimit(limit.getLimit())) {
            stored = stored.withLimit(limit.getLimit());
        }
        change(request -> request.resumed(job));
        Restoration result =
                ConcurrencyManager.get().restore(stored.request(owner), stored.past(), stored.place(), this);
        known = result == Restoration.RESTORED;
        return result;
    }

    /** Gives back what it has, or waits for; it can ask again. */
    void giveBack() {
        end();
        stored = stored.newAttempt();
    }

    /** Asks for something else from now on, in the same place. */
    void changeTo(Request other) {
        end();
        stored = stored.replacedBy(other);
    }

    /** Gives its group another limit, and keeps its place. */
    void changeLimit(int limit) {
        if (known && !isRunning() && !stored.hasLimit(limit)) {
            stored = stored.withLimit(limit);
            ConcurrencyManager.get().changeLimit(key(), limit);
        }
    }

    void end() {
        if (known) {
            known = false;
            ConcurrencyManager.get().end(key());
        }
    }

    void queued(Effect.Queued effect) {
        change(request -> request.queued(effect));
    }

    void moved(Effect.Moved effect) {
        change(request -> request.moved(effect));
    }

    void granted(Effect.Granted effect) {
        change(request -> request.granted(effect));
    }

    void leave() {
        change(StoredRequest::leave);
    }

    /** A person takes away what it has, while its build goes on. Whether it had anything; it is to be ended then. */
    boolean giveUp() {
        boolean had = has();
        if (had) {
            change(StoredRequest::release);
        }
        return had;
    }

    private void change(Consumer<StoredRequest> change) {
        StoredRequest next = stored.copy();
        change.accept(next);
        stored = next;
    }

    @Override
    public void onEffect(@NonNull Effect effect) {
        entry.onEffect(this, effect);
    }

    @Override
    public void told(@NonNull Supplier<String> line) {
        entry.story().told(line);
    }

    @Override
    public boolean leaveQueue(@NonNull GroupKey group, @NonNull CauseOfInterruption by) {
        return EntryByHand.leaveQueue(entry, group, by);
    }

    @Override
    public boolean release() {
        return EntryByHand.release(entry, this);
    }

    /** The build starts, so that this is on record, and fails; or it runs already, and ends. */
    @Override
    public void refuse(@NonNull String why) {
        boolean runs = entry.lock().get(() -> {
            known = false;
            entry.end().fail(why);
            return entry.story().hasBegun();
        });
        if (runs) {
            entry.end().carryOut(entry.build());
        } else {
            QueueGate.get().proceed(entry);
        }
    }

    @Override
    public void relocated(@NonNull String from, @NonNull String to) {
        entry.lock().run(() -> change(request -> request.relocated(from, to)));
    }

    /** There is no log yet; the queue entry tells at any time. */
    @Override
    public void remind() {}

    @NonNull
    @Override
    public Optional<String> reason() {
        return Optional.empty();
    }
}
