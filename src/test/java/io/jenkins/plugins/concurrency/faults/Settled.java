package io.jenkins.plugins.concurrency.faults;

import hudson.model.Job;
import hudson.model.ParametersAction;
import hudson.model.Queue;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.faults.body.Notes;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.Sweep;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** Waits, in the controller, until all that can end has ended, and looks what is left. */
final class Settled {
    private static final long PATIENCE_SECONDS = 240;

    private Settled() {}

    /** What is left of groups and of builds; empty if nothing is. The witness hears what became of the builds. */
    static ArrayList<String> look(JenkinsRule jenkins) throws Exception {
        while (!ConcurrencyManager.get().isRecovered()) {
            // Who asks for a build while Pipeline loads it may keep it from being resumed.
            Thread.sleep(100);
        }
        for (long end = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000L;
                System.nanoTime() < end && !isQuiet(); ) {
            Thread.sleep(200);
        }
        noteEnds();
        ArrayList<String> left = new ArrayList<>();
        for (int i = 0; i < 50 && !(left = groups()).isEmpty(); i++) {
            Thread.sleep(100);
        }
        left.addAll(sweep());
        deleteBuilds();
        return left;
    }

    /** All builds of all jobs. */
    static List<Run<?, ?>> builds() {
        List<Run<?, ?>> all = new ArrayList<>();
        for (Job<?, ?> job : Jenkins.get().getAllItems(Job.class)) {
            all.addAll(job.getBuilds());
        }
        return all;
    }

    /**
     * A Pipeline that had no program yet when the controller was killed is said to run for ever, and now and then one whose
     * program had ended, but not its build.
     */
    static boolean isAlive(Run<?, ?> run) {
        FlowExecution program = run instanceof WorkflowRun pipeline ? pipeline.getExecution() : null;
        return run.isLogUpdated() && !(run instanceof WorkflowRun && (program == null || program.isComplete()));
    }

    private static boolean isQuiet() {
        return Queue.getInstance().getItems().length == 0 && builds().stream().noneMatch(Settled::isAlive);
    }

    private static void noteEnds() {
        for (Run<?, ?> run : builds()) {
            String who = Workload.who(run.getAction(ParametersAction.class));
            if (isAlive(run)) {
                Notes.add("stuck", who, run + " " + run.getResult());
            } else {
                Notes.add("result", who, String.valueOf(run.getResult()));
            }
        }
        for (Queue.Item item : Queue.getInstance().getItems()) {
            Notes.add("stuck", Workload.who(item.getAction(ParametersAction.class)), item.task + ": " + item.getWhy());
        }
    }

    private static ArrayList<String> groups() {
        ArrayList<String> used = new ArrayList<>();
        ConcurrencyManager manager = ConcurrencyManager.get();
        for (GroupKey key : manager.groups()) {
            manager.group(key, 0, 10)
                    .filter(group ->
                            !group.running().isEmpty() || !group.waiting().isEmpty())
                    .ifPresent(group -> used.add(key + " is in use: " + group));
        }
        return used;
    }

    /** Two, as only the second one frees anything. */
    private static List<String> sweep() throws ReflectiveOperationException {
        List<String> found = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord message) {
                found.add("swept: " + Arrays.toString(message.getParameters()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(Sweep.class.getName());
        logger.addHandler(handler);
        try {
            Method run = Sweep.class.getDeclaredMethod("run", ConcurrencyManager.class);
            run.setAccessible(true);
            Sweep sweep = new Sweep();
            run.invoke(sweep, ConcurrencyManager.get());
            run.invoke(sweep, ConcurrencyManager.get());
        } finally {
            logger.removeHandler(handler);
        }
        return found;
    }

    /** What has been told once need not be told again. */
    private static void deleteBuilds() throws Exception {
        for (Run<?, ?> run : builds()) {
            if (!run.isLogUpdated()) {
                run.delete();
            }
        }
    }
}
