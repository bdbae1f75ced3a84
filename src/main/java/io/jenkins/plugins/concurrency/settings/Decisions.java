package io.jenkins.plugins.concurrency.settings;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What people decide at run time about groups: other limits than those declared or asked for, and pauses. They count at
 * once, and are kept over restarts, apart from the settings, as configuration as code has no say in it. It is safe for use
 * by several threads; permissions are the caller's to check.
 */
@Extension
@Restricted(NoExternalUse.class)
public class Decisions implements ExtensionPoint {
    private static final Logger LOGGER = Logger.getLogger(Decisions.class.getName());
    /** Held for writing while groups get other names; for reading from when something is decided until it is carried out. */
    private final ReadWriteLock moving = new ReentrantReadWriteLock();

    /** Not the lock of the state, which nobody shall wait for because of a disk. */
    private final Object writing = new Object();

    private List<Decision> decisions;

    @NonNull
    public static Decisions get() {
        return ExtensionList.lookupSingleton(Decisions.class);
    }

    /** What holds now, the most recent first. */
    @NonNull
    public synchronized List<Decision> all() {
        return List.copyOf(decisions());
    }

    /** The limit that holds for a group now. */
    @NonNull
    public OptionalInt limitOf(@NonNull GroupKey group) {
        return limitDecisionOf(group).map(Decision::limit).orElse(OptionalInt.empty());
    }

    /** That, by whom and why a group has another limit now; empty if it has none. */
    @NonNull
    public Optional<Decision> limitDecisionOf(@NonNull GroupKey group) {
        return find(group, false);
    }

    /** Whether a group is paused now. */
    public boolean isPaused(@NonNull GroupKey group) {
        return find(group, true).isPresent();
    }

    /** That, by whom and why a group is paused now; empty if it is not. */
    @NonNull
    public Optional<Decision> pauseOf(@NonNull GroupKey group) {
        return find(group, true);
    }

    private Optional<Decision> find(GroupKey group, boolean pause) {
        return all().stream()
                .filter(decision -> decision.isSameKind(group, pause))
                .findFirst();
    }

    /** The same without a reason. */
    public boolean overrideLimit(@NonNull GroupKey group, @NonNull OptionalInt limit) {
        return overrideLimit(group, limit, null);
    }

    /**
     * Gives a group another limit for now, or takes that back, in the current user's name.
     *
     * @return whether that changed anything: not if there was nothing to take back
     * @throws IllegalArgumentException if the limit is below 1
     */
    public boolean overrideLimit(@NonNull GroupKey group, @NonNull OptionalInt limit, @CheckForNull String reason) {
        if (limit.isEmpty()) {
            return takeBack(decision -> decision.isSameKind(group, false), user());
        }
        if (limit.getAsInt() < 1) {
            throw new IllegalArgumentException(Messages.SettingsPage_noLimit());
        }
        decide(Decision.limit(group, limit.getAsInt(), user(), reason));
        return true;
    }

    /** Stops a group from granting anything, without a reason or an end, or lets it go on, in the current user's name. */
    public void pause(@NonNull GroupKey group, boolean on) {
        if (on) {
            pause(group, null, Optional.empty());
        } else {
            resume(group);
        }
    }

    /**
     * Stops a group from granting anything, in the current user's name.
     *
     * @param until when it goes on by itself
     */
    public void pause(@NonNull GroupKey group, @CheckForNull String reason, @NonNull Optional<Instant> until) {
        decide(Decision.pause(group, user(), reason, until));
    }

    /**
     * Lets a group go on, in the current user's name.
     *
     * @return whether it was paused
     */
    public boolean resume(@NonNull GroupKey group) {
        return takeBack(decision -> decision.isSameKind(group, true), user());
    }

    /** Ends the pauses whose time has come. */
    public void endPauses(@NonNull Instant now) {
        takeBack(decision -> decision.until().filter(end -> !end.isAfter(now)).isPresent(), null);
    }

    /** When the next pause ends by itself. */
    @NonNull
    public Optional<Instant> nextEnd() {
        return all().stream().flatMap(decision -> decision.until().stream()).min(Comparator.naturalOrder());
    }

