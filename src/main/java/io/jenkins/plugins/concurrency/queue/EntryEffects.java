package io.jenkins.plugins.concurrency.queue;

import hudson.model.Run;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Outcome;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.manager.GrantText;
import java.util.List;
import java.util.Optional;

/** What follows for a {@link GateEntry} from what becomes of its requests. Called with its lock. */
final class EntryEffects {
    private final GateEntry entry;
    private final EntryRequestList requests;

    EntryEffects(GateEntry entry, EntryRequestList requests) {
        this.entry = entry;
        this.requests = requests;
    }

    /** Whether its build is to leave. */
    boolean follow(EntryRequest request, Effect effect) {
        if (effect instanceof Effect.Queued queued) {
            request.queued(queued);
        } else if (effect instanceof Effect.Moved moved) {
            request.moved(moved);
        } else if (effect instanceof Effect.Granted granted) {
            request.granted(granted);
            entry.story().add(GateLog.granted(granted));
        } else if (effect instanceof Effect.Ended ended) {
            ended(request, ended);
        } else if (effect instanceof Effect.LimitChanged changed) {
            entry.story().add(List.of(GrantText.limitChanged(changed)));
        } else if (effect instanceof Effect.CancelRunning cancel) {
            cancelled(request, cancel);
        }
        return effect instanceof Effect.CancelRunning;
    }

    void ended(EntryRequest request, Effect.Ended effect) {
        requests.remove(request);
        switch (effect.outcome()) {
            case WITHDRAWN -> {}
            case FAILED, QUEUE_FULL_FAILED, DEADLOCK ->
                entry.end().fail(GateLog.failure(effect, entry.id(), entry.job()));
            default -> leaveQueue(effect.outcome(), effect.group(), effect.by());
        }
    }

    private void cancelled(EntryRequest request, Effect.CancelRunning effect) {
        request.leave();
        Run<?, ?> build = entry.build();
        if (build == null) {
            leaveQueue(Outcome.SUPERSEDED, effect.group(), Optional.of(effect.by()));
        } else {
            entry.end().leave(build, effect);
        }
    }

    private void leaveQueue(Outcome outcome, GroupKey group, Optional<Owner> by) {
        entry.end().refuse(outcome, group, by);
        if (entry.life().drop()) {
            QueueGate.get().drop(entry, outcome, group, by);
        }
    }
}
