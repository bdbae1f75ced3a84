package io.jenkins.plugins.concurrency.lab.rehearse.program;

import com.cloudbees.groovy.cps.Continuation;
import com.cloudbees.groovy.cps.Env;
import com.cloudbees.groovy.cps.Envs;
import com.cloudbees.groovy.cps.Next;
import com.cloudbees.groovy.cps.Outcome;
import com.cloudbees.groovy.cps.impl.CpsCallableInvocation;
import com.cloudbees.groovy.cps.sandbox.SandboxInvoker;
import groovy.lang.Closure;
import io.jenkins.plugins.concurrency.lab.rehearse.RehearsalException;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Context;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Once;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Running;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A piece of a program that runs by itself: all of it, or the body of a step. It goes on until it comes to a step that takes
 * time, and goes on from there when that has ended.
 */
public final class Fiber implements Running {
    private final Program program;
    private final Context context;
    private final Consumer<Outcome> then;
    private Env env;
    private Continuation rest;
    private Running step;
    private Once stepEnd;
    private Throwable stopped;

    private Fiber(Program program, Context context, Consumer<Outcome> then) {
        this.program = program;
        this.context = context;
        this.then = then;
    }

    /** The body of a step. */
    static Task body(Program program, Closure<?> body, Object... arguments) {
        return task(program, () -> body.call(arguments));
    }

    /** @param entry calls what is to run */
    static Task task(Program program, Supplier<Object> entry) {
        return (context, then) -> {
            Fiber fiber = new Fiber(program, context, then);
            program.time().soon(() -> fiber.enter(entry));
            return fiber;
        };
    }

    /** Runs a block to its end, in which no step may take time. */
    static Object evaluate(Program program, Closure<?> block) {
        Next next;
        try {
            return block.call();
        } catch (CpsCallableInvocation call) {
            next = call.invoke(Envs.empty(new SandboxInvoker()), null, Continuation.HALT);
        }
        while (next.yield == null) {
            if (program.share().isUsedUp()) {
                throw new EndlessLoopException(where(next.e));
            }
            next = next.step();
        }
        if (next.e != null) {
            throw new IllegalStateException("No step can be called here.");
        }
        if (next.yield.isFailure()) {
            throw Fiber.<RuntimeException>asItIs(next.yield.getAbnormal());
        }
        return next.yield.getNormal();
    }

    /** Programs catch what is thrown, whether it is checked or not. */
    @SuppressWarnings("unchecked")
    private static <X extends Throwable> X asItIs(Throwable failure) throws X {
        throw (X) failure;
    }

    /** Where in its build it is. */
    public Context context() {
        return context;
    }

    private void enter(Supplier<Object> entry) {
        run(() -> {
            if (stopped != null) {
                return Next.terminate0(new Outcome(null, stopped));
            }
            try {
                return Next.terminate(entry.get());
            } catch (CpsCallableInvocation call) {
                return call.invoke(Envs.empty(new SandboxInvoker()), null, Continuation.HALT);
            }
        });
    }

    private void resume(Outcome outcome) {
        step = null;
        // Somebody stopped it when the step had just ended.
        Outcome value = stopped == null ? outcome : new Outcome(null, stopped);
        stopped = null;
        run(() -> value.resumeFrom(env, rest));
    }

    private void run(Supplier<Next> start) {
        Outcome end = program.entered(this, () -> advance(start));
        if (end != null) {
            then.accept(end);
        }
    }

    /** How it ended; null if it has not, and a step runs now. */
    private Outcome advance(Supplier<Next> start) {
        try {
            Next next = start.get();
            while (next.yield == null) {
                if (program.share().isUsedUp()) {
                    return new Outcome(null, new EndlessLoopException(where(next.e)));
                }
                next = next.step();
            }
            env = next.e;
            rest = next.k;
            if (env == null) {
                return next.yield;
            }
            Task task = (Task) next.yield.getNormal();
            stepEnd = new Once(outcome -> program.time().soon(() -> resume(outcome)));
            step = task.start(context, stepEnd);
            return null;
        } catch (StackOverflowError | AssertionError | LinkageError | Exception x) {
            if (x instanceof RehearsalException stopped) {
                throw stopped;
            }
            return new Outcome(null, x);
        }
    }

    private static String where(Env env) {
        List<StackTraceElement> trace = new ArrayList<>();
        env.buildStackTraceElements(trace, 1);
        return trace.isEmpty()
                ? ""
                : trace.get(0).getFileName() + ":" + trace.get(0).getLineNumber();
    }

    @Override
    public void stop(Throwable cause) {
        if (step != null && !stepEnd.isOver()) {
            step.stop(cause);
        } else {
            stopped = cause;
        }
    }
}
