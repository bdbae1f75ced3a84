package io.jenkins.plugins.concurrency.cluster;

import io.jenkins.plugins.concurrency.engine.Effect;
import java.util.List;
import java.util.Optional;

/**
 * What an entry has done to a replica.
 *
 * @param news what it is to the replica's own member
 * @param refused why it did nothing, if the engine refused it
 */
record Applied(Entry entry, List<Effect> effects, List<News> news, Optional<RuntimeException> refused) {
    Applied {
        effects = List.copyOf(effects);
        news = List.copyOf(news);
    }
}
