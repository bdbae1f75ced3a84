package io.jenkins.plugins.concurrency.engine;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** A queue whose order depends on nothing but the entries themselves. */
final class SortedQueue implements WaitQueue {
    private final Comparator<LiveRequest> order;
    private final IndexedSet<LiveRequest> entries;

    SortedQueue(Comparator<LiveRequest> order) {
        this.order = order;
        this.entries = new IndexedSet<>(order);
    }

    @Override
    public int size() {
        return entries.size();
    }

    @Override
    public LiveRequest head() {
        return entries.first();
    }

    @Override
    public void add(LiveRequest entry) {
        entries.add(entry);
    }

    @Override
    public LiveRequest poll() {
        return entries.pollFirst();
    }

    @Override
    public void remove(LiveRequest entry) {
        entries.remove(entry);
    }

    @Override
    public boolean wouldLead(LiveRequest newcomer) {
        LiveRequest head = head();
        return head == null || order.compare(newcomer, head) < 0;
    }

    @Override
    public boolean mayReorder() {
        return false;
    }

    @Override
    public int indexOf(LiveRequest entry) {
        return entries.indexOf(entry);
    }

    @Override
    public boolean isLast(LiveRequest entry) {
        return entries.last() == entry;
    }

    @Override
    public List<LiveRequest> inOrder(Collection<LiveRequest> some) {
        return some.stream().sorted(order).toList();
    }

    @Override
    public boolean visit(int from, Predicate<LiveRequest> visitor) {
        return entries.visit(from, visitor);
    }
}
