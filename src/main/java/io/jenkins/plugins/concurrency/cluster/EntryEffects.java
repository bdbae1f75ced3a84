package io.jenkins.plugins.concurrency.cluster;

import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an entry causes while it is applied, and what of that is news to the replica's own member. */
final class EntryEffects {
    private final Entry entry;
    private final boolean bySelf;
    private final String self;
    private final Set<RequestKey> own;
    private final Leases leases;
    private final List<Effect> effects = new ArrayList<>();
    private final List<News> news = new ArrayList<>();

    EntryEffects(Entry entry, String self, Set<RequestKey> own, Leases leases) {
        this.entry = entry;
        this.self = self;
        this.bySelf = entry.member().equals(self);
        this.own = own;
        this.leases = leases;
    }

    /** A member asks for this one: it is its own from now on. */
    void asks(RequestKey key) {
        if (bySelf) {
            own.add(key);
        }
    }

    void add(List<Effect> caused) {
        for (Effect effect : caused) {
            leases.note(entry.seq(), effect);
            effects.add(effect);
            boolean over = effect instanceof Effect.Left || effect instanceof Effect.Ended;
            boolean mine = over ? own.remove(effect.request()) : own.contains(effect.request());
            if (mine) {
                tell(effect);
            }
        }
    }

    private void tell(Effect effect) {
        news.add(new News.Caused(
                entry.seq(), effect, effect instanceof Effect.Granted ? leases.fence(effect.request()) : 0));
        if (effect instanceof Effect.Left && !bySelf) {
            news.add(new News.Stop(effect.request(), News.Why.RELEASED));
        } else if (effect instanceof Effect.Left && entry.callNo() == Entry.LOST) {
            news.add(new News.Stop(effect.request(), News.Why.GIVEN_ON));
        }
    }

    /** Tells the member that made the entry once more what it may not have heard. */
    void tellAgain(Effect effect) {
        if (bySelf) {
            tell(effect);
        }
    }

    void stop(RequestKey key) {
        if (bySelf) {
            news.add(new News.Stop(key, News.Why.GIVEN_ON));
        }
    }

    void refused(RequestKey key, RuntimeException why) {
        own.remove(key);
        if (bySelf) {
            news.add(new News.Refused(key, String.valueOf(why.getMessage())));
        }
    }

    Applied toApplied(Optional<RuntimeException> refused) {
        return new Applied(entry, effects, news, refused);
    }

    @Override
    public String toString() {
        return self + " " + effects;
    }
}
