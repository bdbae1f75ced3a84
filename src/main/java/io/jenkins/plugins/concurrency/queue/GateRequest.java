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
import io.jenkins.plugins.concurrency.manager.StoredRequest;
import java.util.List;
import java.util.Optional;

/** A request of a queue item, later of its build. Guarded by the {@link QueuedBuild} that it is part of, and kept with it. */
final class GateRequest implements Requester {
    private final QueuedBuild build;
    private StoredRequest stored;
    /** Whether the manager knows it in this run of Jenkins. */
    private transient boolean known;

    private final boolean cap;

    GateRequest(QueuedBuild build, Request request, boolean cap) {
        this.build = build;
        this.cap = cap;
        this.stored = new StoredRequest(request);
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

    boolean isRunning() {
        return stored.isRunning();
    }

    boolean isKnown() {
        return known;
    }

    /** Whether it came to the engine before a restart, or before it was given back. */
    boolean hasPast() {
        return stored.hasTicket();
    }

    /** Asks for the first time, or once more in its old place. */
    Optional<Effect.Ended> ask(Owner owner) {
        known = true;
        if (hasPast()) {
            ConcurrencyManager.get().restore(stored.request(owner), stored.past(), this);
            return Optional.empty();
        }
        return ConcurrencyManager.get().request(stored.request(owner), this);
    }

    /** Puts it back as it was before a restart. */
    void restore(Owner owner, Job<?, ?> job) {
        stored.resumed(job);
        ask(owner);
    }

    /** Gives back what it has, if anything; it can ask again. */
    void giveBack() {
        end();
        stored = stored.again();
    }

    /** Gives its group another limit, and keeps its place. */
    void changeLimit(int limit) {
        if (!stored.hasLimit(limit)) {
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
        stored.queued(effect);
    }

    void granted(Effect.Granted effect) {
        stored.granted(effect);
    }

    void leave() {
        stored.leave();
    }

    void follow(String from, String to) {
        stored.relocated(from, to);
    }

    @Override
    public void on(@NonNull Effect effect) {
        build.on(this, effect);
    }

    @Override
    public void relocated(@NonNull String from, @NonNull String to) {
        build.relocated(this, from, to);
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
