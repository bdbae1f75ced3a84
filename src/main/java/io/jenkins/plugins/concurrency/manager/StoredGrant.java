package io.jenkins.plugins.concurrency.manager;

import io.jenkins.plugins.concurrency.engine.Grant;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.function.UnaryOperator;

/** A grant as it is kept with a Pipeline's program, a queue item or a build. Immutable. */
final class StoredGrant implements Serializable {
    private static final long serialVersionUID = 1L;

    private final GroupKey group;
    private final ArrayList<Integer> slots;
    private final boolean exclusive;

    StoredGrant(Grant grant) {
        this.group = grant.group();
        this.slots = new ArrayList<>(grant.slots());
        this.exclusive = grant.exclusive();
    }

    GroupKey group() {
        return group;
    }

    /** The same under the group's new name. */
    StoredGrant follow(UnaryOperator<GroupKey> move) {
        return new StoredGrant(new Grant(move.apply(group), slots, exclusive));
    }

    Grant grant() {
        return new Grant(group, slots, exclusive);
    }
}
