package io.jenkins.plugins.concurrency.queue;

import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.Restoration;
import io.jenkins.plugins.concurrency.manager.StoredRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a {@link GateEntry} asks for, one after the other: first what its job says, then the caps that its build counts for,
 * so that a build that waits for something else keeps no others from running. Guarded by the entry, but for the list,
 * which is replaced, never changed.
 */
final class EntryRequestList {
    private final GateEntry entry;
    private volatile List<EntryRequest> all;

    EntryRequestList(GateEntry entry, List<StoredEntry.Part> stored) {
        this.entry = entry;
        this.all = stored.stream()
                .map(part -> new EntryRequest(entry, part.request(), part.cap()))
                .toList();
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    List<StoredEntry.Part> stored() {
        return all.stream()
                .map(request -> new StoredEntry.Part(request.stored(), request.isCap()))
                .toList();
    }

    void remove(EntryRequest request) {
        all = all.stream().filter(other -> other != request).toList();
    }

    private void drop(EntryRequest request) {
        request.end();
        remove(request);
    }

    /**
     * Asks for the next that it needs and does not have.
     *
     * @param refused is told of a request that ends at once
     * @return whether it has all
     * @throws InvalidRequestException if what the job says makes no sense for this item
     */
    boolean askNext(Job<?, ?> job, Queue.Item item, BiConsumer<EntryRequest, Effect.Ended> refused) {
        wantLimit(job, item);
        if (!ask(refused)) {
            return false;
        }
        wantCaps(job, item);
        return ask(refused);
    }

    /** Whether it wants something else than the job says now. */
    boolean areOutdated(Job<?, ?> job, Queue.Item item) {
        try {
            return !isLimit(LimitRequestFactory.create(job, entry.owner(), item));
        } catch (InvalidRequestException x) {
            return false;
        }
    }

    /** What it has asked for already it goes on with, should it not be allowed to ask any more, under what then holds for it. */
    private void wantLimit(Job<?, ?> job, Queue.Item item) {
        try {
            wantLimit(LimitRequestFactory.create(job, entry.owner(), item));
        } catch (InvalidRequestException x) {
            if (limit().isEmpty()) {
                throw x;
            }
        }
    }

    /** Wants this, in the old place if that is not what it has wanted so far. */
    private void wantLimit(Optional<Request> wanted) {
        if (isLimit(wanted)) {
            return;
        }
        Optional<EntryRequest> has = limit();
        if (wanted.isEmpty()) {
            has.ifPresent(this::drop);
        } else if (has.isEmpty()) {
            all = Stream.concat(Stream.of(create(wanted.get(), false)), all.stream())
                    .toList();
        } else {
            has.get().changeTo(wanted.get());
        }
    }

    /** Whether this, and nothing else, is what it wants because of what the job says. */
    private boolean isLimit(Optional<Request> wanted) {
        Optional<EntryRequest> has = limit();
        return wanted.isEmpty()
                ? has.isEmpty()
                : has.isPresent() && has.get().stored().asksForTheSame(wanted.get());
    }

    private Optional<EntryRequest> limit() {
        return all.stream().filter(Predicate.not(EntryRequest::isCap)).findFirst();
    }

    /** Wants the caps, too, unless its build counts as a part of another one. */
    private void wantCaps(Job<?, ?> job, Queue.Item item) {
        if (CapRequestFactory.isPart(item.getCauses())) {
            all.stream().filter(EntryRequest::isCap).forEach(this::drop);
        } else {
            CapRequestFactory.create(job, entry.owner(), caps(), item.getCauses())
                    .ifPresent(this::addCap);
        }
    }

    /** Has a running build count for the caps that it does not count for yet, even over their limits. Whether there are any. */
    boolean addMissingCaps(Job<?, ?> job, Run<?, ?> run) {
        Optional<Request> missing = CapRequestFactory.isPart(run.getCauses())
                ? Optional.empty()
                : CapRequestFactory.create(job, entry.owner(), caps(), List.of());
        missing.map(this::addCap).ifPresent(request -> {
            request.ask(entry.owner());
            ConcurrencyManager.get().startNow(request.key());
        });
        if (missing.isPresent() && !run.isLogUpdated()) {
            // It ended meanwhile, and so nobody would give it back.
            end();
        }
        return missing.isPresent();
    }

    private EntryRequest addCap(Request missing) {
        EntryRequest added = create(missing, true);
        all = Stream.concat(all.stream(), Stream.of(added)).toList();
        return added;
    }

    private EntryRequest create(Request request, boolean cap) {
        return new EntryRequest(entry, new StoredRequest(request), cap);
    }

    /** The caps that it has, or asks for. */
    private List<GroupKey> caps() {
        return all.stream()
                .filter(EntryRequest::isCap)
                .flatMap(request -> request.groups().stream())
                .toList();
    }

    private boolean ask(BiConsumer<EntryRequest, Effect.Ended> refused) {
        for (EntryRequest request : all) {
            if (!request.isKnown()) {
                request.ask(entry.owner()).ifPresent(ended -> refused.accept(request, ended));
            }
            if (!request.has()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Asks again for what it can have at once.
     *
     * @return whether it has all
     */
    boolean tryAgain(Consumer<Effect.Granted> granted) {
        for (EntryRequest request : all) {
            if (!request.isKnown()) {
                request.tryAgain(entry.owner()).ifPresent(granted);
            }
            if (!request.has()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Puts back the leases, or what waits.
     *
     * @return whether somebody else has one of them, or has had it and ended
     */
    boolean restore(Owner owner, Job<?, ?> job, boolean running) {
        boolean others = false;
        for (EntryRequest request : all) {
            if (!request.isKnown() && request.isToBePutBack(running)) {
                others |= request.restore(owner, job) != Restoration.RESTORED;
            }
        }
        return others;
    }

    /** The one that it waits for. */
    Optional<RequestKey> waiting() {
        return all.stream()
                .filter(request -> !request.isRunning())
                .map(EntryRequest::key)
                .findFirst();
    }

    /** Its job has another limit: that counts at once for what it waits for. */
    void changeLimit(int limit) {
        limit().ifPresent(request -> request.changeLimit(limit));
    }

    /** Those, too, that nobody tells as they have given back what they had. */
    void relocated(String from, String to) {
        all.forEach(request -> request.relocated(from, to));
    }

    void giveBack() {
        all.forEach(EntryRequest::giveBack);
    }

    void end() {
        all.forEach(EntryRequest::end);
    }

    void transfer(Owner to) {
        all.stream()
                .filter(EntryRequest::isKnown)
                .forEach(request -> ConcurrencyManager.get().transfer(request.key(), to));
    }
}
