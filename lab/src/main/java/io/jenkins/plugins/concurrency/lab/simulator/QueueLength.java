package io.jenkins.plugins.concurrency.lab.simulator;

import java.util.Arrays;

/** How many waited over time: the most in each of a number of equal stretches, which grow as time goes on. */
final class QueueLength {
    private static final int STRETCHES = 400;

    private final int[] most = new int[STRETCHES];
    private long width;
    private long last;
    private int length;
    private int max;
    private double area;

    QueueLength(long until) {
        width = Math.max(1, until / (STRETCHES / 2));
    }

    void change(long now, int by) {
        pass(now);
        length += by;
        max = Math.max(max, length);
        int at = (int) (now / width);
        most[at] = Math.max(most[at], length);
    }

    void finish(long end) {
        pass(end);
    }

    private void pass(long now) {
        while (now / width >= STRETCHES) {
            halve();
        }
        if (length > 0) {
            int from = (int) (last / width);
            for (int i = from; i <= (int) (now / width); i++) {
                most[i] = Math.max(most[i], length);
            }
        }
        area += (double) length * (now - last);
        last = now;
    }

    private void halve() {
        for (int i = 0; i < STRETCHES / 2; i++) {
            most[i] = Math.max(most[2 * i], most[2 * i + 1]);
        }
        Arrays.fill(most, STRETCHES / 2, STRETCHES, 0);
        width *= 2;
    }

    int max() {
        return max;
    }

    double mean() {
        return last == 0 ? 0 : area / last;
    }

    /** The most who waited in the stretch that contains a moment. */
    int at(long moment) {
        int index = (int) (moment / width);
        return index < STRETCHES ? most[index] : 0;
    }
}
