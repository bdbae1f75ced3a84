package io.jenkins.plugins.concurrency.queue;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.BulkChange;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.AbstractProject;
import hudson.model.Action;
import hudson.model.BuildListener;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Descriptor;
import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import hudson.model.TopLevelItem;
import hudson.model.TopLevelItemDescriptor;
import hudson.model.queue.QueueTaskFuture;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.concurrency.Gates;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import jenkins.model.Jenkins;
import jenkins.model.ModifiableTopLevelItemGroup;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.jvnet.hudson.test.JenkinsRule;

/** A job with a limit, whose builds run until they are told to end. */
public final class Limited {
    /** What kind of job. */
    public enum Kind {
        FREESTYLE,
        PIPELINE
    }

    private final JenkinsRule jenkins;
    private final Job<?, ?> job;

    public Limited(JenkinsRule jenkins, Job<?, ?> job) {
        this.jenkins = jenkins;
        this.job = job;
    }

    public static Limited create(JenkinsRule jenkins, Kind kind, String name, ConcurrencyLimitProperty limit)
            throws Exception {
        return create(jenkins, jenkins.jenkins, kind, name, limit);
    }

    public static Limited create(
            JenkinsRule jenkins,
            ModifiableTopLevelItemGroup folder,
            Kind kind,
            String name,
            ConcurrencyLimitProperty limit)
            throws Exception {
        Class<? extends TopLevelItem> type = kind == Kind.PIPELINE ? WorkflowJob.class : FreeStyleProject.class;
        TopLevelItem item =
                folder.createProject((TopLevelItemDescriptor) jenkins.jenkins.getDescriptorOrDie(type), name, true);
        if (item instanceof WorkflowJob pipeline) {
            pipeline.setDefinition(
                    new CpsFlowDefinition("semaphore \"${env.JOB_BASE_NAME}-${env.BUILD_NUMBER}-in\"", true));
        } else if (item instanceof FreeStyleProject freestyle) {
            freestyle.setConcurrentBuild(true);
            freestyle.setQuietPeriod(0);
            freestyle.getBuildersList().add(new Held());
        }
        Job<?, ?> job = (Job<?, ?>) item;
        if (limit != null) {
            job.addProperty(limit);
        }
        return new Limited(jenkins, job);
    }

    public Job<?, ?> job() {
        return job;
    }

