package io.jenkins.plugins.concurrency.engine;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Predicate;

/**
 * A sorted set that knows the index of each element. The elements are in short arrays, one after the other: to add behind
 * the last one and to take the first one, which is what queues do, touches one array. To find an element takes O(log n);
 * to count those before it takes a step for each array, which are hundreds for 100,000 elements.
 */
final class IndexedSet<E> {
    private final Comparator<? super E> order;
    /** None is empty. */
    private Block<E>[] blocks = blocks(1);

    private int count;
    private int size;

    IndexedSet(Comparator<? super E> order) {
        this.order = order;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <E> Block<E>[] blocks(int length) {
        return new Block[length];
    }

    int size() {
        return size;
    }

    /** Null if there is none. */
    E first() {
        return size == 0 ? null : blocks[0].get(0);
    }

    /** Null if there is none. */
    E last() {
        return size == 0 ? null : blocks[count - 1].last();
    }

    /** The element that {@code index} others come before. */
    E get(int index) {
        int left = index;
        int at = 0;
        while (left >= blocks[at].size()) {
            left -= blocks[at++].size();
        }
        return blocks[at].get(left);
    }

    /** Adds an element that is not in the set. */
    void add(E element) {
        if (size == 0) {
            insert(0, new Block<>());
        }
        // Nearly always; and it spares looking at other elements, which a long queue has all over the memory.
        boolean last = size == 0 || order.compare(last(), element) < 0;
        int at = last ? count - 1 : blockOf(element);
        if (blocks[at].isFull()) {
            insert(at + 1, last ? new Block<>() : blocks[at].split());
            at += last || order.compare(blocks[at].last(), element) < 0 ? 1 : 0;
        }
        blocks[at].add(last ? blocks[at].size() : blocks[at].indexOf(element, order), element);
        size++;
    }

    /** Removes the first element of a set that is not empty. */
    E pollFirst() {
        E first = blocks[0].get(0);
        removeAt(0, 0);
        return first;
    }

    /** Removes an element that is in the set. */
    void remove(E element) {
        // Often; and it spares looking at other elements.
        if (first() == element) {
            pollFirst();
            return;
        }
        int at = size == 0 ? 0 : blockOf(element);
        int index = size == 0 ? 0 : blocks[at].indexOf(element, order);
        if (size == 0 || index == blocks[at].size() || order.compare(blocks[at].get(index), element) != 0) {
            throw new IllegalArgumentException("not in the set: " + element);
        }
        removeAt(at, index);
    }

    private void removeAt(int at, int index) {
        blocks[at].remove(index);
        size--;
        if (blocks[at].size() == 0) {
            drop(at);
        } else if (at + 1 < count && blocks[at].absorbs(blocks[at + 1])) {
            drop(at + 1);
        }
    }

    /** How many elements come before this one, which need not be in the set. */
    int indexOf(E element) {
        if (size == 0) {
            return 0;
        }
        int in = blockOf(element);
        int before = blocks[in].indexOf(element, order);
        for (int at = 0; at < in; at++) {
            before += blocks[at].size();
        }
        return before;
    }

    /** Gives the elements from an index on to a visitor until it answers false; false if it did. */
    boolean visit(int from, Predicate<? super E> visitor) {
        int skip = from;
        for (int at = 0; at < count; at++) {
            for (int index = skip; index < blocks[at].size(); index++) {
                if (!visitor.test(blocks[at].get(index))) {
                    return false;
                }
            }
            skip = Math.max(0, skip - blocks[at].size());
        }
        return true;
    }

    /** The first block whose last element does not come before this one; the last block if all do. */
    private int blockOf(E element) {
        int low = 0;
        int high = count - 1;
        while (low < high) {
            int middle = low + high >>> 1;
            if (order.compare(blocks[middle].last(), element) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void insert(int at, Block<E> block) {
        if (count == blocks.length) {
            blocks = Arrays.copyOf(blocks, count * 2);
        }
        System.arraycopy(blocks, at, blocks, at + 1, count - at);
        blocks[at] = block;
        count++;
    }

    private void drop(int at) {
        count--;
        System.arraycopy(blocks, at + 1, blocks, at, count - at);
        blocks[count] = null;
        if (count > 0 && count * 4 < blocks.length) {
            blocks = Arrays.copyOf(blocks, blocks.length / 2);
        }
    }
}
