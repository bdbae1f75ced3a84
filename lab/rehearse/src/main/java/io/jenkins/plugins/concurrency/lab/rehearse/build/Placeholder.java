package io.jenkins.plugins.concurrency.lab.rehearse.build;

import com.cloudbees.groovy.cps.Continuable;
import groovy.lang.Closure;
import groovy.lang.GroovyObjectSupport;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Task;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Tasks;
import io.jenkins.plugins.concurrency.lab.rehearse.program.Open;

/** Stands for something of a plugin that is not rehearsed: it runs the blocks that it is given, and returns itself. */
public final class Placeholder extends GroovyObjectSupport implements Open {
    private final String name;
    private final Build build;

    Placeholder(String name, Build build) {
        this.name = name;
        this.build = build;
    }

    @Override
    public Object invokeMethod(String method, Object args) {
        Object[] arguments = args instanceof Object[] array ? array : new Object[] {args};
        String called = name + "." + method;
        build.world().journal().notRehearsed(called, build.job().name());
        Task time = build.world().stepTimes().task(build.world().time(), called, "", this);
        Object last = arguments.length == 0 ? null : arguments[arguments.length - 1];
        if (!(last instanceof Closure<?> closure)) {
            return Continuable.suspend(method, time);
        }
        Task body = build.program().body(closure, this);
        return Continuable.suspend(
                method,
                Tasks.then(
                        time,
                        outcome ->
                                outcome.isFailure() ? Tasks.done(build.world().time(), outcome) : body));
    }

    @Override
    public Object getProperty(String property) {
        return new Placeholder(name + "." + property, build);
    }

    @Override
    public void setProperty(String property, Object value) {
        // Nothing reads it.
    }

    @Override
    public String toString() {
        return name;
    }
}
