package io.jenkins.plugins.concurrency.lab.rehearse.program;

import groovy.lang.Closure;
import groovy.lang.GroovyObjectSupport;

/** What a class of a library or a plugin that is not there is taken for: it runs the blocks that it is given, and returns itself. */
public abstract class UnknownType extends GroovyObjectSupport implements Open {
    @Override
    public final Object invokeMethod(String name, Object args) {
        Object[] given = args instanceof Object[] array ? array : new Object[] {args};
        Object last = given.length == 0 ? null : given[given.length - 1];
        return last instanceof Closure<?> block ? block.call() : this;
    }

    @Override
    public final Object getProperty(String name) {
        return this;
    }

    @Override
    public final void setProperty(String name, Object value) {
        // Nothing reads it.
    }
}
