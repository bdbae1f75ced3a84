package io.jenkins.plugins.concurrency.engine;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Who waits for one group, in the order in which they will be served. */
interface WaitQueue {
    int size();

    /** Who is served next, or null. */
    LiveRequest head();

    void add(LiveRequest live);

    /** Takes the head out because it is served. */
    LiveRequest poll();

    /** Takes somebody out who is not served, or not in turn. */
    void remove(LiveRequest live);

    /** Whether somebody who is not in the queue yet would become its head. */
    boolean wouldLead(LiveRequest newcomer);

    /** Whether others may change places when somebody comes, or leaves without being served. */
    boolean mayReorder();

    /** How many are served before this one. */
    int indexOf(LiveRequest live);

    /** Whether this one is known to be served after all others. */
    boolean isLast(LiveRequest live);

    /** Some of those who wait, in the order in which they are served. */
    List<LiveRequest> inOrder(Collection<LiveRequest> some);

    /** Gives the requests from an index on to a visitor until it answers false; false if it did. */
    boolean visit(int from, Predicate<LiveRequest> visitor);

    /** Whose turn is when, where jobs take turns. */
    default List<EngineSnapshot.Turns> turns() {
        return List.of();
    }

    /** Has the jobs of those who wait take turns in the order of a snapshot. */
    default void setTurns(List<EngineSnapshot.Turns> turns, Function<String, Job> jobs) {}

    /** The one that so many are served before; null if there are not so many. */
    default LiveRequest at(int index) {
        LiveRequest[] found = {null};
        visit(index, live -> {
            found[0] = live;
            return false;
        });
        return found[0];
    }

    static WaitQueue of(Order order) {
        return switch (order) {
            case FIFO -> new SortedQueue(Precedence.ORDER.thenComparing(LiveRequest.BY_TICKET));
            case NEWEST_FIRST -> new SortedQueue(Precedence.ORDER.thenComparing(LiveRequest.BY_TICKET.reversed()));
            case FAIR -> new FairQueue();
        };
    }
}
