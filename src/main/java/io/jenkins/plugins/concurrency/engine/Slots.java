package io.jenkins.plugins.concurrency.engine;

import java.util.TreeSet;

/** The numbers of a group's slots: which are taken, and the lowest that are not. */
final class Slots {
    private final TreeSet<Integer> freed = new TreeSet<>();
    /** All numbers above it are free. */
    private int top;

    int taken() {
        return top - freed.size();
    }

    /** Takes the lowest free numbers. */
    int[] take(int count) {
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++) {
            Integer lowest = freed.pollFirst();
            numbers[i] = lowest == null ? ++top : lowest;
        }
        return numbers;
    }

    /** Takes these numbers; one that is already taken is replaced by the lowest free one. */
    int[] retake(int[] wanted) {
        int[] numbers = new int[wanted.length];
        for (int i = 0; i < wanted.length; i++) {
            while (top < wanted[i]) {
                freed.add(++top);
            }
            numbers[i] = freed.remove(wanted[i]) ? wanted[i] : take(1)[0];
        }
        return numbers;
    }

    void free(int[] numbers) {
        for (int number : numbers) {
            freed.add(number);
        }
        while (!freed.isEmpty() && freed.last() == top) {
            freed.pollLast();
            top--;
        }
    }
}
