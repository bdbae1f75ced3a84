package io.jenkins.plugins.concurrency.cluster;

/**
 * How a member stands by the log.
 *
 * @param present whether it takes part: it has come back, and was not lost since
 */
record Standing(long epoch, boolean present, boolean lost) {}
