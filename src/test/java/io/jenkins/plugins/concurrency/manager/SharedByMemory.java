package io.jenkins.plugins.concurrency.manager;

import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.cluster.Neighbour;
import io.jenkins.plugins.concurrency.cluster.SharedMemory;
import io.jenkins.plugins.concurrency.cluster.WhenLost;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import io.jenkins.plugins.concurrency.settings.DatabaseSource;
import io.jenkins.plugins.concurrency.settings.DeclaredGroup;
import io.jenkins.plugins.concurrency.settings.SharedDatabase;
import java.util.List;

/** This Jenkins as one of several controllers that share groups, by a log in memory. The others are {@link Neighbour}s. */
public final class SharedByMemory {
    /** What this controller is called. */
    public static final String HERE = "here";

    private final SharedMemory memory = new SharedMemory();

    /** Declares these groups, and takes part. */
    public SharedByMemory(DeclaredGroup... groups) throws Exception {
        startBy(memory);
        takePart(groups);
    }

    /** Has this Jenkins take part by a log that may be older than it, as soon as it takes part at all. */
    public static void startBy(SharedMemory memory) {
        ConcurrencyManager.get()
                .sharing()
                .startBy((database, listener, executor) ->
                        memory.start(DatabaseSource.settings(database), listener, executor));
    }

    /** Declares these groups, and takes part by the log that was chosen before. */
    public static void takePart(DeclaredGroup... groups) throws Exception {
        ConcurrencySettings.get().setGroups(List.of(groups));
        takePart(10);
    }

    /** Takes part, anew if it does, with some other time for which it may be silent until it is lost. */
    public static void takePart(int lostAfterSeconds) throws Exception {
        SharedDatabase database = new SharedDatabase("jdbc:postgresql:memory", HERE);
        database.setLostAfter(lostAfterSeconds);
        ConcurrencySettings.get().setDatabase(database);
        awaitTakesPart();
    }

    /** Also soon after a start-up, when it is not known yet whether it will. */
    public static void awaitTakesPart() throws Exception {
        Gates.eventually(
                "this controller takes part",
                () -> ConcurrencyManager.get()
                        .sharing()
                        .status()
                        .filter(SharedStatus::takesPart)
                        .isPresent());
    }

    /** A group that is shared. */
    public static DeclaredGroup shared(String name, int limit) {
        DeclaredGroup group = new DeclaredGroup(name, limit);
        group.setShared(true);
        return group;
    }

    /** A group that is shared, and whose slots a lost controller does not keep. */
    public static DeclaredGroup freed(String name, int limit) {
        DeclaredGroup group = shared(name, limit);
        group.setWhenLost(WhenLost.FREE);
        return group;
    }

    public static SharedStatus status() {
        return ConcurrencyManager.get().sharing().status().orElseThrow();
    }

    public SharedMemory memory() {
        return memory;
    }

    /** Another controller, which declares the same. */
    public Neighbour neighbour(String name) {
        return new Neighbour(memory, name, ConcurrencySettings.get().sharedPolicies());
    }

    public Neighbour neighbour(String name, String url) {
        return new Neighbour(memory, name, url, ConcurrencySettings.get().sharedPolicies());
    }
}
