package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.Outcome;
import java.util.stream.Collectors;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Why a request was not granted, in words. Each switch names all outcomes, so that a new one is not forgotten anywhere. */
@Restricted(NoExternalUse.class)
public final class OutcomeText {
    private OutcomeText() {}

    /** For a page that shows the group beside it: why a build was dropped from the queue. */
    @NonNull
    public static String inShort(@NonNull Outcome outcome) {
        return switch (outcome) {
            case SUPERSEDED -> Messages.OutcomeText_superseded();
            case DISPLACED -> Messages.OutcomeText_displaced();
            case EXPIRED -> Messages.OutcomeText_expired();
            case QUEUE_FULL_CANCELLED, QUEUE_FULL_FAILED -> Messages.OutcomeText_queueFull();
            case WITHDRAWN -> Messages.OutcomeText_byHand();
            case CANCELLED, FAILED, SKIPPED, DEADLOCK -> Messages.OutcomeText_noSlot();
        };
    }

    /** For the page of the build that was not granted its slots. */
    @NonNull
    public static String ofBuild(@NonNull Outcome outcome) {
        return switch (outcome) {
            case SUPERSEDED, DISPLACED, EXPIRED, QUEUE_FULL_CANCELLED, QUEUE_FULL_FAILED, CANCELLED, FAILED ->
                inShort(outcome);
            case SKIPPED -> Messages.OutcomeText_skipped();
            case DEADLOCK -> Messages.OutcomeText_wouldDeadlock();
            case WITHDRAWN -> Messages.OutcomeText_withdrawn();
        };
    }

    /** For the error that a build fails with. Other builds are named as its log may name them. */
    @NonNull
    public static String error(@NonNull Effect.Ended effect, @NonNull LogNames names) {
        String group = GroupLabels.label(effect.group());
        return switch (effect.outcome()) {
            case QUEUE_FULL_CANCELLED, QUEUE_FULL_FAILED -> Messages.OutcomeText_isFull(group);
            case DEADLOCK ->
                Messages.OutcomeText_deadlock(effect.circle().stream()
                        .map(link -> blockage(link, names))
                        .collect(Collectors.joining("; ")));
            case CANCELLED, FAILED, SKIPPED, SUPERSEDED, DISPLACED, EXPIRED, WITHDRAWN ->
                Messages.OutcomeText_noFreeSlot(group);
        };
    }

    private static String blockage(Effect.Blockage link, LogNames names) {
        return Messages.OutcomeText_blockage(
                names.plain(link.waiting()), GroupLabels.label(link.group()), names.plain(link.holder()));
    }
}
