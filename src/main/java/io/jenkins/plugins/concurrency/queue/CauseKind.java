package io.jenkins.plugins.concurrency.queue;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Cause;
import hudson.triggers.SCMTrigger;
import hudson.triggers.TimerTrigger;

/**
 * What may have started a build.
 *
 * @since 1.0
 */
public enum CauseKind {
    /** A time of its schedule came. */
    TIMER(TimerTrigger.TimerTriggerCause.class),
    /** Something was committed. */
    SCM(SCMTrigger.SCMTriggerCause.class),
    /** Another build started it. */
    UPSTREAM(Cause.UpstreamCause.class),
    /** A person did. */
    USER(Cause.UserIdCause.class);

    private final Class<? extends Cause> type;

    CauseKind(Class<? extends Cause> type) {
        this.type = type;
    }

    /** For the form. */
    @NonNull
    public String getLabel() {
        return switch (this) {
            case TIMER -> Messages.CauseKind_timer();
            case SCM -> Messages.CauseKind_scm();
            case UPSTREAM -> Messages.CauseKind_upstream();
            case USER -> Messages.CauseKind_user();
        };
    }

    boolean includes(@NonNull Cause cause) {
        return type.isInstance(cause);
    }
}
