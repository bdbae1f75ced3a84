package io.jenkins.plugins.concurrency.lab.rehearse.program;

import com.cloudbees.groovy.cps.Continuable;
import com.cloudbees.groovy.cps.SerializableScript;
import groovy.lang.MissingPropertyException;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Task;
import org.codehaus.groovy.runtime.InvokerHelper;

/** What each Jenkinsfile, and each file of a library, is a class of. */
public abstract class RehearsedScript extends SerializableScript implements Open {
    private static final long serialVersionUID = 1L;

    private transient Host host;

    /** @param host what it calls and reads that is not its own */
    final void setHost(Host host) {
        this.host = host;
    }

    @Override
    public final Object invokeMethod(String name, Object args) {
        Object[] arguments = args instanceof Object[] array ? array : new Object[] {args};
        if (getBinding().hasVariable(name)) {
            return InvokerHelper.invokeMethod(getBinding().getVariable(name), "call", arguments);
        }
        Object value = host.call(name, arguments);
        return value instanceof Task ? Continuable.suspend(name, value) : value;
    }

    @Override
    public final Object getProperty(String name) {
        try {
            return super.getProperty(name);
        } catch (MissingPropertyException x) {
            if (host != null && host.has(name)) {
                return host.get(name);
            }
            throw x;
        }
    }

    public final Object sleep(long seconds) {
        return invokeMethod("sleep", new Object[] {seconds});
    }

    @Override
    public final void print(Object value) {
        println(value);
    }

    @Override
    public final void println() {
        println("");
    }

    @Override
    public final void println(Object value) {
        invokeMethod("echo", new Object[] {String.valueOf(value)});
    }

    @Override
    public final void printf(String format, Object value) {
        println(format);
    }

    @Override
    public final void printf(String format, Object[] values) {
        println(format);
    }
}
