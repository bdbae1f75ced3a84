package io.jenkins.plugins.concurrency.manager;

import hudson.model.Computer;
import hudson.remoting.SingleLaneExecutorService;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;

/**
 * Carries out effects on threads of its own: those of one request in their order, those of others beside them.
 *
 * <p>{@link #add} only notes them down, so that it can be called under a lock; {@link #dispatch} sends them off.
 */
final class Dispatcher {
    private static final Logger LOGGER = Logger.getLogger(Dispatcher.class.getName());
    private static final int LANES = 4;

    private final Consumer<Effect> target;
    private final Consumer<Duration> delays;
    private final Queue<News> outbox = new ConcurrentLinkedQueue<>();
    private final List<ExecutorService> lanes = IntStream.range(0, LANES)
            .<ExecutorService>mapToObj(lane -> new SingleLaneExecutorService(Computer.threadPoolForRemoting))
            .toList();

    /** @param delays is told of each effect how long it has taken until it is carried out */
    Dispatcher(Consumer<Effect> target, Consumer<Duration> delays) {
        this.target = target;
        this.delays = delays;
    }

    /** Something to be done for a request. */
    private record News(RequestKey request, Runnable task) {}

    void add(Effect effect) {
        long caused = System.nanoTime();
        add(effect.request(), () -> {
            delays.accept(Duration.ofNanos(System.nanoTime() - caused));
            target.accept(effect);
        });
    }

    /** Notes down something that is no effect, in turn with those. */
    void add(RequestKey request, Runnable task) {
        outbox.add(new News(request, task));
    }

    /** Sends off what was noted down, in its order whichever thread gets here first. */
    synchronized void dispatch() {
        for (News news = outbox.poll(); news != null; news = outbox.poll()) {
            execute(news.request(), news.task());
        }
    }

    private void execute(RequestKey request, Runnable task) {
        lanes.get(Math.floorMod(Long.hashCode(request.value()), LANES)).execute(() -> {
            try {
                task.run();
            } catch (RuntimeException x) {
                LOGGER.log(Level.WARNING, "Failed to carry out the outcome of a request", x);
            }
        });
    }
}
