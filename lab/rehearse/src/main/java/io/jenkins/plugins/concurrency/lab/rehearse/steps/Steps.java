package io.jenkins.plugins.concurrency.lab.rehearse.steps;

import hudson.AbortException;
import io.jenkins.plugins.concurrency.lab.rehearse.build.Build;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Results;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Task;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Tasks;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The steps that are rehearsed, by name. Stateless. */
public final class Steps {
    private record Known(String sole, Step step) {}

    private static final Map<String, Known> ALL = new HashMap<>();

    static {
        Blocks.addTo(Steps::add);
        Simple.addTo(Steps::add);
        add("concurrency", "group", ConcurrencyStep::start);
        add("lock", "resource", LockStep::start);
        add("build", "job", BuildStep::start);
        add("milestone", "ordinal", MilestoneStep::start);
        add("input", "message", InputStep::start);
        add("properties", "properties", PropertiesStep::start);
        add("sleep", "time", call -> Tasks.delay(call.build().world().time(), call.millis(TimeUnit.SECONDS), null));
    }

    private Steps() {}

    /** Adds a step to those that are known. */
    interface Registry {
        void add(String name, String sole, Step step);
    }

    private static void add(String name, String sole, Step step) {
        ALL.put(name, new Known(sole, step));
    }

    /** Whether it is rehearsed. */
    public static boolean isKnown(String name) {
        return name.equals("parallel") || ALL.containsKey(name);
    }

    /**
     * Calls a step.
     *
     * @return its value, or a {@code Task} that has it
     */
    public static Object call(String name, Object[] arguments, Build build) {
        if (name.equals("parallel")) {
            return ParallelStep.start(arguments, build);
        }
        Known known = ALL.get(name);
        if (known == null) {
            return Unknown.call(name, arguments, build);
        }
        try {
            return known.step.start(Call.of(name, arguments, known.sole, build));
        } catch (Exception x) {
            throw Steps.<RuntimeException>asItIs(x);
        }
    }

    /**
     * A step around a body that is no block of a program.
     *
     * @param arguments by name; the only one, if it has no name, as {@code value}
     * @throws AbortException if it cannot start
     */
    public static Object around(String name, Map<String, Object> arguments, Task body, Build build)
            throws AbortException {
        Known known = ALL.get(name);
        Object sole = arguments.remove("value");
        if (sole != null) {
            arguments.putIfAbsent(known.sole, sole);
        }
        try {
            return known.step.start(new Call(name, arguments, body, build));
        } catch (AbortException | RuntimeException x) {
            throw x;
        } catch (Exception x) {
            throw new IllegalStateException(x);
        }
    }

    /** Programs catch what steps throw, whether it is checked or not. */
    @SuppressWarnings("unchecked")
    static <X extends Throwable> X asItIs(Throwable failure) throws X {
        throw (X) failure;
    }

    /** A result that an argument names. */
    static String result(Call call, String argument, String otherwise) throws AbortException {
        String given = call.text(argument, otherwise);
        if (!Results.isOne(given)) {
            throw new AbortException("'" + given + "' is no result. Give '" + argument
                    + "' one of SUCCESS, UNSTABLE, FAILURE, NOT_BUILT, ABORTED.");
        }
        return given;
    }
}