    Limited withParameter(String parameter) throws Exception {
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition(parameter, "")));
        return this;
    }

    /** Gives the job another limit at once, as who saves its form does; null takes it away. */
    public void edit(ConcurrencyLimitProperty limit) throws Exception {
        try (BulkChange change = new BulkChange(job)) {
            job.removeProperty(ConcurrencyLimitProperty.class);
            if (limit != null) {
                job.addProperty(limit);
            }
            change.commit();
        }
    }

    public static Action parameter(String name, String value) {
        return new ParametersAction(new StringParameterValue(name, value));
    }

    public QueueTaskFuture<?> schedule(Action... actions) {
        List<Action> all = new ArrayList<>(Arrays.asList(actions));
        if (all.stream().noneMatch(CauseAction.class::isInstance)) {
            // Each of its own, so that the queue does not fold them into one.
            all.add(new CauseAction(new Cause.UserIdCause()));
            all.add(new Distinct());
        }
        Queue.WaitingItem item = (Queue.WaitingItem)
                Jenkins.get().getQueue().schedule2((Queue.Task) job, 0, all).getItem();
        assertNotNull(item);
        return item.getFuture();
    }

    public static Run<?, ?> started(QueueTaskFuture<?> future) throws Exception {
        return (Run<?, ?>) future.getStartCondition().get(60, TimeUnit.SECONDS);
    }

    /** Starts a build and waits until it runs. */
    public Run<?, ?> inside(Action... actions) throws Exception {
        Run<?, ?> run = started(schedule(actions));
        awaitInside(run);
        return run;
    }

    public void awaitInside(Run<?, ?> run) throws Exception {
        if (run instanceof WorkflowRun pipeline) {
            SemaphoreStep.waitForStart(semaphore(run), pipeline);
        } else {
            assertTrue(Held.of(run).entered.await(30, TimeUnit.SECONDS), () -> run + " did not start");
        }
    }

    /** Waits until the build of this number runs: also where its queue item is another object by now. */
    public Run<?, ?> inside(int number) throws Exception {
        until(() -> job.getBuildByNumber(number) != null, () -> job + " #" + number + " has not started");
        Run<?, ?> run = job.getBuildByNumber(number);
        awaitInside(run);
        return run;
    }

    /** The build that a queue item becomes. */
    public Run<?, ?> inside(Queue.Item item) throws Exception {
        Run<?, ?> run = started((QueueTaskFuture<?>) item.getFuture());
        awaitInside(run);
        return run;
    }

    /** Schedules a build and waits until its slots are its own, while something else keeps it from starting. */
    public Queue.Item ready(Action... actions) throws Exception {
        Queue.WaitingItem item = (Queue.WaitingItem) Jenkins.get()
                .getQueue()
                .schedule2((Queue.Task) job, 0, distinct(actions))
                .getItem();
        awaitReady(item);
        return item;
    }

    public void awaitReady(Queue.Item item) throws Exception {
        until(() -> isReady(item.getId()), () -> "Why: " + why(item.getId()));
    }

    private static boolean isReady(long id) {
        Queue.Item item = Queue.getInstance().getItem(id);
        GateEntry entry = item == null ? null : EntryLookup.find(item);
        return entry != null && entry.life().is(EntryLife.State.READY);
    }

    /** Schedules a build and waits until it waits for a slot. */
    public Queue.Item waiting(Action... actions) throws Exception {
        Queue.WaitingItem item = (Queue.WaitingItem) Jenkins.get()
                .getQueue()
                .schedule2((Queue.Task) job, 0, distinct(actions))
                .getItem();
        until(() -> why(item.getId()).contains(", place "), () -> "Why: " + why(item.getId()));
        return item;
    }

    private static List<Action> distinct(Action... actions) {
        List<Action> all = new ArrayList<>(Arrays.asList(actions));
        all.add(new Distinct());
        return all;
    }

    public static String why(long id) {
        Queue.Item item = Queue.getInstance().getItem(id);
        return item == null ? "" : String.valueOf(item.getWhy());
    }

    /** For what happens on other threads and tells nobody. */
    public static void until(BooleanSupplier condition, Supplier<String> otherwise) throws Exception {
        Gates.eventually(condition::getAsBoolean, Gates.PATIENCE, otherwise);
    }

    /**
     * Cancels the queue item with this id. Looked up under the lock: in each state, and each time when the queue looks at it,
     * an item is another object, and an old one cannot be cancelled any more.
     */
    public static void cancel(long id) {
        Queue queue = Queue.getInstance();
        assertTrue(Queue.callWithLock(() -> queue.cancel(queue.getItem(id))), () -> "Not cancelled: " + why(id));
    }

    /** Waits until a queue item has left the queue without a build. */
    public static void gone(Queue.Item item) throws Exception {
        until(item.getFuture()::isCancelled, () -> "Still in the queue: " + why(item.getId()));
    }

    public void leave(Run<?, ?> run) {
        if (run instanceof WorkflowRun) {
            SemaphoreStep.success(semaphore(run), null);
        } else {
            Held.of(run).leave.countDown();
        }
    }

    public void finish(Run<?, ?> run) throws Exception {
        leave(run);
        ended(run, Result.SUCCESS);
    }

    public void ended(Run<?, ?> run, Result result) throws Exception {
        Gates.ended(run);
        jenkins.assertBuildStatus(result, run);
    }

    /** Starts a build that ends by itself. */
    public Run<?, ?> ends(Result result, String log, Action... actions) throws Exception {
        Run<?, ?> run = started(schedule(actions));
        ended(run, result);
        assertThat(JenkinsRule.getLog(run), containsString(log));
        return run;
    }

    /** Whether a build got as far as its work. */
    static boolean hasRun(Run<?, ?> run) throws IOException {
        return run instanceof WorkflowRun
                ? JenkinsRule.getLog(run).contains("[Pipeline] semaphore")
                : Held.of(run).entered.getCount() == 0;
    }

    private static String semaphore(Run<?, ?> run) {
        return run.getParent().getName() + "-" + run.getNumber() + "-in/1";
    }

    /** Keeps the queue from taking one item for the same as another. */
    private static final class Distinct extends hudson.model.InvisibleAction implements Queue.QueueAction {
        @Override
        public boolean shouldSchedule(List<Action> actions) {
            return true;
        }
    }

    /** Runs until it is told to end. */
    public static final class Held extends Builder {
        /** Weak, as whoever holds a build holds all of its Jenkins. */
        private static final Map<Run<?, ?>, Held.Gate> GATES = Collections.synchronizedMap(new WeakHashMap<>());

        private static final class Gate {
            final CountDownLatch entered = new CountDownLatch(1);
            final CountDownLatch leave = new CountDownLatch(1);
        }

        static Gate of(Run<?, ?> run) {
            return GATES.computeIfAbsent(run, any -> new Gate());
        }

        @Override
        public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
                throws InterruptedException {
            of(build).entered.countDown();
            of(build).leave.await();
            return true;
        }

        @Override
        public Descriptor<Builder> getDescriptor() {
            return new BuildStepDescriptor<>() {
                @Override
                @SuppressWarnings("rawtypes")
                public boolean isApplicable(Class<? extends AbstractProject> type) {
                    return true;
                }
            };
        }
    }
}
