package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.Claim;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.MovedPlace;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.SavedState;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * A request and what became of it, as it is kept with a Pipeline's program, a queue item or a build. All that is needed
 * to put it back after a restart. It may be written to disk by one thread while another one changes it.
 */
@Restricted(NoExternalUse.class)
public final class StoredRequest implements Serializable {
    private static final long serialVersionUID = 1L;

    private final long key;
    /** Replaced, never changed, as the next one. */
    private volatile ArrayList<StoredClaim> claims;

    private volatile ArrayList<StoredGrant> grants = new ArrayList<>();
    /** What it is about to have, by the names that hold now; null if there is nothing. */
    private ArrayList<StoredGrant> coming;

    private final ArrayList<Long> within = new ArrayList<>();
    private final ArrayList<Long> stalls = new ArrayList<>();
    private final Behavior behavior;
    private final int priority;
    private final Integer maxQueued;
    private final Long deadline;
    private final long since;
    private long ticket;
    /** Its place in time in groups that several controllers share; 0 if it has none. */
    private long sharedTicket;

    private Long runningSince;
    private boolean leaving;
    /** Whether a person took away what it has. */
    private boolean released;
    /** Where a person moved it; null if nobody did. */
    private GroupKey movedIn;

    private long movedBy;

    public StoredRequest(@NonNull Request request) {
        this(request, System.currentTimeMillis(), deadline(request), 0, 0);
    }

    private StoredRequest(Request request, long since, Long deadline, long ticket, long sharedTicket) {
        key = request.key().value();
        claims = new ArrayList<>(request.claims().stream().map(StoredClaim::new).toList());
        request.within().forEach(enclosing -> within.add(enclosing.value()));
        request.stalls().forEach(lease -> stalls.add(lease.value()));
        behavior = request.behavior();
        priority = request.priority();
        maxQueued = request.maxQueued().isPresent() ? request.maxQueued().getAsInt() : null;
        this.since = since;
        this.deadline = deadline;
        this.ticket = ticket;
        this.sharedTicket = sharedTicket;
    }

    private StoredRequest(RequestKey key, StoredRequest other, List<StoredClaim> otherClaims) {
        this.key = key.value();
        claims = new ArrayList<>(otherClaims);
        within.addAll(other.within);
        stalls.addAll(other.stalls);
        behavior = other.behavior;
        priority = other.priority;
        maxQueued = other.maxQueued;
        deadline = other.deadline;
        since = other.since;
        ticket = other.ticket;
        sharedTicket = other.sharedTicket;
        movedIn = other.movedIn;
        movedBy = other.movedBy;
    }

    /** One that is the same now, and later is what is made of it. */
    @NonNull
    public StoredRequest copy() {
        StoredRequest copy = new StoredRequest(key(), this, claims);
        copy.grants = grants;
        copy.runningSince = runningSince;
        copy.leaving = leaving;
        copy.released = released;
        return copy;
    }

    /** One that asks for the same and has the same place in time, but nothing yet. */
    @NonNull
    public StoredRequest newAttempt() {
        return new StoredRequest(RequestKey.random(), this, claims);
    }

    /** One that asks for something else in the same place in time, until the same deadline, and has nothing yet. */
    @NonNull
    public StoredRequest replacedBy(@NonNull Request other) {
        return new StoredRequest(other, since, deadline, ticket, sharedTicket);
    }

    private static Long deadline(Request request) {
        return request.deadline().map(Instant::toEpochMilli).orElse(null);
    }

    /** Whether another request asks for the same slots inside the same leases, whatever limit it gives the groups. */
    public boolean asksForTheSame(@NonNull Request other) {
        return groups().equals(other.claims().stream().map(Claim::group).toList())
                && claims.stream().allMatch(claim -> other.claims().stream().anyMatch(claim::isForSameSlots))
                && other.within().stream().map(RequestKey::value).toList().equals(within)
                && other.stalls().stream().map(RequestKey::value).toList().equals(stalls);
    }

    /** The same while it waits, but that it gives its groups another limit, and wants no more slots than that. */
    @NonNull
    public StoredRequest withLimit(int limit) {
        return new StoredRequest(
                key(),
                this,
                claims.stream()
                        .map(StoredClaim::claim)
                        .map(claim ->
                                new Claim(claim.group(), Math.min(claim.slots(), limit), claim.exclusive(), limit))
                        .map(StoredClaim::new)
                        .toList());
    }

    /** Whether it gives its groups this limit. */
    public boolean hasLimit(int limit) {
        return claims.stream().allMatch(claim -> claim.claim().limit() == limit);
    }

