package io.jenkins.plugins.concurrency.engine;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Somebody asking for slots.
 *
 * <p>It asks for at most {@value #MAX_SLOTS} slots in all, of at most {@value #MAX_GROUPS} groups: what it is granted is a
 * list of them.
 *
 * @param claims what is asked for; all of it, or the request waits
 * @param maxQueued the bound of an ad hoc group's queue for this request, 0 or more; empty for any number
 * @param deadline when a request that still waits ends
 * @param within the requests whose leases cannot end before this one has: those of the enclosing blocks
 * @param stalls the requests whose leases cannot end before this one is granted, though it is not inside them
 * @since 1.0
 */
public record Request(
        RequestKey key,
        Owner owner,
        List<Claim> claims,
        Behavior behavior,
        int priority,
        OptionalInt maxQueued,
        Optional<Instant> deadline,
        List<RequestKey> within,
        List<RequestKey> stalls) {
    /** How many groups a request may name. */
    public static final int MAX_GROUPS = 100;
    /** How many slots a request may ask for, of all its groups together. */
    public static final int MAX_SLOTS = 1000;

    /**
     * @throws InvalidRequestException if nothing is asked for, or too much, a group is asked for twice, or the queue bound
     *     is below 0
     */
    public Request {
        Objects.requireNonNull(key);
        Objects.requireNonNull(owner);
        Objects.requireNonNull(behavior);
        Objects.requireNonNull(maxQueued);
        Objects.requireNonNull(deadline);
        claims = List.copyOf(claims);
        within = List.copyOf(within);
        stalls = List.copyOf(stalls);
        if (claims.isEmpty()) {
            throw new InvalidRequestException("No group is named. Name at least one.");
        }
        if (maxQueued.isPresent() && maxQueued.getAsInt() < 0) {
            throw new InvalidRequestException(
                    "'maxQueued' is " + maxQueued.getAsInt() + ". Give 0 (no build waits) or more, or leave it out.");
        }
        checkSize(claims);
        if (claims.size() > 1) {
            checkDistinct(claims);
        }
    }

    /** A request that no lease waits for but those that it is inside of. */
    public Request(
            RequestKey key,
            Owner owner,
            List<Claim> claims,
            Behavior behavior,
            int priority,
            OptionalInt maxQueued,
            Optional<Instant> deadline,
            List<RequestKey> within) {
        this(key, owner, claims, behavior, priority, maxQueued, deadline, within, List.of());
    }

    private static void checkSize(List<Claim> claims) {
        if (claims.size() > MAX_GROUPS) {
            throw new InvalidRequestException("The request names " + claims.size() + " groups. Name at most "
                    + MAX_GROUPS + ", or declare a parent group of them and request that.");
        }
        long slots = 0;
        for (Claim claim : claims) {
            slots += claim.slots();
        }
        if (slots > MAX_SLOTS) {
            throw new InvalidRequestException("The request asks for " + slots + " slots in total. Ask for at most "
                    + MAX_SLOTS + ", or for a whole group with 'exclusive'.");
        }
    }

    private static void checkDistinct(List<Claim> claims) {
        Set<GroupKey> seen = new HashSet<>();
        for (Claim claim : claims) {
            if (!seen.add(claim.group())) {
                throw new InvalidRequestException("Group '" + claim.group().name()
                        + "' is named twice in one request. Name it once, with the total number of 'slots'.");
            }
        }
    }

    /** A request that says nothing but what it asks for. */
    public static Request of(RequestKey key, Owner owner, Behavior behavior, Claim... claims) {
        return new Request(key, owner, List.of(claims), behavior, 0, OptionalInt.empty(), Optional.empty(), List.of());
    }

    /** The same with another priority. */
    public Request withPriority(int other) {
        return new Request(key, owner, claims, behavior, other, maxQueued, deadline, within, stalls);
    }

    /** The same with a queue bound. */
    public Request withMaxQueued(int bound) {
        return new Request(key, owner, claims, behavior, priority, OptionalInt.of(bound), deadline, within, stalls);
    }

    /** The same with a deadline. */
    public Request withDeadline(Instant instant) {
        return new Request(key, owner, claims, behavior, priority, maxQueued, Optional.of(instant), within, stalls);
    }

    /** The same inside other requests' leases. */
    public Request inside(RequestKey... enclosing) {
        return new Request(key, owner, claims, behavior, priority, maxQueued, deadline, List.of(enclosing), stalls);
    }

    /** The same, but that other requests' leases do not end before it is granted. */
    public Request stalling(List<RequestKey> leases) {
        return new Request(key, owner, claims, behavior, priority, maxQueued, deadline, within, leases);
    }
}
