package io.jenkins.plugins.concurrency.engine;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** A queue whose order depends on nothing but the requests themselves. */
final class SortedQueue implements WaitQueue {
    private final Comparator<LiveRequest> order;
    private final IndexedSet<LiveRequest> requests;

    SortedQueue(Comparator<LiveRequest> order) {
        this.order = order;
        this.requests = new IndexedSet<>(order);
    }

    @Override
    public int size() {
        return requests.size();
    }

    @Override
    public LiveRequest head() {
        return requests.first();
    }

    @Override
    public void add(LiveRequest live) {
        requests.add(live);
    }

    @Override
    public LiveRequest poll() {
        return requests.pollFirst();
    }

    @Override
    public void remove(LiveRequest live) {
        requests.remove(live);
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
    public int indexOf(LiveRequest live) {
        return requests.indexOf(live);
    }

    @Override
    public boolean isLast(LiveRequest live) {
        return requests.last() == live;
    }

    @Override
    public List<LiveRequest> inOrder(Collection<LiveRequest> some) {
        return some.stream().sorted(order).toList();
    }

    @Override
    public boolean visit(int from, Predicate<LiveRequest> visitor) {
        return requests.visit(from, visitor);
    }
}
