package io.jenkins.plugins.concurrency.queue;

import hudson.model.Run;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Outcome;
import java.io.IOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.CauseOfInterruption;

/** What people do by hand to an entry, later its build. */
final class EntryByHand {
    private static final Logger LOGGER = Logger.getLogger(EntryByHand.class.getName());

    private EntryByHand() {}

    /** Takes it out of the queue, on record; has its build end at once that is about to begin. False if that has begun. */
    static boolean leaveQueue(GateEntry entry, GroupKey group, CauseOfInterruption by) {
        return entry.lock().get(() -> {
            if (entry.story().hasBegun()) {
                return false;
            }
            entry.end().cancel(by);
            if (entry.life().drop()) {
                QueueGate.get().drop(entry, Outcome.WITHDRAWN, group, Optional.empty());
            } else if (entry.story().hasBegun()) {
                // It begins just now, and may have looked before that was decided.
                entry.end().carryOut(entry.build());
            }
            return true;
        });
    }

    /** Takes away what its build holds. That is noted down first: after a crash, two would have it otherwise. */
    static boolean release(GateEntry entry, EntryRequest request) {
        Run<?, ?> build = entry.build();
        if (build == null || !entry.lock().get(request::giveUp)) {
            return false;
        }
        try {
            build.save();
        } catch (IOException x) {
            LOGGER.log(Level.WARNING, x, () -> "Cannot save that the slots of " + build + " were released");
        }
        entry.lock().run(request::end);
        return true;
    }
}
