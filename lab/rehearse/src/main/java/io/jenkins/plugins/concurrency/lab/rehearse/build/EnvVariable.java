package io.jenkins.plugins.concurrency.lab.rehearse.build;

import groovy.lang.GroovyObjectSupport;
import io.jenkins.plugins.concurrency.lab.rehearse.program.Open;
import java.util.HashMap;
import java.util.Map;

/** The variable {@code env} of a program. */
public final class EnvVariable extends GroovyObjectSupport implements Open {
    private final Build build;

    EnvVariable(Build build) {
        this.build = build;
    }

    /** All variables, here. */
    public Map<String, String> getEnvironment() {
        Map<String, String> all = new HashMap<>(build.env());
        all.putAll(build.program().context().env());
        return all;
    }

    @Override
    public Object getProperty(String name) {
        String inBlock = build.program().context().env().get(name);
        return inBlock == null ? build.env().get(name) : inBlock;
    }

    @Override
    public void setProperty(String name, Object value) {
        build.env().put(name, String.valueOf(value));
    }

    public Object getAt(String name) {
        return getProperty(name);
    }

    public void putAt(String name, Object value) {
        setProperty(name, value);
    }
}
