package io.jenkins.plugins.concurrency.engine;

import java.time.Instant;
import java.util.Optional;

/**
 * How many requests there were when somebody looked.
 *
 * @param longestWaiting since when the one has waited that came first; empty if none waits
 * @since 1.0
 */
public record Totals(int running, int waiting, Optional<Instant> longestWaiting) {}
