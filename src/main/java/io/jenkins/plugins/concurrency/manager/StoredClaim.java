package io.jenkins.plugins.concurrency.manager;

import io.jenkins.plugins.concurrency.engine.Claim;
import java.io.Serializable;

/** A claim as it is kept with a Pipeline's program. */
final class StoredClaim implements Serializable {
    private static final long serialVersionUID = 1L;

    private final StoredGroup group;
    private final int slots;
    private final boolean exclusive;
    private final int limit;

    StoredClaim(Claim claim) {
        this.group = new StoredGroup(claim.group());
        this.slots = claim.slots();
        this.exclusive = claim.exclusive();
        this.limit = claim.limit();
    }

    StoredGroup group() {
        return group;
    }

    boolean isForSameSlots(Claim other) {
        return slots == other.slots()
                && exclusive == other.exclusive()
                && group.key().equals(other.group());
    }

    Claim claim() {
        return new Claim(group.key(), slots, exclusive, limit);
    }
}
