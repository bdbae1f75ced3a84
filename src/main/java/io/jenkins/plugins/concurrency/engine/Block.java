package io.jenkins.plugins.concurrency.engine;

import java.util.Arrays;
import java.util.Comparator;

/** A few elements in their order: a part of an {@link IndexedSet}. */
final class Block<E> {
    /** So few that it costs nothing to move them. */
    static final int MOST = 512;

    private static final int LEAST = 2;

    private Object[] elements = new Object[LEAST];
    private int start;
    private int size;

    int size() {
        return size;
    }

    boolean isFull() {
        return size == MOST;
    }

    @SuppressWarnings("unchecked")
    E get(int index) {
        return (E) elements[start + index];
    }

    E last() {
        return get(size - 1);
    }

    /** How many of its elements come before this one. */
    int indexOf(E element, Comparator<? super E> order) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = low + high >>> 1;
            if (order.compare(get(middle), element) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Adds one to a block that is not full. */
    void add(int index, E element) {
        if (start + size == elements.length) {
            // Where half of it is empty, that is at the start: those who were there have left.
            move(size * 2 > elements.length ? elements.length * 2 : elements.length);
        }
        System.arraycopy(elements, start + index, elements, start + index + 1, size - index);
        elements[start + index] = element;
        size++;
    }

    void remove(int index) {
        if (index == 0) {
            elements[start++] = null;
            size--;
            return;
        }
        size--;
        System.arraycopy(elements, start + index + 1, elements, start + index, size - index);
        elements[start + size] = null;
    }

    /** Takes the second half away. */
    Block<E> split() {
        Block<E> half = new Block<>();
        half.size = size / 2;
        half.elements = Arrays.copyOfRange(elements, start + size - half.size, start + size);
        size -= half.size;
        Arrays.fill(elements, start + size, elements.length, null);
        return half;
    }

    /** Takes the elements of the block behind it, if both have few. */
    boolean absorbs(Block<E> next) {
        if (size + next.size > MOST / 2) {
            return false;
        }
        move(Math.max(LEAST, size + next.size));
        System.arraycopy(next.elements, next.start, elements, size, next.size);
        size += next.size;
        return true;
    }

    private void move(int length) {
        Object[] moved = new Object[length];
        System.arraycopy(elements, start, moved, 0, size);
        elements = moved;
        start = 0;
    }
}
