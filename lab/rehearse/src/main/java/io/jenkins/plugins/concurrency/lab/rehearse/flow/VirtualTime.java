package io.jenkins.plugins.concurrency.lab.rehearse.flow;

import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;

/**
 * A clock that jumps from one event to the next. What is planned for the same moment happens in the order in which it was
 * planned. For one thread.
 */
public final class VirtualTime implements InstantSource {
    /** Something that is planned. */
    public static final class Plan implements Comparable<Plan> {
        private final long at;
        private final long order;
        private Runnable event;

        private Plan(long at, long order, Runnable event) {
            this.at = at;
            this.order = order;
            this.event = event;
        }

        /** It will not happen. */
        public void cancel() {
            event = null;
        }

        @Override
        public int compareTo(Plan other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private final PriorityQueue<Plan> plans = new PriorityQueue<>();
    private long now;
    private long planned;

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(now);
    }

    @Override
    public long millis() {
        return now;
    }

    /** After all that is planned for this moment by now. */
    public Plan soon(Runnable event) {
        return in(0, event);
    }

    /** After so many milliseconds. */
    public Plan in(long millis, Runnable event) {
        long at = now + Math.max(0, millis);
        Plan plan = new Plan(at < now ? Long.MAX_VALUE : at, planned++, event);
        plans.add(plan);
        return plan;
    }

    /** When the next event is; {@link Long#MAX_VALUE} if there is none. */
    public long next() {
        while (!plans.isEmpty() && plans.peek().event == null) {
            plans.poll();
        }
        return plans.isEmpty() ? Long.MAX_VALUE : plans.peek().at;
    }

    /** Nothing happens meanwhile. */
    public void advanceTo(long time) {
        now = Math.max(now, time);
    }

    /** Lets the next event happen. There must be one. */
    public void step() {
        advanceTo(next());
        plans.poll().event.run();
    }
}
