package io.jenkins.plugins.concurrency.lab.rehearse.flow;

import com.cloudbees.groovy.cps.Outcome;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Puts tasks together. */
public final class Tasks {
    private Tasks() {}

    /** Ends at once. */
    public static Task done(VirtualTime time, Outcome outcome) {
        return (context, then) -> {
            time.soon(() -> then.accept(outcome));
            return cause -> {};
        };
    }

    /** Takes some time. */
    public static Task delay(VirtualTime time, long millis, Object value) {
        return (context, then) -> {
            Once once = new Once(then);
            VirtualTime.Plan end = time.in(millis, () -> once.accept(new Outcome(value, null)));
            return cause -> {
                end.cancel();
                time.soon(() -> once.accept(new Outcome(null, cause)));
            };
        };
    }

    /** The same task elsewhere. */
    public static Task in(UnaryOperator<Context> where, Task task) {
        return (context, then) -> task.start(where.apply(context), then);
    }

    /** The same task, whose outcome is made another one. */
    public static Task mapped(Task task, UnaryOperator<Outcome> change) {
        return (context, then) -> task.start(context, outcome -> then.accept(change.apply(outcome)));
    }

    /** Goes on with another task, whatever became of the first. */
    public static Task then(Task first, Function<Outcome, Task> next) {
        return (context, then) -> {
            Switch at = new Switch();
            at.to(first.start(context, outcome -> at.to(next.apply(outcome).start(context, then))));
            return at;
        };
    }

    /** One after the other until one fails; the value is that of the last. */
    public static Task sequence(VirtualTime time, List<Task> tasks) {
        Task all = done(time, new Outcome(null, null));
        for (Task task : tasks) {
            all = then(all, outcome -> outcome.isFailure() ? done(time, outcome) : task);
        }
        return all;
    }

    /** What is running now, of several that run one after the other. */
    private static final class Switch implements Running {
        private Running now;

        void to(Running next) {
            now = next;
        }

        @Override
        public void stop(Throwable cause) {
            now.stop(cause);
        }
    }
}