    /** Takes one back. Does nothing if it holds no more. */
    public void takeBack(@NonNull Decision decision) {
        takeBack(other -> other.isSameKind(decision.group(), decision.isPause()), user());
    }

    /** Takes back whatever holds for these groups, as they are gone. */
    public void forget(@NonNull Predicate<GroupKey> groups) {
        takeBack(decision -> groups.test(decision.group()), user());
    }

    private static String user() {
        return Jenkins.getAuthentication2().getName();
    }

    private void decide(Decision decision) {
        locked(moving.readLock(), () -> {
            decideNow(decision);
            return true;
        });
    }

    private void decideNow(Decision decision) {
        change(known -> {
            List<Decision> now = new ArrayList<>(known);
            now.removeIf(old -> old.isSameKind(decision.group(), decision.isPause()));
            now.add(0, decision);
            return now;
        });
        LOGGER.info(() -> decision.getBy() + " decided: " + what(decision)
                + decision.until().map(end -> " until " + end).orElse("")
                + (decision.getReason() == null ? "" : ". Reason: " + decision.getReason()));
        tell(listener -> listener.onDecided(decision));
    }

    /** @param by the user; null if their time has come */
    private boolean takeBack(Predicate<Decision> which, @CheckForNull String by) {
        return locked(moving.readLock(), () -> takeBackNow(which, by));
    }

    private boolean takeBackNow(Predicate<Decision> which, @CheckForNull String by) {
        List<Decision> gone = new ArrayList<>();
        change(known -> {
            known.stream().filter(which).forEach(gone::add);
            return gone.isEmpty()
                    ? known
                    : known.stream().filter(which.negate()).toList();
        });
        for (Decision decision : gone) {
            LOGGER.info(() -> (by == null ? "Ended as planned: " : by + " took back: ") + what(decision));
            tell(listener -> listener.onTakenBack(decision, by));
        }
        return !gone.isEmpty();
    }

    private static String what(Decision decision) {
        return decision.group()
                + (decision.isPause()
                        ? " pauses"
                        : " has the limit " + decision.limit().getAsInt());
    }

    private static void tell(Consumer<Listener> news) {
        ExtensionList.lookup(Listener.class).forEach(news);
    }

    /**
     * Follows a job or a folder to its new full name. Nobody decides anything meanwhile: a decision would be carried out for
     * groups that have one name by then, and kept for those that have the other.
     *
     * @param groups has the groups themselves follow
     * @return whether that is to be saved, once nobody waits for the rename any more
     */
    public boolean relocate(@NonNull String from, @NonNull String to, @NonNull Runnable groups) {
        return locked(moving.writeLock(), () -> {
            groups.run();
            return update(known -> {
                List<Decision> now = known.stream()
                        .map(decision -> decision.relocated(from, to))
                        .toList();
                return groups(now).equals(groups(known)) ? known : now;
            });
        });
    }

    private static boolean locked(Lock lock, BooleanSupplier task) {
        lock.lock();
        try {
            return task.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }

    /** Writes at once, unlike a history: what a person decided is not lost in a crash a second later. */
    private void change(UnaryOperator<List<Decision>> change) {
        if (update(change)) {
            save();
        }
    }

    private synchronized boolean update(UnaryOperator<List<Decision>> change) {
        List<Decision> known = decisions();
        decisions = change.apply(known);
        return !decisions.equals(known);
    }

    private static List<GroupKey> groups(List<Decision> decisions) {
        return decisions.stream().map(Decision::group).toList();
    }

    private List<Decision> decisions() {
        if (decisions == null) {
            decisions = DecisionFile.read();
        }
        return decisions;
    }

    /** Writes what holds now. */
    public void save() {
        synchronized (writing) {
            DecisionFile.write(all());
        }
    }

    /**
     * Carries out what people decide. It is told afterwards, on any thread: what holds then is what {@link Decisions} says then.
     */
    public interface Listener extends ExtensionPoint {
        /** This holds for its group from now on. */
        void onDecided(@NonNull Decision decision);

        /**
         * This held for its group, and does no more.
         *
         * @param by the id of the user who took it back; null if it was a pause whose end has come
         */
        void onTakenBack(@NonNull Decision decision, @CheckForNull String by);
    }
}
