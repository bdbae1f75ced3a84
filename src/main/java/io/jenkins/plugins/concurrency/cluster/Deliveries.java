package io.jenkins.plugins.concurrency.cluster;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Calls the listener, one call after the other, on the executor that it chose. Safe for use by several threads. */
final class Deliveries {
    private static final Logger LOGGER = Logger.getLogger(Deliveries.class.getName());

    private final SharedGroupsListener listener;
    private final Executor executor;
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private boolean running;

    Deliveries(SharedGroupsListener listener, Executor executor) {
        this.listener = listener;
        this.executor = executor;
    }

    void tell(News news) {
        add(() -> listener.onNews(news));
    }

    void tell(Event event) {
        add(() -> listener.onEvent(event));
    }

    void tell(Answer answer) {
        add(() -> listener.onEntry(answer));
    }

    void answer(CompletableFuture<Answer> future, Applied applied) {
        add(() -> {
            if (applied.refused().isPresent()) {
                future.completeExceptionally(applied.refused().get());
            } else {
                future.complete(new Answer(applied.entry().seq(), applied.effects()));
            }
        });
    }

    void fail(List<CompletableFuture<Answer>> futures, Exception why) {
        List<CompletableFuture<Answer>> left = new ArrayList<>(futures);
        add(() -> left.forEach(future -> future.completeExceptionally(why)));
    }

    /** @param then is told what the builds have, on whichever thread */
    void askForReport(Consumer<Report> then) {
        add(() -> listener.report().whenComplete((report, failure) -> {
            if (failure != null) {
                LOGGER.log(Level.SEVERE, "What the builds hold of shared groups is not known", failure);
            } else {
                then.accept(report);
            }
        }));
    }

    private void add(Runnable task) {
        synchronized (tasks) {
            tasks.add(task);
            if (running) {
                return;
            }
            running = true;
        }
        executor.execute(this::run);
    }

    private void run() {
        for (Runnable task = next(); task != null; task = next()) {
            try {
                task.run();
            } catch (RuntimeException x) {
                LOGGER.log(Level.SEVERE, "Something that shared groups have caused was not carried out", x);
            }
        }
    }

    private Runnable next() {
        synchronized (tasks) {
            running = !tasks.isEmpty();
            return tasks.poll();
        }
    }
}
