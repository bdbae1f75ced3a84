package io.jenkins.plugins.concurrency.manager;

import hudson.XmlFile;
import hudson.model.Run;
import hudson.util.XStream2;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.records.BuildReference;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * Running builds whose job was renamed or moved, by their new names.
 *
 * <p>Pipeline has them in its list of builds to resume, which it writes again and again, build by build, after the rename. If
 * the controller dies before that is done, it resumes those that are missing when somebody happens to look at them: they would
 * be back inside their blocks then, beside others. So their names are written at once, and they are looked at after a start-up.
 * Safe for use by several threads.
 */
final class MovedBuilds {
    private static final Logger LOGGER = Logger.getLogger(MovedBuilds.class.getName());
    private static final XStream2 XSTREAM = new XStream2();

    static {
        XSTREAM.alias("build", BuildReference.class);
    }

    private Set<BuildReference> builds;

    /** Notes these down, and forgets those that have ended. */
    synchronized void add(Collection<Owner> moved) {
        Set<BuildReference> now = new LinkedHashSet<>(builds());
        moved.stream()
                .filter(owner -> !owner.queueItem())
                .map(BuildReferences::to)
                .forEach(now::add);
        now.removeIf(build -> !Runs.isAlive(build.owner()));
        if (!now.equals(builds)) {
            builds = now;
            write();
        }
    }

    /** Has those that have not ended resumed, and visits their steps. */
    void visit(Consumer<StepExecution> visitor, long seconds)
            throws ExecutionException, InterruptedException, TimeoutException {
        List<FlowExecution> executions;
        synchronized (this) {
            executions = builds().stream()
                    .flatMap(build -> Runs.find(build.owner()).stream())
                    .map(MovedBuilds::execution)
                    .filter(Objects::nonNull)
                    .toList();
        }
        for (FlowExecution execution : executions) {
            execution.getCurrentExecutions(false).get(seconds, TimeUnit.SECONDS).forEach(visitor);
        }
    }

    private static FlowExecution execution(Run<?, ?> run) {
        FlowExecutionOwner owner = run instanceof FlowExecutionOwner.Executable pipeline && run.isLogUpdated()
                ? pipeline.asFlowExecutionOwner()
                : null;
        return owner == null ? null : owner.getOrNull();
    }

    private Set<BuildReference> builds() {
        if (builds == null) {
            builds = read();
        }
        return builds;
    }

    private static Set<BuildReference> read() {
        XmlFile file = file();
        try {
            List<?> read = file.exists() ? (List<?>) file.read() : List.of();
            Set<BuildReference> builds = new LinkedHashSet<>();
            read.stream()
                    .filter(BuildReference.class::isInstance)
                    .map(BuildReference.class::cast)
                    .forEach(builds::add);
            return builds;
        } catch (IOException | RuntimeException x) {
            LOGGER.log(Level.WARNING, x, () -> "Cannot read " + file + "; Pipeline's own list tells what is resumed");
            return Set.of();
        }
    }

    private void write() {
        try {
            file().write(new ArrayList<>(builds));
        } catch (IOException x) {
            LOGGER.log(Level.WARNING, x, () -> "Cannot write " + file());
        }
    }

    private static XmlFile file() {
        return new XmlFile(XSTREAM, new File(Jenkins.get().getRootDir(), "concurrency-moved-builds.xml"));
    }
}
