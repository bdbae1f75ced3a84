package io.jenkins.plugins.concurrency.lab.rehearse.declarative;

import io.jenkins.plugins.concurrency.lab.rehearse.build.Build;

/** Stub until the next commit. */
public final class Declarative {
    private Declarative() {}

    public static Object task(Build build, Object[] arguments) {
        throw new UnsupportedOperationException("Declarative");
    }
}
