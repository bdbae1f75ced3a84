package io.jenkins.plugins.concurrency.manager;

import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.Grant;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
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

    static ArrayList<StoredGrant> all(Effect.Granted effect) {
        return new ArrayList<>(effect.grants().stream().map(StoredGrant::new).toList());
    }

    /** The same under the groups' new names. */
    static ArrayList<StoredGrant> follow(List<StoredGrant> grants, UnaryOperator<GroupKey> move) {
        return new ArrayList<>(grants.stream().map(grant -> grant.follow(move)).toList());
    }

    GroupKey group() {
        return group;
    }

    private StoredGrant follow(UnaryOperator<GroupKey> move) {
        return new StoredGrant(new Grant(move.apply(group), slots, exclusive));
    }

    Grant grant() {
        return new Grant(group, slots, exclusive);
    }
}
