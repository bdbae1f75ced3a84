package io.jenkins.plugins.concurrency.lab.rehearse.declarative;

import groovy.lang.GroovyObjectSupport;
import groovy.lang.MissingMethodException;
import groovy.lang.MissingPropertyException;
import io.jenkins.plugins.concurrency.lab.rehearse.program.Open;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads what is in {@code environment { … }}: each assignment is a variable, which the next ones can use. */
final class EnvironmentSection extends GroovyObjectSupport implements Open {
    private final Map<String, String> variables = new LinkedHashMap<>();

    Map<String, String> variables() {
        return variables;
    }

    @Override
    public Object getProperty(String name) {
        if (!variables.containsKey(name)) {
            throw new MissingPropertyException(name, EnvironmentSection.class);
        }
        return variables.get(name);
    }

    @Override
    public void setProperty(String name, Object value) {
        variables.put(name, String.valueOf(value));
    }

    @Override
    public Object invokeMethod(String name, Object args) {
        if (name.equals("credentials")) {
            return "****";
        }
        throw new MissingMethodException(
                name, EnvironmentSection.class, args instanceof Object[] array ? array : new Object[] {args});
    }
}
