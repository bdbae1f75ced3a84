package io.jenkins.plugins.concurrency.engine;

import java.time.Instant;
import java.util.Optional;

/**
 * When something will probably happen: as likely before as after {@code likely}, and in about half of all cases between the
 * other two.
 *
 * @param latest empty if it cannot be told, as something takes longer than it ever did
 * @since 1.0
 */
public record Estimate(Instant earliest, Instant likely, Optional<Instant> latest) {}
