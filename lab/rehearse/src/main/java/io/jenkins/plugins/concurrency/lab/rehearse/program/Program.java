package io.jenkins.plugins.concurrency.lab.rehearse.program;

import com.cloudbees.groovy.cps.Outcome;
import groovy.lang.Binding;
import groovy.lang.Closure;
import io.jenkins.plugins.concurrency.lab.rehearse.RehearsalException;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Context;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Task;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.VirtualTime;
import java.util.function.Supplier;

/** The program of one build. For one thread. */
public final class Program {
    private final VirtualTime time;
    private final Budget.Share share;
    private final Host host;
    private Fiber now;

    public Program(VirtualTime time, Budget budget, Host host) {
        this.time = time;
        this.share = budget.new Share();
        this.host = host;
    }

    VirtualTime time() {
        return time;
    }

    Budget.Share share() {
        return share;
    }

    Outcome entered(Fiber fiber, Supplier<Outcome> work) {
        Fiber before = now;
        now = fiber;
        try {
            return work.get();
        } finally {
            now = before;
        }
    }

    /** Where in the build that is which runs now. */
    public Context context() {
        return now == null ? Context.ROOT : now.context();
    }

    /** A file of it that was compiled. */
    public RehearsedScript instantiate(Class<? extends RehearsedScript> type) {
        try {
            RehearsedScript script = type.getDeclaredConstructor().newInstance();
            script.setHost(host);
            script.setBinding(new Binding());
            return script;
        } catch (java.lang.reflect.InvocationTargetException x) {
            throw new RehearsalException(type.getSimpleName() + " cannot start: " + x.getCause());
        } catch (ReflectiveOperationException x) {
            throw new RehearsalException(type.getSimpleName() + " cannot start: " + x.getMessage());
        }
    }

    /** All of a file. */
    public Task main(RehearsedScript script) {
        return Fiber.task(this, script::run);
    }

    /** A method of a file. */
    public Task method(RehearsedScript script, String name, Object... arguments) {
        return Fiber.task(this, () -> script.getMetaClass().invokeMethod(script, name, arguments));
    }

    /**
     * Runs a block here and now that only says what is what.
     *
     * @param section what its names and calls are of
     */
    public Object evaluate(Closure<?> block, Object section) {
        try {
            return Fiber.evaluate(this, at(block, section));
        } finally {
            // The blocks in it that run later are not about the section any more.
            block.setDelegate(block.getOwner());
            block.setResolveStrategy(Closure.OWNER_FIRST);
        }
    }

    /** A block whose names and calls are those of a section, and only then those of the program. */
    public static Closure<?> at(Closure<?> block, Object section) {
        block.setDelegate(section);
        block.setResolveStrategy(Closure.DELEGATE_FIRST);
        return block;
    }

    /** The body of a step. */
    public Task body(Closure<?> body, Object... arguments) {
        return Fiber.body(this, body, arguments);
    }
}
