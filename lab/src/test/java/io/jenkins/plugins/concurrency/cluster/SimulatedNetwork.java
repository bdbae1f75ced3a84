package io.jenkins.plugins.concurrency.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What is between the controllers and the database of a simulation, and what becomes of their calls there. */
final class SimulatedNetwork {
    interface Delayed {
        void run() throws FencedException, OutdatedException;
    }

    private static final int MOST_CALLS = 2;

    final Random random;
    /** Whether no call fails any more. */
    boolean healed;
    /** Whether the database is down. */
    boolean down;

    /** How many processes there were, so that each has a name of its own. */
    int processes;

    /** What goes on meanwhile, while a call is on its way. */
    Runnable world = () -> {};
    /** How many calls are on their way. */
    private int depth;

    private final List<Delayed> delayed = new ArrayList<>();

    SimulatedNetwork(Random random) {
        this.random = random;
    }

    /** A call is on its way, and takes its time: others go on. */
    void meanwhile() {
        if (!healed && depth < MOST_CALLS && random.nextInt(10) == 0) {
            depth++;
            for (int i = random.nextInt(random.nextInt(6) == 0 ? 300 : 20); i >= 0; i--) {
                world.run();
            }
            depth--;
        }
    }

    /** The same controller sends something while it waits for the answer of another call, and nothing else happens. */
    void meanwhile(Runnable sends) {
        if (!healed && random.nextInt(20) == 0) {
            depth += MOST_CALLS;
            sends.run();
            depth -= MOST_CALLS;
        }
    }

    void delay(Delayed call) {
        delayed.add(call);
    }

    /**
     * A call arrives that its caller has long given up.
     *
     * @return whether there was one
     */
    boolean deliverOne() {
        if (delayed.isEmpty()) {
            return false;
        }
        try {
            delayed.remove(random.nextInt(delayed.size())).run();
        } catch (FencedException | OutdatedException x) {
            // Nobody is there who would be told.
        }
        return true;
    }
}
