package io.jenkins.plugins.concurrency.engine;

import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** What a group's limit is, and who says so: a person, else its declaration, else the most recent request. */
final class GroupLimit {
    /** How many live requests ask for which limit. */
    private final Map<Integer, Integer> asked = new TreeMap<>();

    private Policy declared;
    private OptionalInt override = OptionalInt.empty();
    /** Nobody who lives says anything: as after the declaration of a parent was removed. */
    private int newest = Integer.MAX_VALUE;

    private long newestTicket = Long.MIN_VALUE;

    int value() {
        if (override.isPresent()) {
            return override.getAsInt();
        }
        return declared != null ? declared.limit() : newest;
    }

    Order order() {
        return declared != null ? declared.order() : Order.FIFO;
    }

    /** Null if the group is ad hoc. */
    Policy declared() {
        return declared;
    }

    void declare(Policy policy) {
        declared = policy;
    }

    OptionalInt override() {
        return override;
    }

    void override(OptionalInt limit) {
        override = limit;
    }

    /** Whether somebody other than requests said something. */
    boolean isDecided() {
        return declared != null || override.isPresent();
    }

    /** Whether live requests ask for different limits and nobody decided. */
    boolean isDisputed() {
        return !isDecided() && asked.size() > 1;
    }

    /** Whether a request ever said something. */
    boolean isAsked() {
        return newestTicket != Long.MIN_VALUE;
    }

    /** What the most recent request to say so gave it. */
    int newest() {
        return newest;
    }

    long newestTicket() {
        return newestTicket;
    }

    /** The same as it was in a snapshot. */
    void restoreNewest(int limit, long ticket) {
        newest = limit;
        newestTicket = ticket;
    }

    /** Whether a request that comes in with this limit changes it. */
    boolean yieldsTo(int other, long ticket) {
        return !isDecided() && other != Claim.ANY_LIMIT && other != newest && ticket >= newestTicket;
    }

    /** What it is once a request has come in with this limit. */
    int valueWith(int other, long ticket) {
        return yieldsTo(other, ticket) ? other : value();
    }

    void addAsked(int other, long ticket) {
        if (other != Claim.ANY_LIMIT) {
            asked.merge(other, 1, Integer::sum);
            if (ticket >= newestTicket) {
                newest = other;
                newestTicket = ticket;
            }
        }
    }

    void removeAsked(int other) {
        if (other != Claim.ANY_LIMIT) {
            asked.computeIfPresent(other, (limit, count) -> count == 1 ? null : count - 1);
        }
    }

    /** Follows the parent that the declaration names. */
    void renameParent(GroupKey to) {
        declared = declared.under(to, declared.priority());
    }
}
