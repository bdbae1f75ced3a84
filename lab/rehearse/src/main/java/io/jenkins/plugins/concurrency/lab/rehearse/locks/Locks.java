package io.jenkins.plugins.concurrency.lab.rehearse.locks;

import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.Engine;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.Policy;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.RequestView;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.VirtualTime;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Journal;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Stay;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The engine in virtual time. What becomes of requests is told after the call that caused it. For one thread. */
public final class Locks {
    /** So many of those in the way are named. */
    private static final int MOST_NAMED = 3;

    private record Asked(Stay stay, Waiter waiter) {}

    private final VirtualTime time;
    private final Journal journal;
    private final Engine engine;
    private final Map<RequestKey, Asked> asked = new HashMap<>();
    private long keys;
    private long fences;

    public Locks(VirtualTime time, Journal journal, Map<GroupKey, Policy> declared) {
        this.time = time;
        this.journal = journal;
        this.engine = Engine.open(time);
        engine.declare(declared);
    }

    /** A key for a request; each is the next one, so that a rehearsal can be repeated. */
    public RequestKey nextKey() {
        return new RequestKey(++keys);
    }

    /** A number for a grant, higher than those of all before. */
    public long nextFence() {
        return ++fences;
    }

    /** Asks for slots. */
    public void request(Request request, Stay stay, Waiter waiter) {
        asked.put(request.key(), new Asked(stay, waiter));
        carryOut(engine.request(request));
    }

    /** Takes a request back that waits, or gives its slots back. */
    public void end(RequestKey key) {
        asked.remove(key);
        carryOut(engine.end(key));
    }

    /** When {@link #expire} has something to do. */
    public long nextDeadline() {
        return engine.nextDeadline().map(java.time.Instant::toEpochMilli).orElse(Long.MAX_VALUE);
    }

    /** Ends the requests whose deadline has passed. */
    public void expire() {
        carryOut(engine.expire());
    }

    /** A queue item has become a build. */
    public void transfer(RequestKey key, io.jenkins.plugins.concurrency.engine.Owner to) {
        engine.transfer(key, to);
    }

    private void carryOut(List<Effect> effects) {
        for (Effect effect : effects) {
            Asked by = asked.get(effect.request());
            if (by == null) {
                continue;
            }
            if (effect instanceof Effect.Queued queued) {
                journal.waits(by.stay, queued.group().name(), holders(queued.group()));
            } else if (effect instanceof Effect.Granted granted) {
                time.soon(() -> tellGranted(granted));
            } else if (effect instanceof Effect.Ended ended) {
                asked.remove(effect.request());
                time.soon(() -> by.waiter.ended(ended));
            } else if (effect instanceof Effect.CancelRunning cancel) {
                time.soon(() -> by.waiter.cancelled(cancel));
            } else if (effect instanceof Effect.LimitChanged changed) {
                limitChanged(by.stay, changed);
            }
        }
    }

    /** It may have been taken back meanwhile. */
    private void tellGranted(Effect.Granted granted) {
        Asked by = asked.get(granted.request());
        if (by != null) {
            by.waiter.granted(granted);
        }
    }

    private void limitChanged(Stay stay, Effect.LimitChanged changed) {
        journal.warn(
                "limit disputed",
                "Builds disagree on the limit of group '" + changed.group().name() + "': " + stay.build() + " gives it "
                        + changed.to() + " instead of " + changed.from()
                        + ". The newest one counts for all; declare the group, or use one limit.");
    }

    private String holders(GroupKey group) {
        GroupView view = engine.group(group, 0, MOST_NAMED).orElse(null);
        if (view == null) {
            return "";
        }
        String named = view.running().stream()
                .map(RequestView::owner)
                .map(Object::toString)
                .distinct()
                .collect(Collectors.joining(", "));
        return view.runningCount() > MOST_NAMED
                ? named + " and " + (view.runningCount() - MOST_NAMED) + " more"
                : named;
    }
}
