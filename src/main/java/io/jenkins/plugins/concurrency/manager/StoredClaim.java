package io.jenkins.plugins.concurrency.manager;

import io.jenkins.plugins.concurrency.engine.Claim;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import java.io.Serializable;
import java.util.function.UnaryOperator;

/** A claim as it is kept with a Pipeline's program, a queue item or a build. Immutable. */
final class StoredClaim implements Serializable {
    private static final long serialVersionUID = 1L;

    private final GroupKey group;
    private final int slots;
    private final boolean exclusive;
    private final int limit;

    StoredClaim(Claim claim) {
        this.group = claim.group();
        this.slots = claim.slots();
        this.exclusive = claim.exclusive();
        this.limit = claim.limit();
    }

    GroupKey group() {
        return group;
    }

    boolean isForSameSlots(Claim other) {
        return slots == other.slots() && exclusive == other.exclusive() && group.equals(other.group());
    }

    /** The same under the group's new name. */
    StoredClaim follow(UnaryOperator<GroupKey> move) {
        return new StoredClaim(new Claim(move.apply(group), slots, exclusive, limit));
    }

    Claim claim() {
        return new Claim(group, slots, exclusive, limit);
    }
}
