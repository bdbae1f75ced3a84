package io.jenkins.plugins.concurrency.engine;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** A queue whose order depends on nothing but the entries themselves. */
final class SortedQueue implements WaitQueue {
    private final Comparator<Entry> order;
    private final IndexedSet<Entry> entries;

    SortedQueue(Comparator<Entry> order) {
        this.order = order;
        this.entries = new IndexedSet<>(order);
    }

    @Override
    public int size() {
        return entries.size();
    }

    @Override
    public Entry head() {
        return entries.first();
    }

    @Override
    public void add(Entry entry) {
        entries.add(entry);
    }

    @Override
    public Entry poll() {
        return entries.pollFirst();
    }

    @Override
    public void remove(Entry entry) {
        entries.remove(entry);
    }

    @Override
    public boolean wouldLead(Entry newcomer) {
        Entry head = head();
        return head == null || order.compare(newcomer, head) < 0;
    }

    @Override
    public boolean mayReorder() {
        return false;
    }

    @Override
    public int indexOf(Entry entry) {
        return entries.indexOf(entry);
    }

    @Override
    public boolean isLast(Entry entry) {
        return entries.last() == entry;
    }

    @Override
    public List<Entry> inOrder(Collection<Entry> some) {
        return some.stream().sorted(order).toList();
    }

    @Override
    public boolean visit(int from, Predicate<Entry> visitor) {
        return entries.visit(from, visitor);
    }
}
