package io.jenkins.plugins.concurrency.queue;

import hudson.Util;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.TaskListener;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.Grant;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Outcome;
import io.jenkins.plugins.concurrency.manager.BuildLog;
import io.jenkins.plugins.concurrency.manager.GroupNames;
import io.jenkins.plugins.concurrency.manager.Interruption;
import io.jenkins.plugins.concurrency.manager.LogNames;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a build's log tells about the time before it. */
final class GateLog {
    private static final long WORTH_TELLING = 1_000;

    private GateLog() {}

    /** What there is to tell before there is a log. The list is replaced, never changed: any thread may write it to disk. */
    static final class Story {
        private volatile List<String> lines;

        Story(List<String> lines) {
            this.lines = List.copyOf(lines);
        }

        List<String> lines() {
            return lines;
        }

        void add(List<String> more) {
            List<String> all = new ArrayList<>(lines);
            all.addAll(more);
            lines = all;
        }

        void forget() {
            lines = List.of();
        }

        void tell(TaskListener listener) {
            lines.forEach(line -> BuildLog.tell(listener, () -> line));
        }
    }

    static List<String> granted(Effect.Granted effect) {
        List<String> lines = new ArrayList<>();
        for (GroupKey group : effect.nested()) {
            lines.add("A build that waits for this one holds " + GroupNames.of(group)
                    + " already; this one takes nothing more of it.");
        }
        long waited = effect.waited().toMillis();
        String after = waited < WORTH_TELLING ? "" : " after " + Util.getTimeSpanString(waited) + " in the queue";
        for (Grant grant : effect.grants()) {
            lines.add("Got " + slots(grant) + " of " + GroupNames.of(grant.group()) + after + ".");
        }
        if (effect.overLimit()) {
            lines.add("A person started this build over the limit.");
        }
        return lines;
    }

    private static String slots(Grant grant) {
        if (grant.exclusive()) {
            return "all";
        }
        String numbers = grant.slots().stream().map(String::valueOf).collect(Collectors.joining(", "));
        return (grant.slots().size() == 1 ? "slot " : "slots ") + numbers;
    }

    static String limitChanged(Effect.LimitChanged effect) {
        return "This build gives " + GroupNames.of(effect.group()) + " the limit " + effect.to()
                + "; other builds gave it " + effect.from() + ". The most recent one counts for all.";
    }

    /** Why a build of a job could not have its slots. Other builds are named as far as it may read them. */
    static String failure(Effect.Ended effect, long id, Job<?, ?> job) {
        Queue.Item item = Queue.getInstance().getItem(id);
        return failure(effect, item == null ? LogNames.in(job) : LogNames.in(item, job));
    }

    private static String failure(Effect.Ended effect, LogNames names) {
        String group = GroupNames.of(effect.group());
        return switch (effect.outcome()) {
            case QUEUE_FULL_FAILED -> "The queue of " + group + " is full.";
            case DEADLOCK ->
                effect.circle().size() == 1 ? deadlock(effect.circle().get(0), names) : circle(effect, names);
            default -> "No slot of " + group + " is free.";
        };
    }

    /** Who holds what it waits for waits for it to start. */
    private static String deadlock(Effect.Blockage link, LogNames names) {
        String holder = names.plain(link.holder());
        return "Deadlock: this build waits for " + GroupNames.of(link.group()) + ", which " + holder + " holds, and "
                + holder + " waits for this build to start. Give the group more slots, start this build outside of the"
                + " block, or wait there until this build has ended: then it rides on what that block holds.";
    }

    private static String circle(Effect.Ended effect, LogNames names) {
        return "These builds would wait for each other for ever: "
                + effect.circle().stream()
                        .map(link -> names.plain(link.waiting()) + " waits for " + GroupNames.of(link.group())
                                + ", which " + names.plain(link.holder()) + " holds")
                        .collect(Collectors.joining("; "))
                + ".";
    }

    /** Why the build of a queue entry ends that was to leave the queue. */
    static Interruption.Kind kind(Outcome outcome) {
        return switch (outcome) {
            case SUPERSEDED -> Interruption.Kind.SUPERSEDED;
            case DISPLACED -> Interruption.Kind.DISPLACED;
            case EXPIRED -> Interruption.Kind.EXPIRED;
            case QUEUE_FULL_CANCELLED -> Interruption.Kind.QUEUE_FULL;
            default -> Interruption.Kind.CANCELLED;
        };
    }

    /** Why a queue entry ends. */
    static String refusal(Outcome outcome) {
        return switch (outcome) {
            case SUPERSEDED -> Messages.QueueBlockage_superseded();
            case DISPLACED -> Messages.QueueBlockage_displaced();
            case EXPIRED -> Messages.QueueBlockage_expired();
            default -> Messages.QueueBlockage_noSlot();
        };
    }
}
