package io.jenkins.plugins.concurrency.manager;

import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.Grant;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.util.Timer;

/**
 * Notices in which groups something has changed for those who wait there, and a moment later has the first one of each told.
 * The others move up too; but they would be thousands, and at each grant: {@link Reminder} tells them, once a minute.
 *
 * <p>Safe for use by several threads. However much changes meanwhile, a group is looked at once in a few seconds.
 */
final class WaitNews {
    private static final int DELAY_SECONDS = 2;

    private final Consumer<GroupKey> teller;
    private final Set<GroupKey> changed = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    /**
     * @param teller tells who is first in a group how its wait is going
     */
    WaitNews(Consumer<GroupKey> teller) {
        this.teller = teller;
    }

    void onEffects(List<Effect> effects) {
        boolean any = false;
        for (Effect effect : effects) {
            any |= groups(effect).map(changed::add).reduce(false, Boolean::logicalOr);
        }
        if (any && scheduled.compareAndSet(false, true)) {
            Timer.get().schedule(this::tell, DELAY_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** In which groups something has changed for those who wait there. */
    static Set<GroupKey> groups(List<Effect> effects) {
        return effects.stream().flatMap(WaitNews::groups).collect(Collectors.toSet());
    }

    private static Stream<GroupKey> groups(Effect effect) {
        if (effect instanceof Effect.Granted granted) {
            return granted.grants().stream().map(Grant::group);
        } else if (effect instanceof Effect.Ended ended) {
            return Stream.of(ended.group());
        } else if (effect instanceof Effect.Left left) {
            return left.groups().stream();
        } else if (effect instanceof Effect.Moved moved) {
            return Stream.of(moved.place().group());
        }
        return Stream.empty();
    }

    private void tell() {
        scheduled.set(false);
        for (GroupKey group : Set.copyOf(changed)) {
            changed.remove(group);
            teller.accept(group);
        }
    }
}
