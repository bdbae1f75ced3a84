package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.console.ModelHyperlinkNote;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACLContext;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Owner;
import java.util.Objects;
import java.util.Optional;
import jenkins.model.CauseOfInterruption;
import org.kohsuke.stapler.export.Exported;

/**
 * Why a build ended for the sake of a limit. Kept with the build.
 *
 * @since 1.0
 */
public final class Interruption extends CauseOfInterruption {
    private static final long serialVersionUID = 1L;

    /** What happened. Its name is part of what is stored. */
    public enum Kind {
        CANCELLED {
            @Override
            String text(String group, String by) {
                return Messages.Interruption_cancelled(group);
            }
        },
        QUEUE_FULL {
            @Override
            String text(String group, String by) {
                return Messages.Interruption_queueFull(group);
            }
        },
        EXPIRED {
            @Override
            String text(String group, String by) {
                return Messages.Interruption_expired(group);
            }
        },
        SUPERSEDED {
            @Override
            String text(String group, String by) {
                return Messages.Interruption_superseded(group, by);
            }
        },
        DISPLACED {
            @Override
            String text(String group, String by) {
                return Messages.Interruption_displaced(group, by);
            }
        },
        CANCELLED_RUNNING {
            @Override
            String text(String group, String by) {
                return Messages.Interruption_cancelledRunning(group, by);
            }
        };

        abstract String text(String group, String by);
    }

    private final Kind kind;
    private final String group;
    private final String job;
    private final long number;

    private final boolean named;

    public Interruption(@NonNull Kind kind, @NonNull GroupKey group, @NonNull Optional<Owner> by) {
        this(
                kind,
                group.name(),
                by.map(Owner::job).orElse(null),
                // Nobody knows yet which number a queue item will have as a build.
                by.filter(owner -> !owner.queueItem()).map(Owner::number).orElse(0L),
                false);
    }

    private Interruption(Kind kind, String group, String job, long number, boolean named) {
        this.kind = kind;
        this.group = group;
        this.job = job;
        this.number = number;
        this.named = named;
    }

    /** The same for this build, whose log names the newer one if whom this one runs as may read that. */
    @NonNull
    public Interruption of(@NonNull Run<?, ?> run) {
        try (ACLContext asBuild = Runs.as(run)) {
            return new Interruption(kind, group, job, number, getNewerBuild() != null);
        }
    }

    /** The name of the group. */
    @Exported
    public String getGroup() {
        return group;
    }

    /** The build for whose sake this one ended, if there is one and the current user may read it. */
    @CheckForNull
    public Run<?, ?> getNewerBuild() {
        return job == null || number == 0
                ? null
                : Runs.visible(Owner.build(job, number)).orElse(null);
    }

    @Exported
    @Override
    public String getShortDescription() {
        Run<?, ?> newer = getNewerBuild();
        return kind.text(group, newer == null ? Messages.Interruption_newerBuild() : newer.getFullDisplayName());
    }

    /** Called as the system, for a log whose readers may not read the newer build. */
    @Override
    public void print(TaskListener listener) {
        Run<?, ?> newer = named ? getNewerBuild() : null;
        listener.getLogger()
                .println(
                        newer == null
                                ? kind.text(group, Messages.Interruption_newerBuild())
                                : kind.text(
                                        group,
                                        ModelHyperlinkNote.encodeTo("/" + newer.getUrl(), newer.getFullDisplayName())));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Interruption that
                && kind == that.kind
                && number == that.number
                && group.equals(that.group)
                && Objects.equals(job, that.job);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, group, job, number);
    }
}
