package io.jenkins.plugins.concurrency.engine;

import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/** Who waits for one group, in the order in which they will be served. */
interface WaitQueue {
    int size();

    /** Who is served next, or null. */
    Entry head();

    void add(Entry entry);

    /** Takes the head out because it is served. */
    Entry poll();

    /** Takes somebody out who is not served, or not in turn. */
    void remove(Entry entry);

    /** Whether somebody who is not in the queue yet would become its head. */
    boolean wouldLead(Entry newcomer);

    /** Whether others may change places when somebody comes, or leaves without being served. */
    boolean mayReorder();

    /** How many are served before this one. */
    int indexOf(Entry entry);

    /** Whether this one is known to be served after all others. */
    boolean isLast(Entry entry);

    /** Some of those who wait, in the order in which they are served. */
    List<Entry> inOrder(Collection<Entry> some);

    /** Gives the entries from an index on to a visitor until it answers false; false if it did. */
    boolean visit(int from, Predicate<Entry> visitor);

    static WaitQueue of(Order order) {
        return switch (order) {
            case FIFO -> new SortedQueue(Level.ORDER.thenComparing(Entry.BY_TICKET));
            case NEWEST_FIRST -> new SortedQueue(Level.ORDER.thenComparing(Entry.BY_TICKET.reversed()));
            case FAIR -> new FairQueue();
        };
    }
}
