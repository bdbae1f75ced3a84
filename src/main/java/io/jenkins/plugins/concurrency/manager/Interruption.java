package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Outcome;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.records.BuildReference;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BinaryOperator;
import jenkins.model.CauseOfInterruption;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;

/**
 * Why a build ended for the sake of a limit. Kept with the build, as one of the causes of its {@link
 * jenkins.model.InterruptedBuildAction}. Immutable; safe for use by several threads.
 */
public final class Interruption extends CauseOfInterruption {
    private static final long serialVersionUID = 1L;

    /** What happened. Its name is part of what is stored. */
    public enum Kind {
        CANCELLED((group, by) -> Messages.Interruption_cancelled(group)),
        QUEUE_FULL((group, by) -> Messages.Interruption_queueFull(group)),
        EXPIRED((group, by) -> Messages.Interruption_expired(group)),
        SUPERSEDED(Messages::Interruption_superseded),
        DISPLACED(Messages::Interruption_displaced),
        CANCELLED_RUNNING(Messages::Interruption_cancelledRunning),
        GIVEN_ON((group, by) -> Messages.Interruption_givenOn(group)),
        RELEASED_ELSEWHERE((group, by) -> Messages.Interruption_releasedElsewhere(group)),
        CUT_OFF((group, by) -> Messages.Interruption_cutOff(group)),
        FENCED((group, by) -> Messages.Interruption_fenced(group));

        private final transient BinaryOperator<String> text;

        Kind(BinaryOperator<String> text) {
            this.text = text;
        }

        String text(String group, String by) {
            return text.apply(group, by);
        }

        /** How a build is interrupted whose request ended so. */
        @Restricted(NoExternalUse.class)
        @NonNull
        public static Kind of(@NonNull Outcome outcome) {
            return switch (outcome) {
                case SUPERSEDED -> SUPERSEDED;
                case DISPLACED -> DISPLACED;
                case EXPIRED -> EXPIRED;
                case QUEUE_FULL_CANCELLED, QUEUE_FULL_FAILED -> QUEUE_FULL;
                case CANCELLED, FAILED, SKIPPED, DEADLOCK, WITHDRAWN -> CANCELLED;
            };
        }
    }

    private final Kind kind;
    private final String group;
    /** Null if there is none. */
    private final BuildReference by;

    private final boolean named;

    @Restricted(NoExternalUse.class)
    public Interruption(@NonNull Kind kind, @NonNull GroupKey group, @NonNull Optional<Owner> by) {
        this(kind, group.name(), by.map(BuildReferences::to).orElse(null), false);
    }

    private Interruption(Kind kind, String group, BuildReference by, boolean named) {
        this.kind = kind;
        this.group = group;
        this.by = by;
        this.named = named;
    }

    /**
     * Why this build ends for the sake of another. Its log names that one to everybody if whom it runs as may read it.
     */
    @Restricted(NoExternalUse.class)
    @NonNull
    public static Interruption of(
            @NonNull Run<?, ?> run, @NonNull Kind kind, @NonNull GroupKey group, @NonNull Owner by) {
        return new Interruption(
                kind, group.name(), BuildReferences.to(by), LogNames.in(run).mayName(by));
    }

    /** What happened. */
    @Exported
    @NonNull
    public Kind getKind() {
        return kind;
    }

    /** The name of the group. */
    @Exported
    public String getGroup() {
        return group;
    }

    /** The build for whose sake this one ended; null if there is none, it has not started, or the user may not read it. */
    @CheckForNull
    public Run<?, ?> getNewerBuild() {
        return by == null ? null : BuildReferences.find(by).orElse(null);
    }

    /** Whether the build ended for the sake of another one. */
    @Restricted(NoExternalUse.class)
    public boolean isForAnother() {
        return by != null;
    }

    /**
     * Why it ended in a few words, for a list of builds of a job; empty if no other build is the reason. It reads no old builds.
     *
     * @param ended the build that ended so
     */
    @Restricted(NoExternalUse.class)
    @NonNull
    public Optional<String> inShort(@NonNull Run<?, ?> ended) {
        if (by == null) {
            return Optional.empty();
        }
        String newer = BuildReferences.name(by, ended.getParent().getFullName()).orElseGet(this::unnamed);
        return switch (kind) {
            case SUPERSEDED -> Optional.of(Messages.Interruption_supersededBy(newer));
            case DISPLACED -> Optional.of(Messages.Interruption_displacedBy(newer));
            case CANCELLED_RUNNING -> Optional.of(Messages.Interruption_cancelledFor(newer));
            case CANCELLED, QUEUE_FULL, EXPIRED, GIVEN_ON, RELEASED_ELSEWHERE, CUT_OFF, FENCED -> Optional.empty();
        };
    }

    @Exported
    @Override
    public String getShortDescription() {
        Run<?, ?> newer = getNewerBuild();
        return kind.text(GroupLabels.inShort(group), newer == null ? unnamed() : newer.getFullDisplayName());
    }

    /** Called as the system, for a log whose readers may not read the newer build. */
    @Override
    public void print(TaskListener listener) {
        BuildLog.tell(listener, () -> kind.text(GroupLabels.inShort(group), newerBuild()));
    }

    private String newerBuild() {
        if (by == null) {
            return Messages.Interruption_newerBuild();
        }
        Run<?, ?> newer = named ? getNewerBuild() : null;
        if (newer != null) {
            return BuildNames.link(newer);
        }
        return OtherControllers.name(by.owner())
                .orElseGet(() -> BuildNote.encode(by, Messages.Interruption_newerBuild()));
    }

    /** What the newer build is called for somebody who may not read it. */
    private String unnamed() {
        return Optional.ofNullable(by)
                .flatMap(reference -> OtherControllers.name(reference.owner()))
                .orElseGet(Messages::Interruption_newerBuild);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Interruption that
                && kind == that.kind
                && group.equals(that.group)
                && Objects.equals(by, that.by);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, group, by);
    }
}
