package io.jenkins.plugins.concurrency.faults;

import hudson.model.Executor;
import hudson.model.Job;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.concurrency.faults.body.Notes;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import java.util.List;
import java.util.Random;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionList;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** What people do to the jobs during one life of the controller, at random. Runs there, until that is killed. */
final class Workload {
    /** So that all of it can be done in a few minutes. */
    private static final int MOST_AT_ONCE = 25;

    private final Random random;
    private final int round;
    private int count;

    private Workload(long seed, int round) {
        this.random = new Random(seed * 1_000_003 + round);
        this.round = round;
    }

    static void run(JenkinsRule jenkins, Long seed, Integer round) throws Exception {
        Jobs.noteLimits();
        Workload workload = new Workload(seed, round);
        for (long end = System.nanoTime() + 60_000_000_000L; System.nanoTime() < end; ) {
            workload.act();
            Thread.sleep(workload.random.nextInt(250));
        }
    }

    private void act() throws Exception {
        int what = random.nextInt(100);
        // Nobody is to load builds that Pipeline is about to load: it would load some of them twice.
        if (what < 60 || !FlowExecutionList.get().isResumptionComplete()) {
            schedule(any(List.of(Jobs.values())));
        } else if (what < 70) {
            abort();
        } else if (what < 74) {
            hardKill();
        } else if (what < 78) {
            cancel();
        } else if (what < 86) {
            Queue.getInstance().save();
            Notes.add("saved", "-", "-");
        } else if (what < 94) {
            changeLimit();
        } else if (what < 97) {
            rename(any(List.of(Jobs.values())));
        }
    }

    private void rename(Jobs job) throws Exception {
        Job<?, ?> found = job.find();
        running()
                .filter(run -> run.getParent() == found)
                .forEach(run -> Notes.add("moved", who(run.getAction(ParametersAction.class)), "-"));
        found.renameTo(job.name() + "-" + round + "x" + count);
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private void schedule(Jobs job) {
        // Now and then one that outlives the controller.
        int millis = random.nextInt(10) == 0 ? 5_000 + random.nextInt(25_000) : random.nextInt(2_500);
        String who = (job.isStep() ? "step" : "entry") + round + "x" + count++;
        if (FlowExecutionList.get().isResumptionComplete()
                && Queue.getInstance().getItems().length + running().count() >= MOST_AT_ONCE) {
            return;
        }
        if (!job.isStep()) {
            Notes.add("ask", who, job.groups.get(0));
        }
        List<ParameterValue> values = List.of(
                new StringParameterValue("who", who), new StringParameterValue("millis", String.valueOf(millis)));
        Queue.getInstance().schedule2((Queue.Task) job.find(), 0, new ParametersAction(values));
    }

    private static Stream<Run<?, ?>> running() {
        return Settled.builds().stream().filter(Settled::isAlive);
    }

    private void abort() {
        List<Run<?, ?>> runs = running().toList();
        Executor executor = runs.isEmpty() ? null : any(runs).getExecutor();
        if (executor != null) {
            executor.interrupt(Result.ABORTED);
        }
    }

    private void hardKill() {
        List<WorkflowRun> runs = running()
                .filter(WorkflowRun.class::isInstance)
                .map(WorkflowRun.class::cast)
                .toList();
        if (!runs.isEmpty()) {
            WorkflowRun run = any(runs);
            Notes.add("hard", who(run.getAction(ParametersAction.class)), "-");
            run.doKill();
        }
    }

    private void cancel() {
        Queue.Item[] items = Queue.getInstance().getItems();
        if (items.length > 0) {
            Queue.Item item = items[random.nextInt(items.length)];
            Notes.add("cancel", who(item.getAction(ParametersAction.class)), "-");
            Queue.getInstance().cancel(item);
        }
    }

    /** What a build, or an entry, is called. */
    static String who(ParametersAction parameters) {
        ParameterValue who = parameters == null ? null : parameters.getParameter("who");
        return who == null ? "-" : String.valueOf(who.getValue());
    }

    private void changeLimit() throws Exception {
        int limit = 1 + random.nextInt(3);
        switch (random.nextInt(4)) {
            case 0 -> change("deploy", Jobs.deployLimit(), limit, Jobs::setDeployLimit);
            case 1 -> change("cap", ConcurrencySettings.get().getCap(), limit + 1, ConcurrencySettings.get()::setCap);
            case 2 -> changeOwn(Jobs.FREE, limit);
            default -> changeOwn(Jobs.PIPE, limit);
        }
    }

    private static void changeOwn(Jobs job, int limit) {
        change(job.groups.get(0), job.limit(), limit, to -> {
            try {
                job.setLimit(to);
            } catch (java.io.IOException x) {
                throw new java.io.UncheckedIOException(x);
            }
        });
    }

    /** The witness is to know of a higher limit before anybody has it, and of a lower one when everybody has. */
    private static void change(String group, int from, int to, IntConsumer change) {
        if (to > from) {
            Notes.add("limit", String.valueOf(to), group);
        }
        change.accept(to);
        if (to < from) {
            Notes.add("limit", String.valueOf(to), group);
        }
    }
}
