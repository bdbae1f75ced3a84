package io.jenkins.plugins.concurrency.lab.rehearse.flow;

import com.cloudbees.groovy.cps.Outcome;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Event;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Journal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The executors of the agents by label; whoever comes first gets one first. For one thread. */
public final class Executors {
    /** The label of those that take everything. */
    public static final String ANY = "any";

    private final VirtualTime time;
    private final Journal journal;
    private final Map<String, Integer> free;
    private final Deque<Claim> queue = new ArrayDeque<>();

    /** @param counts how many there are of each label; {@link #ANY} among them */
    public Executors(VirtualTime time, Journal journal, Map<String, Integer> counts) {
        this.time = time;
        this.journal = journal;
        this.free = new LinkedHashMap<>(counts);
    }

    /** A task that waits for an executor, and has it until its body ends. */
    public Task on(String build, String label, Task body) {
        return (context, then) -> new Claim(build, label == null ? "" : label.trim(), body, context, then);
    }

    private String pool(String label) {
        return free.containsKey(label) ? label : ANY;
    }

    private void serve() {
        for (Claim claim : new ArrayDeque<>(queue)) {
            String pool = pool(claim.label);
            // Whoever asks for no label takes one of any agent.
            if (free.get(pool) == 0 && claim.label.isEmpty()) {
                pool = free.entrySet().stream()
                        .filter(entry -> entry.getValue() > 0)
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse(pool);
            }
            if (free.get(pool) > 0) {
                queue.remove(claim);
                free.merge(pool, -1, Integer::sum);
                claim.got(pool);
            }
        }
    }

    private final class Claim implements Running {
        private final String build;
        private final String label;
        private final Task body;
        private final Context context;
        private final Consumer<Outcome> then;
        private Running running;

        Claim(String build, String label, Task body, Context context, Consumer<Outcome> then) {
            this.build = build;
            this.label = label;
            this.body = body;
            this.context = context;
            this.then = then;
            if (!label.isEmpty() && !free.containsKey(label) && free.size() > 1) {
                journal.warn(
                        "label", "No executor has the label '" + label + "', so those of '" + ANY + "' were used.");
            }
            queue.add(this);
            serve();
            if (running == null) {
                note(Event.Kind.EXECUTOR_AWAITED, label);
            }
        }

        private void note(Event.Kind kind, String text) {
            journal.note(build, String.join("/", context.branch()), kind, "", text);
        }

        void got(String pool) {
            note(Event.Kind.EXECUTOR_TAKEN, pool);
            running = body.start(context.on(pool), outcome -> {
                note(Event.Kind.EXECUTOR_RETURNED, pool);
                free.merge(pool, 1, Integer::sum);
                then.accept(outcome);
                serve();
            });
        }

        @Override
        public void stop(Throwable cause) {
            if (running != null) {
                running.stop(cause);
            } else if (queue.remove(this)) {
                time.soon(() -> then.accept(new Outcome(null, cause)));
            }
        }
    }
}
