package io.jenkins.plugins.concurrency.lab.simulator;

import io.jenkins.plugins.concurrency.engine.Grant;
import java.util.ArrayList;
import java.util.List;

/** What happened to one group. */
final class GroupTally {
    /** More bars than this cannot be told apart on a page. */
    private static final int MOST_BARS = 1_500;

    /** A lease in one of its slots. */
    record Bar(String job, int slot, boolean whole, long came, long from, long to) {}

    private final String name;
    private final int limit;
    private final Figures figures = new Figures();
    private final QueueLength queue;
    private final List<Bar> bars = new ArrayList<>();
    private long slotMillis;
    private boolean all = true;

    GroupTally(String name, int limit, long until) {
        this.name = name;
        this.limit = limit;
        this.queue = new QueueLength(until);
    }

    String name() {
        return name;
    }

    int limit() {
        return limit;
    }

    Figures figures() {
        return figures;
    }

    QueueLength queue() {
        return queue;
    }

    /** The first of the leases. */
    List<Bar> bars() {
        return bars;
    }

    boolean hasAllBars() {
        return all;
    }

    void ran(String job, Grant grant, long came, long from, long to) {
        slotMillis += (to - from) * (grant.exclusive() ? limit : grant.slots().size());
        for (int slot : grant.slots()) {
            if (bars.size() < MOST_BARS) {
                bars.add(new Bar(job, slot, grant.exclusive(), came, from, to));
            } else {
                all = false;
            }
        }
    }

    /** The share of its slots that was in use until everything had ended. */
    double utilisation(long end) {
        return end == 0 ? 0 : slotMillis / ((double) end * limit);
    }
}
