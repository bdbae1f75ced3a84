package io.jenkins.plugins.concurrency.settings;

import com.thoughtworks.xstream.XStream;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.XmlFile;
import hudson.util.XStream2;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import java.io.File;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
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
    private static final XStream XSTREAM = new XStream2();

    static {
        XSTREAM.alias("decision", Decision.class);
    }

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

    /**
     * Gives a group another limit for now, or takes that back, in the current user's name.
     *
     * @throws IllegalArgumentException if the limit is below 1
     */
    public void overrideLimit(@NonNull GroupKey group, @NonNull OptionalInt limit) {
        tell(listener -> listener.onLimitOverridden(group, limit));
        decide(group, false, limit.isPresent(), limit);
    }

    /** Stops a group from granting anything, or lets it go on, in the current user's name. */
    public void pause(@NonNull GroupKey group, boolean on) {
        tell(listener -> listener.onPaused(group, on));
        decide(group, true, on, OptionalInt.empty());
    }

    /** Takes one back. */
    public void takeBack(@NonNull Decision decision) {
        if (decision.isPause()) {
            pause(decision.group(), false);
        } else {
            overrideLimit(decision.group(), OptionalInt.empty());
        }
    }

    /** Takes back whatever holds for a group, as it is no longer declared. */
    public void forget(@NonNull GroupKey group) {
        overrideLimit(group, OptionalInt.empty());
        pause(group, false);
    }

    private static void tell(Consumer<Listener> news) {
        ExtensionList.lookup(Listener.class).forEach(news);
    }

    private void decide(GroupKey group, boolean pause, boolean holds, OptionalInt limit) {
        Decision decision =
                new Decision(group, limit, Jenkins.getAuthentication2().getName(), Instant.now());
        change(known -> {
            List<Decision> now = new ArrayList<>(known);
            boolean held = now.removeIf(old -> old.isSameKind(group, pause));
            if (holds) {
                now.add(0, decision);
            }
            if (holds || held) {
                String what = pause ? "pauses" : "has " + (holds ? "the limit " + limit.getAsInt() : "another limit");
                LOGGER.info(() -> decision.getBy() + (holds ? " decided: " : " took back: ") + group + " " + what);
            }
            return now;
        });
    }

    /** Follows a job or a folder to its new full name. */
    public void relocate(@NonNull String from, @NonNull String to) {
        change(known -> {
            List<Decision> now =
                    known.stream().map(decision -> decision.relocated(from, to)).toList();
            return groups(now).equals(groups(known)) ? known : now;
        });
    }

    /** Writes at once, unlike a history: what a person decided is not lost in a crash a second later. */
    private void change(UnaryOperator<List<Decision>> change) {
        synchronized (this) {
            List<Decision> known = decisions();
            decisions = change.apply(known);
            if (decisions.equals(known)) {
                return;
            }
        }
        save();
    }

    private static List<GroupKey> groups(List<Decision> decisions) {
        return decisions.stream().map(Decision::group).toList();
    }

    private List<Decision> decisions() {
        if (decisions == null) {
            decisions = load();
        }
        return decisions;
    }

    private static List<Decision> load() {
        XmlFile file = file();
        try {
            return file.exists() ? whole((List<?>) file.read()) : List.of();
        } catch (IOException | RuntimeException x) {
            LOGGER.log(Level.WARNING, x, () -> "Cannot read " + file + "; limits and pauses that users set are lost");
            return List.of();
        }
    }

    private static List<Decision> whole(List<?> read) {
        List<Decision> decisions = read.stream()
                .filter(Decision.class::isInstance)
                .map(Decision.class::cast)
                .filter(Decision::isWhole)
                .toList();
        if (decisions.size() < read.size()) {
            LOGGER.warning(() -> (read.size() - decisions.size()) + " of the decisions in " + file()
                    + " are invalid and are ignored. Set them again in Manage Jenkins » Concurrency.");
        }
        return decisions;
    }

    private void save() {
        synchronized (writing) {
            try {
                file().write(new ArrayList<>(all()));
            } catch (IOException x) {
                LOGGER.log(Level.WARNING, "Cannot save the limits and pauses that users set", x);
            }
        }
    }

    private static XmlFile file() {
        return new XmlFile(XSTREAM, new File(Jenkins.get().getRootDir(), "concurrency-decisions.xml"));
    }

    /**
     * Carries out what people decide.
     */
    public interface Listener extends ExtensionPoint {
        /** This is the group's limit for now; empty if that is taken back. */
        void onLimitOverridden(@NonNull GroupKey group, @NonNull OptionalInt limit);

        /** The group grants nothing, or goes on. */
        void onPaused(@NonNull GroupKey group, boolean on);
    }
}
