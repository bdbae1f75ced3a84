package io.jenkins.plugins.concurrency.lab.rehearse.program;

/** What a program calls and reads that is not its own. */
public interface Host {
    /** Calls a step, or a variable as if it were one. The value, or a {@code Task} that has it. */
    Object call(String name, Object[] arguments);

    /** Whether there is a variable of this name. */
    boolean has(String name);

    /** The value of that. */
    Object get(String name);
}
