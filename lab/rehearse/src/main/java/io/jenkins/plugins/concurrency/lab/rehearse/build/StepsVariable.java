package io.jenkins.plugins.concurrency.lab.rehearse.build;

import com.cloudbees.groovy.cps.Continuable;
import groovy.lang.GroovyObjectSupport;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Task;
import io.jenkins.plugins.concurrency.lab.rehearse.program.Open;
import io.jenkins.plugins.concurrency.lab.rehearse.steps.Steps;

/** The variable {@code steps} of a program, whose methods are the steps. */
public final class StepsVariable extends GroovyObjectSupport implements Open {
    private final Build build;

    StepsVariable(Build build) {
        this.build = build;
    }

    @Override
    public Object invokeMethod(String name, Object args) {
        Object value = Steps.call(name, args instanceof Object[] array ? array : new Object[] {args}, build);
        return value instanceof Task ? Continuable.suspend(name, value) : value;
    }

    public Object sleep(long seconds) {
        return invokeMethod("sleep", new Object[] {seconds});
    }

    @Override
    public Object getProperty(String name) {
        return name.equals("env") ? new EnvVariable(build) : super.getProperty(name);
    }
}
