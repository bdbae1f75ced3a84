package io.jenkins.plugins.concurrency.manager;

import io.jenkins.plugins.concurrency.engine.Grant;
import java.io.Serializable;
import java.util.ArrayList;

/** A grant as it is kept with a Pipeline's program. */
final class StoredGrant implements Serializable {
    private static final long serialVersionUID = 1L;

    private final StoredGroup group;
    private final ArrayList<Integer> slots;
    private final boolean exclusive;

    StoredGrant(Grant grant) {
        this.group = new StoredGroup(grant.group());
        this.slots = new ArrayList<>(grant.slots());
        this.exclusive = grant.exclusive();
    }

    StoredGroup group() {
        return group;
    }

    Grant grant() {
        return new Grant(group.key(), slots, exclusive);
    }
}
