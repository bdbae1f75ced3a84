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
    void change(LiveRequest live, int limit, long ticket) {
        for (Share share : live.shares()) {
            if (share.limit() != Claim.ANY_LIMIT) {
                GroupLimit known = share.group().limit();
                known.removeAsked(share.limit());
                boolean queued = live.waitingIn() == share.group();
                if (queued) {
                    share.group().wentOut(live);
                }
                share.setLimit(limit);
                if (queued) {
                    share.group().cameIn(live);
                }
                announce(live, share, ticket);
                known.addAsked(limit, ticket);
                // Whatever the limit is: it may want fewer slots now.
                change.changed(share.group());
            }
        }
    }

    /** A request names the limit of a group, at the time of this ticket. */
    void announce(LiveRequest live, Share share, long ticket) {
        Group group = share.group();
        if (!group.isIdle() && group.limit().yieldsTo(share.limit(), ticket)) {
            if (group.limit().isAsked()) {
                effects.add(new Effect.LimitChanged(
                        live.key(), group.key(), group.limit().value(), share.limit()));
            }
            change.changed(group);
        }
    }
}
