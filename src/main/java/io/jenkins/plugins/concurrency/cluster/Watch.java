package io.jenkins.plugins.concurrency.cluster;

import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Sees to it that no body runs on slots that may have been given on: none is told of a grant, and those that have begun are
 * told to stop, while the member does not know whether it is lost. Safe for use by several threads.
 */
final class Watch {
    private final Lifeline lifeline;
    private final Deliveries deliveries;
    /** In the order of the log: news, which may become void, and answers, which do not. */
    private final Deque<Turn> turns = new ArrayDeque<>();
    /** Whose bodies run, as far as anybody was told. */
    private final Set<RequestKey> running = new LinkedHashSet<>();

    private record Turn(News news, Runnable answer) {
        boolean isGrant() {
            return news instanceof News.Caused caused && caused.effect() instanceof Effect.Granted;
        }

        boolean isOf(RequestKey key) {
            return news != null && news.request().equals(key);
        }
    }

    Watch(Lifeline lifeline, Deliveries deliveries) {
        this.lifeline = lifeline;
        this.deliveries = deliveries;
    }

    /** What is to be told in turn; a stop at once, as it only gets more urgent. */
    synchronized void add(Iterable<News> more) {
        for (News each : more) {
            if (each instanceof News.Stop stop) {
                turns.removeIf(before -> before.isOf(stop.request()));
                stop(stop);
            } else {
                turns.add(new Turn(each, null));
            }
        }
    }

    /** What is to be told in turn, whatever becomes of the news before it. */
    synchronized void addAnswer(Runnable answer) {
        turns.add(new Turn(null, answer));
    }

    /** The news that were not told yet are void. */
    synchronized void forget() {
        turns.removeIf(turn -> turn.news() != null);
        turns.forEach(turn -> turn.answer().run());
        turns.clear();
    }

    /** Tells what is new, if the member is not lost for certain. */
    synchronized void deliver() {
        while (!turns.isEmpty() && lifeline.holds()) {
            Turn next = turns.poll();
            if (next.isGrant()) {
                running.add(next.news().request());
            }
            if (next.news() != null) {
                deliveries.tell(next.news());
            } else {
                next.answer().run();
            }
        }
    }

    /** These run, as their builds say. */
    synchronized void run(Collection<RequestKey> keys) {
        running.addAll(keys);
    }

    /** Its body has ended, or it never ran. */
    synchronized void end(RequestKey key) {
        running.remove(key);
    }

    /** Stops those that hold what would be given on, if the member may be lost soon. */
    synchronized void look(Replica replica) {
        if (!lifeline.holds()) {
            running.stream()
                    .filter(replica::isFreedWhenLost)
                    .toList()
                    .forEach(key -> stop(new News.Stop(key, News.Why.CUT_OFF)));
        }
    }

    /** Stops all. */
    synchronized void stopAll(News.Why why) {
        List.copyOf(running).forEach(key -> stop(new News.Stop(key, why)));
    }

    private void stop(News.Stop stop) {
        running.remove(stop.request());
        deliveries.tell(stop);
    }
}