    @NonNull
    public RequestKey key() {
        return new RequestKey(key);
    }

    public boolean isRunning() {
        return runningSince != null;
    }

    /** Whether it ever came to the engine, so that it has a place in time. */
    public boolean hasTicket() {
        return ticket != 0 || sharedTicket != 0;
    }

    public boolean isLeaving() {
        return leaving;
    }

    /** The request as its build, or queue item, made it. */
    @NonNull
    public Request request(@NonNull Owner owner) {
        return new Request(
                key(),
                owner,
                claims.stream().map(StoredClaim::claim).toList(),
                behavior,
                priority,
                maxQueued == null ? OptionalInt.empty() : OptionalInt.of(maxQueued),
                Optional.ofNullable(deadline).map(Instant::ofEpochMilli),
                within.stream().map(RequestKey::new).toList(),
                stalls.stream().map(RequestKey::new).toList());
    }

    /** Its place in time. */
    @NonNull
    public Place place() {
        return new Place(knownTicket(), Instant.ofEpochMilli(since), sharedTicket);
    }

    @NonNull
    public synchronized SavedState past() {
        return new SavedState(
                knownTicket(),
                Instant.ofEpochMilli(since),
                Optional.ofNullable(runningSince).map(Instant::ofEpochMilli),
                grants.stream().map(StoredGrant::grant).toList(),
                leaving,
                movedIn == null ? Optional.empty() : Optional.of(new MovedPlace(movedIn, movedBy)));
    }

    /** Tickets follow the clock: if it is not known, that is as good. */
    private long knownTicket() {
        return ticket != 0 ? ticket : since;
    }

    public void queued(@NonNull Effect.Queued effect) {
        setTicket(SplitRequest.isShared(effect.group()), effect.ticket());
    }

    private void setTicket(boolean shared, long number) {
        if (shared) {
            sharedTicket = number;
        } else {
            ticket = number;
        }
    }

    public synchronized void moved(@NonNull Effect.Moved effect) {
        movedIn = effect.place().group();
        movedBy = effect.place().by();
    }

    /** It has its slots once {@link #granted} is called: a rename in between counts for them, too. */
    public synchronized void granting(@NonNull Effect.Granted effect) {
        coming = StoredGrant.all(effect);
    }

    public synchronized void granted(@NonNull Effect.Granted effect) {
        setTicket(groups().stream().allMatch(SplitRequest::isShared), effect.ticket());
        runningSince = System.currentTimeMillis();
        grants = coming == null ? StoredGrant.all(effect) : coming;
        coming = null;
    }

    /**
     * A person takes away what it has, while its build goes on.
     *
     * @return whether nobody had done so before
     */
    public boolean release() {
        boolean first = !released;
        released = true;
        return first;
    }

    /** It is to have it again, as its work had not begun. */
    public void keep() {
        released = false;
    }

    /** Whether it is not to be put back after a restart, as a person ended it. */
    public boolean isReleased() {
        return released;
    }

    public void leave() {
        leaving = true;
    }

    /** @return whether that changes anything */
    public boolean relocated(@NonNull String from, @NonNull String to) {
        return follow(group -> group.relocated(from, to));
    }

    /** Follows what was renamed or moved while the controller was down. */
    public void resumed(@NonNull Run<?, ?> run) {
        follow(group -> GroupResolver.resumed(group, run.getParent(), Optional.of(run)));
    }

    /** The same for a queue item, which has no build yet. */
    public void resumed(@NonNull Job<?, ?> job) {
        follow(group -> GroupResolver.resumed(group, job, Optional.empty()));
    }

    private synchronized boolean follow(UnaryOperator<GroupKey> move) {
        List<GroupKey> before = all();
        claims =
                new ArrayList<>(claims.stream().map(claim -> claim.follow(move)).toList());
        grants = StoredGrant.follow(grants, move);
        coming = coming == null ? null : StoredGrant.follow(coming, move);
        movedIn = movedIn == null ? null : move.apply(movedIn);
        return !before.equals(all());
    }

    /** The groups that it names. */
    @NonNull
    public List<GroupKey> groups() {
        return claims.stream().map(StoredClaim::group).toList();
    }

    private List<GroupKey> all() {
        return Stream.of(
                        claims.stream().map(StoredClaim::group),
                        grants.stream().map(StoredGrant::group),
                        Stream.ofNullable(movedIn))
                .flatMap(groups -> groups)
                .toList();
    }
}
