package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Executor;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.queue.Tasks;
import hudson.model.queue.WorkUnit;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.concurrency.engine.Owner;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.springframework.security.core.Authentication;

/**
 * What other builds are called in the log of one build. It names those that the user may read as whom this one runs; none
 * where that cannot be found out, as what another plugin says here is no reason to fail.
 *
 * <p>Builds run as the system where nobody configured anything else. That is no statement about who may read what: so
 * builds of other folders are named then only to those readers of the log who may read them.
 */
@Restricted(NoExternalUse.class)
public final class LogNames {
    private static final Logger LOGGER = Logger.getLogger(LogNames.class.getName());

    private final Authentication writer;
    private final String folder;

    private LogNames(Supplier<Authentication> writer, Job<?, ?> job) {
        this.writer = get(writer, Jenkins.ANONYMOUS2);
        this.folder = job.getParent().getFullName();
    }

    /** For the log of a build. */
    @NonNull
    public static LogNames in(@NonNull Run<?, ?> run) {
        return new LogNames(() -> authentication(run), run.getParent());
    }

    /** For the log of the build that a queue item is to become. */
    @NonNull
    public static LogNames in(@NonNull Queue.Item item, @NonNull Job<?, ?> job) {
        return new LogNames(item::authenticate2, job);
    }

    /** For the log of a build of a job of which no more is known. */
    @NonNull
    public static LogNames in(@NonNull Job<?, ?> job) {
        return new LogNames(() -> authentication(job), job);
    }

    /** As whom a build really runs: that can depend on who started it, not only on its job. */
    static Authentication authentication(Run<?, ?> run) {
        FlowExecutionOwner pipeline =
                run instanceof FlowExecutionOwner.Executable executable ? executable.asFlowExecutionOwner() : null;
        FlowExecution execution = pipeline == null ? null : pipeline.getOrNull();
        if (execution != null) {
            return execution.getAuthentication2();
        }
        Executor executor = run.getExecutor();
        WorkUnit work = executor == null ? null : executor.getCurrentWorkUnit();
        if (work != null) {
            return work.context.item.authenticate2();
        }
        return authentication(run.getParent());
    }

    private static Authentication authentication(Job<?, ?> job) {
        return job instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2;
    }

    /** Such as: deploy #12. For an error message, which has no links. */
    @NonNull
    public String plain(@NonNull Owner owner) {
        return isForEachReader(owner)
                ? BuildNames.ELSEWHERE
                : asWriter(() -> BuildNames.plain(owner), BuildNames.HIDDEN);
    }

    /** The same with a link. */
    @NonNull
    public String link(@NonNull Owner owner) {
        if (isForEachReader(owner)) {
            return BuildNote.encode(BuildReferences.to(owner), BuildNames.ELSEWHERE);
        }
        return asWriter(() -> BuildNames.link(owner), BuildNames.HIDDEN);
    }

    /** Whether the log may name this build to whoever reads the log. */
    boolean mayName(Owner owner) {
        return !isForEachReader(owner)
                && asWriter(() -> VisibleItems.job(owner.job()).isPresent(), false);
    }

    /** What other plugins bring, such as that for the step {@code node}, was configured by nobody. */
    private boolean isForEachReader(Owner owner) {
        return writer.equals(ACL.SYSTEM2)
                && OtherControllers.controllerOf(owner).isEmpty()
                && !folder.equals(folderOf(owner.job()))
                && QueueItemAuthenticatorConfiguration.get().getAuthenticators().isEmpty();
    }

    private static String folderOf(String job) {
        return job.substring(0, Math.max(0, job.lastIndexOf('/')));
    }

    private <T> T asWriter(Supplier<T> question, T otherwise) {
        try (ACLContext asWriter = ACL.as2(writer)) {
            return get(question, otherwise);
        }
    }

    private static <T> T get(Supplier<T> question, T otherwise) {
        try {
            return question.get();
        } catch (RuntimeException x) {
            LOGGER.log(Level.WARNING, "Cannot determine how to show another build in a log", x);
            return otherwise;
        }
    }
}
