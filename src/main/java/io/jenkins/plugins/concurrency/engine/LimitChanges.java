package io.jenkins.plugins.concurrency.engine;

import java.util.List;

/** What a call does to the limits of ad hoc groups: the most recent request to name one decides. */
final class LimitChanges {
    private final Change change;
    private final List<Effect> effects;

    LimitChanges(Change change, List<Effect> effects) {
        this.change = change;
        this.effects = effects;
    }

    /** A live request gives its groups another limit, at the time of this ticket. */
    void change(LiveRequest entry, int limit, long ticket) {
        for (Share share : entry.shares()) {
            if (share.limit() != Claim.ANY_LIMIT) {
                GroupLimit known = share.group().limit();
                known.quit(share.limit());
                boolean queued = entry.waitingIn() == share.group();
                if (queued) {
                    share.group().wentOut(entry);
                }
                share.setLimit(limit);
                if (queued) {
                    share.group().cameIn(entry);
                }
                announce(entry, share, ticket);
                known.joined(limit, ticket);
                // Whatever the limit is: it may want fewer slots now.
                change.changed(share.group());
            }
        }
    }

    /** A request names the limit of a group, at the time of this ticket. */
    void announce(LiveRequest entry, Share share, long ticket) {
        Group group = share.group();
        if (!group.isIdle() && group.limit().yieldsTo(share.limit(), ticket)) {
            if (group.limit().isAsked()) {
                effects.add(new Effect.LimitChanged(
                        entry.key(), group.key(), group.limit().value(), share.limit()));
            }
            change.changed(group);
        }
    }
}
