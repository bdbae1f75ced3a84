package io.jenkins.plugins.concurrency.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What is between the controllers and the database of a simulation, and what becomes of their calls there. */
final class SimulatedNetwork {
    interface Delayed {
        void run() throws FencedException;
    }

    final Random random;
    /** Whether no call fails any more. */
    boolean healed;
    /** Whether the database is down. */
    boolean down;

    /** How many processes there were, so that each has a name of its own. */
    int processes;

    private final List<Delayed> delayed = new ArrayList<>();

    SimulatedNetwork(Random random) {
        this.random = random;
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
        } catch (FencedException x) {
            // Nobody is there who would be told.
        }
        return true;
    }
}
