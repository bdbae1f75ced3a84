package io.jenkins.plugins.concurrency.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A live request in the {@link Model}. */
final class ModelRequest {
    /** What it wants of one group, and the slots that it has of it, if any. */
    static final class Part {
        GroupKey group;
        /** What it said itself; nothing of an ancestor that it does not name. */
        int asked;

        int wanted;
        final boolean whole;
        int limit;
        List<Integer> slots;

        Part(Claim claim, int below) {
            group = claim.group();
            asked = claim.slots();
            wanted = claim.exclusive() ? asked : Math.max(asked, below);
            whole = claim.exclusive();
            limit = claim.limit();
        }

        Part(GroupKey ancestor, int below) {
            group = ancestor;
            wanted = below;
            whole = false;
        }

        Claim claim() {
            return new Claim(group, asked == 0 ? wanted : asked, whole, limit);
        }
    }

    final Request request;
    final long ticket;
    final long since;
    final List<Part> parts = new ArrayList<>();
    final List<GroupKey> nested = new ArrayList<>();
    Owner owner;
    GroupKey waitingIn;
    /** Where a person moved it, and how far. */
    Map.Entry<GroupKey, Long> moved;

    Long runningSince;
    /** It waited before a restart. */
    boolean restored;

    boolean leaving;
    boolean overLimit;
    /** By hand, by the group that it came through, by its own priority: the highest goes first. */
    long[] level = {0, 0, 0};

    ModelRequest(Request request, long ticket, long since) {
        this.request = request;
        this.ticket = ticket;
        this.since = since;
        this.owner = request.owner();
    }

    RequestKey key() {
        return request.key();
    }

    boolean isRunning() {
        return runningSince != null;
    }

    Part next() {
        return parts.stream().filter(part -> part.slots == null).findFirst().orElse(null);
    }

    List<Part> held() {
        return parts.stream().filter(part -> part.slots != null).toList();
    }

    List<Grant> grants() {
        return held().stream()
                .map(part -> new Grant(part.group, part.slots, part.whole))
                .toList();
    }

    boolean claims(GroupKey group) {
        return parts.stream().anyMatch(part -> part.group.equals(group));
    }

    boolean holds(GroupKey group) {
        for (Part part : parts) {
            if (part.slots != null && part.group.equals(group)) {
                return true;
            }
        }
        return false;
    }

    boolean holdsWhole(GroupKey group) {
        return held().stream().anyMatch(part -> part.whole && part.group.equals(group));
    }

    /** It waits there, or has slots there while it waits elsewhere or runs. */
    boolean isIn(GroupKey group) {
        return group.equals(waitingIn) || holds(group);
    }

    boolean isNewerThan(ModelRequest other) {
        if (isOf(other.owner.job())) {
            if (owner.queueItem() != other.owner.queueItem()) {
                return owner.queueItem();
            }
            if (!owner.queueItem() && owner.number() != other.owner.number()) {
                return owner.number() > other.owner.number();
            }
        }
        return Model.BY_TICKET.compare(this, other) > 0;
    }

    boolean isOf(String job) {
        return owner.job().equals(job);
    }

    @Override
    public String toString() {
        return owner + " " + key() + (waitingIn == null ? "" : " waits for " + waitingIn);
    }
}
