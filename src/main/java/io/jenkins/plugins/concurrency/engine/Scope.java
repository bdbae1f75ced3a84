package io.jenkins.plugins.concurrency.engine;

/**
 * Where a group's name is valid, from the narrowest to the widest.
 *
 * @since 1.0
 */
public enum Scope {
    /** One build: limits its parallel branches. */
    BUILD,
    /** All builds that the same topmost build started, at any depth. */
    UPSTREAM,
    /** All builds of one job. */
    JOB,
    /** All jobs of one folder: a folder, a multibranch project, or the root. */
    FOLDER,
    /** The whole controller. */
    CONTROLLER,
    /** All controllers that use one database. */
    SHARED;

    /** Whether a group of this scope is still there when the build that named it is gone. */
    public boolean outlivesBuilds() {
        return this != BUILD && this != UPSTREAM;
    }
}
