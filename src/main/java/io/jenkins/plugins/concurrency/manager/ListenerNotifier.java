package io.jenkins.plugins.concurrency.manager;

import hudson.model.Computer;
import hudson.remoting.SingleLaneExecutorService;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Tells the listeners what happens: each by itself, so that a slow one holds up nobody. Safe for several threads. */
final class ListenerNotifier {
    private static final int MOST_EVENTS = 10_000;

    private final Map<ConcurrencyListener, Backlog> lanes = new ConcurrentHashMap<>();

    void tell(ConcurrencyEvent event) {
        for (ConcurrencyListener listener : ConcurrencyListener.all()) {
            Backlog lane = lanes.computeIfAbsent(listener, ListenerNotifier::lane);
            lane.add(() -> tell(listener, event));
            lane.start();
        }
    }

    private static Backlog lane(ConcurrencyListener listener) {
        return new Backlog(
                "News for " + listener.getClass().getName(),
                MOST_EVENTS,
                new SingleLaneExecutorService(Computer.threadPoolForRemoting),
                () -> {});
    }

    private static void tell(ConcurrencyListener listener, ConcurrencyEvent event) {
        try {
            listener.onEvent(event);
        } catch (LinkageError x) {
            // As of a plugin that was built for another version.
            throw new IllegalStateException(x);
        }
    }
}
