package io.jenkins.plugins.concurrency.lab.bench;

import io.jenkins.plugins.concurrency.engine.Order;

/** Requests that wait inside others, among which a deadlock is looked for whenever one more comes. */
interface Searched {
    /** A request comes, waits and goes. */
    int comeAndGo();

    static Searched of(String shape, int count) {
        return switch (shape) {
            case "CHAIN" -> new Nest(count);
            case "POOL" -> new Pool(count, Order.FIFO, 0);
            case "FAIR_POOL" -> new Pool(count, Order.FAIR, 0);
            case "MANY_GROUPS" -> new Pool(count, Order.FIFO, 20);
            default -> throw new IllegalArgumentException(shape);
        };
    }
}
