package io.jenkins.plugins.concurrency.engine;

import java.util.Map;
import java.util.TreeMap;

/** The numbers of a group's slots: which are taken, and the lowest that are not. */
final class Slots {
    /** The free numbers below the top, as a restored one may be of any size: the first and the last one of each range. */
    private final TreeMap<Integer, Integer> gaps = new TreeMap<>();
    /** All numbers above it are free. */
    private int top;

    private int taken;

    int taken() {
        return taken;
    }

    /** Takes the lowest free numbers. */
    int[] take(int count) {
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = takeLowest();
        }
        return numbers;
    }

    /** Takes these numbers; one that is already taken, or none at all, is replaced by the lowest free one. */
    int[] retake(int[] wanted) {
        int[] numbers = new int[wanted.length];
        for (int i = 0; i < wanted.length; i++) {
            numbers[i] = isFree(wanted[i]) ? takeFree(wanted[i]) : takeLowest();
        }
        return numbers;
    }

    void free(int[] numbers) {
        for (int number : numbers) {
            free(number);
        }
    }

    private int takeLowest() {
        taken++;
        Map.Entry<Integer, Integer> gap = gaps.pollFirstEntry();
        if (gap == null) {
            return ++top;
        }
        addGap(gap.getKey() + 1, gap.getValue());
        return gap.getKey();
    }

    private boolean isFree(int number) {
        Map.Entry<Integer, Integer> gap = gaps.floorEntry(number);
        return number > top || gap != null && number <= gap.getValue();
    }

    private int takeFree(int number) {
        taken++;
        if (number > top) {
            addGap(top + 1, number - 1);
            top = number;
        } else {
            Map.Entry<Integer, Integer> gap = gaps.floorEntry(number);
            gaps.remove(gap.getKey());
            addGap(gap.getKey(), number - 1);
            addGap(number + 1, gap.getValue());
        }
        return number;
    }

    private void addGap(int first, int last) {
        if (first <= last) {
            gaps.put(first, last);
        }
    }

    private void free(int number) {
        taken--;
        Map.Entry<Integer, Integer> below = gaps.lowerEntry(number);
        int first = below != null && below.getValue() == number - 1 ? below.getKey() : number;
        if (number == top) {
            gaps.remove(first);
            top = first - 1;
        } else {
            Integer last = gaps.remove(number + 1);
            gaps.put(first, last == null ? Integer.valueOf(number) : last);
        }
    }
}
