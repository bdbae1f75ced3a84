package io.jenkins.plugins.concurrency.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who has a claim on a group, by job and by how far they are there: whom a newcomer may find in its way. */
final class Roster {
    private final Map<Job, Members> byJob = new HashMap<>(2);
    /** Those that wait, and let a newcomer of any job supersede them. Null until there is one. */
    private Seniority supersedable;
    /** Those that run, and let a newcomer of any job cancel them. Null until there is one. */
    private Seniority cancellable;
    /** Those in the queue, if one of them is displaced when it is full; null if not. */
    private Seniority displaceable;

    private long leavingSlots;

    boolean isEmpty() {
        return byJob.isEmpty();
    }

    /** @return whether it is the first one of its job */
    boolean add(Share share) {
        Members members = byJob.get(share.live().job());
        boolean first = members == null;
        if (first) {
            members = new Members();
            byJob.put(share.live().job(), members);
        }
        members.add(share);
        return first;
    }

    /** @return whether it was the last one of its job */
    boolean remove(Share share) {
        Members members = byJob.get(share.live().job());
        members.remove(share);
        return members.isEmpty() && byJob.remove(share.live().job()) != null;
    }

    List<LiveRequest> all() {
        List<LiveRequest> all = new ArrayList<>();
        byJob.values().forEach(members -> members.forEach(all::add));
        return all;
    }

    Members of(Job job) {
        return byJob.get(job);
    }

    /** @param slots how many it has here */
    void enter(LiveRequest live, Stage stage, int slots) {
        of(live.job()).enter(live, stage);
        leavingSlots += stage == Stage.LEAVING ? slots : 0;
        if (stage.isWaiting() && live.behavior().consentsWhileWaiting()) {
            supersedable = supersedable == null ? new Seniority(LiveRequest.BY_TICKET) : supersedable;
            supersedable.add(live);
        }
        if (stage == Stage.RUNNING && live.behavior().consentsWhileRunning()) {
            cancellable = cancellable == null ? new Seniority(LiveRequest.BY_AGE_IN_JOB) : cancellable;
            cancellable.add(live);
        }
        if (stage == Stage.QUEUED && displaceable != null) {
            displaceable.add(live);
        }
    }

    void leave(LiveRequest live, Stage stage, int slots) {
        of(live.job()).leave(live, stage);
        leavingSlots -= stage == Stage.LEAVING ? slots : 0;
        if (supersedable != null && stage.isWaiting() && live.behavior().consentsWhileWaiting()) {
            supersedable.remove(live);
        }
        if (cancellable != null && stage == Stage.RUNNING && live.behavior().consentsWhileRunning()) {
            cancellable.remove(live);
        }
        if (stage == Stage.QUEUED && displaceable != null) {
            displaceable.remove(live);
        }
    }

    /** Whether the oldest in the queue are to be found, and who is in it now. */
    void setDisplacing(boolean on, WaitQueue queue) {
        if (on && displaceable == null) {
            Seniority queued = new Seniority(LiveRequest.BY_AGE_IN_JOB);
            queue.visit(0, live -> {
                queued.add(live);
                return true;
            });
            displaceable = queued;
        } else if (!on) {
            displaceable = null;
        }
    }

    /** How many slots those have who were told to end. */
    long leavingSlots() {
        return leavingSlots;
    }

    /** Whom this one supersedes, as they wait, are older, and of its job or of one that lets it. */
    List<LiveRequest> supersededBy(LiveRequest newcomer) {
        List<LiveRequest> superseded = of(newcomer.job()).waitingBefore(newcomer);
        if (supersedable != null) {
            superseded.addAll(supersedable.othersBefore(newcomer));
        }
        return superseded;
    }

    /** The oldest one that runs and that this one may cancel; or null. */
    LiveRequest oldestCancellable(LiveRequest newcomer) {
        LiveRequest own = of(newcomer.job()).oldestRunningBefore(newcomer);
        LiveRequest other = cancellable == null ? null : cancellable.firstOtherBefore(newcomer);
        if (own == null || other == null) {
            return own == null ? other : own;
        }
        return LiveRequest.BY_TICKET.compare(own, other) < 0 ? own : other;
    }

    /** The oldest ones in the queue, as many as are wanted, of other builds and older than this one; none if they are fewer. */
    List<LiveRequest> displacedBy(LiveRequest newcomer, long wanted) {
        return displaceable == null ? List.of() : displaceable.firstBefore(newcomer, wanted);
    }
}
