package io.jenkins.plugins.concurrency.engine;

import java.util.AbstractCollection;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.ToLongFunction;

/**
 * Live requests by a number: a hash table with open addressing and linear probing, which takes about eight bytes for each,
 * as there may be very many. One that is removed leaves no gap: those behind it move up.
 */
final class RequestTable extends AbstractCollection<LiveRequest> {
    private static final int LEAST = 2;

    private final ToLongFunction<LiveRequest> number;
    private LiveRequest[] table = new LiveRequest[LEAST];
    private int size;

    RequestTable(ToLongFunction<LiveRequest> number) {
        this.number = number;
    }

    /** Null if there is none. */
    LiveRequest get(long key) {
        return table[find(key)];
    }

    /** Adds one, in place of the one of the same number, which is returned, or null. */
    LiveRequest put(LiveRequest live) {
        int at = find(number.applyAsLong(live));
        LiveRequest before = table[at];
        table[at] = live;
        if (before == null && ++size * 3 > table.length * 2) {
            resize(table.length * 2);
        }
        return before;
    }

    void removeKey(long key) {
        int gap = find(key);
        if (table[gap] == null) {
            return;
        }
        size--;
        table[gap] = null;
        for (int at = next(gap); table[at] != null; at = next(at)) {
            int home = home(number.applyAsLong(table[at]));
            // Whether the gap is between where it belongs and where it is, going round.
            if ((at - home & table.length - 1) >= (at - gap & table.length - 1)) {
                table[gap] = table[at];
                table[at] = null;
                gap = at;
            }
        }
        if (table.length > LEAST && size * 6 < table.length) {
            resize(table.length / 2);
        }
    }

    private void resize(int length) {
        LiveRequest[] before = table;
        table = new LiveRequest[length];
        for (LiveRequest live : before) {
            if (live != null) {
                table[find(number.applyAsLong(live))] = live;
            }
        }
    }

    /** Where the one of this number is, or would be. */
    private int find(long key) {
        int at = home(key);
        while (table[at] != null && number.applyAsLong(table[at]) != key) {
            at = next(at);
        }
        return at;
    }

    private int next(int at) {
        return at + 1 & table.length - 1;
    }

    private int home(long key) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        return (int) (mixed ^ mixed >>> 32) & table.length - 1;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Iterator<LiveRequest> iterator() {
        return new Iterator<>() {
            private int at = -1;
            private int left = size;

            @Override
            public boolean hasNext() {
                return left > 0;
            }

            @Override
            public LiveRequest next() {
                if (left-- <= 0) {
                    throw new NoSuchElementException();
                }
                do {
                    at++;
                } while (table[at] == null);
                return table[at];
            }
        };
    }
}
