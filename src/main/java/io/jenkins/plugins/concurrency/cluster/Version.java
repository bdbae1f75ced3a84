package io.jenkins.plugins.concurrency.cluster;

/** Of entries and snapshots. It is raised with each change to what an entry does, or how it is written. */
final class Version {
    static final int CURRENT = 1;

    private Version() {}
}
