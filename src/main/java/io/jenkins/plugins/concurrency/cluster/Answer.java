package io.jenkins.plugins.concurrency.cluster;

import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import java.util.List;
import java.util.Optional;

/**
 * What a call has caused.
 *
 * @param seq its number in the log
 * @param effects all that it caused, whomever it concerns
 * @since 1.0
 */
public record Answer(long seq, List<Effect> effects) {
    public Answer {
        effects = List.copyOf(effects);
    }

    /** How a request ended, if it did at once. */
    public Optional<Effect.Ended> ended(RequestKey key) {
        return effects.stream()
                .filter(effect -> effect.request().equals(key))
                .filter(Effect.Ended.class::isInstance)
                .map(Effect.Ended.class::cast)
                .findFirst();
    }
}
