package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What the constants of Jenkinsfiles are called in forms and on pages: the constant and what it does, so that a reader of one
 * finds the other. In the language of the current request.
 */
@Restricted(NoExternalUse.class)
public final class Labels {
    private Labels() {}

    /** Such as: QUEUE – wait. */
    @NonNull
    public static String of(@NonNull Behavior behavior) {
        return join(
                behavior,
                switch (behavior) {
                    case QUEUE -> Messages.Behavior_queue();
                    case QUEUE_LATEST -> Messages.Behavior_queueLatest();
                    case CANCEL_RUNNING -> Messages.Behavior_cancelRunning();
                    case CANCEL -> Messages.Behavior_cancel();
                    case FAIL -> Messages.Behavior_fail();
                    case SKIP -> Messages.Behavior_skip();
                });
    }

    /** Such as: JOB – this job. */
    @NonNull
    public static String of(@NonNull Scope scope) {
        return join(
                scope,
                switch (scope) {
                    case BUILD -> Messages.Scope_build();
                    case UPSTREAM -> Messages.Scope_upstream();
                    case JOB -> Messages.Scope_job();
                    case FOLDER -> Messages.Scope_folder();
                    case CONTROLLER -> Messages.Scope_controller();
                    case SHARED -> Messages.Scope_shared();
                });
    }

    /** Such as: FOLDER – the top level. */
    @NonNull
    public static String scope(@NonNull GroupKey group) {
        return group.scope() == Scope.FOLDER && group.context().isEmpty()
                ? join(Scope.FOLDER, Messages.Scope_root())
                : of(group.scope());
    }

    /** Why nobody gets a slot yet. */
    @NonNull
    public static String recovering() {
        return Messages.Labels_recovering();
    }

    private static String join(Enum<?> constant, String meaning) {
        return constant.name() + " – " + meaning;
    }
}
