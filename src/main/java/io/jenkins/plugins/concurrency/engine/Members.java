package io.jenkins.plugins.concurrency.engine;

import java.util.Iterator;
import java.util.NoSuchElementException;

/** The requests of one job that have a claim on one group: a list through their shares, as there may be very many. */
final class Members implements Iterable<Entry> {
    private Share newest;

    boolean isEmpty() {
        return newest == null;
    }

    void add(Share share) {
        share.older = newest;
        if (newest != null) {
            newest.newer = share;
        }
        newest = share;
    }

    void remove(Share share) {
        if (share.older != null) {
            share.older.newer = share.newer;
        }
        if (share.newer != null) {
            share.newer.older = share.older;
        } else {
            newest = share.older;
        }
    }

    @Override
    public Iterator<Entry> iterator() {
        return new Iterator<>() {
            private Share next = newest;

            @Override
            public boolean hasNext() {
                return next != null;
            }

            @Override
            public Entry next() {
                Share share = next;
                if (share == null) {
                    throw new NoSuchElementException();
                }
                next = share.older;
                return share.entry();
            }
        };
    }
}
