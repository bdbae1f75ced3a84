package io.jenkins.plugins.concurrency.queue;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.queue.QueueTaskFuture;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.RequestView;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.VisibleItems;
import io.jenkins.plugins.concurrency.queue.Limited.Kind;
import io.jenkins.plugins.concurrency.settings.CapRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/** What Zadig, Polyaxon and Kestra document, as {@code docs/examples} has it here. The work is a semaphore. */
@ExtendWith(OneJenkins.class)
class OtherToolsTest {
    private static final Path EXAMPLES = Path.of("docs", "examples");

    private JenkinsRule jenkins;
    private Story story;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        story = new Story(rule);
        jenkins.jenkins.setNumExecutors(8);
    }

    private static void settings(String tool) throws Exception {
        ConfigurationAsCode.get()
                .configure(EXAMPLES.resolve(tool).resolve("settings.yaml").toString());
    }

    private static String script(String file, String semaphore) throws Exception {
        return Files.readString(EXAMPLES.resolve(file)).replaceAll("sleep \\d+ //.*", semaphore);
    }

    private static GroupView group(String name) {
        return ConcurrencyManager.get()
                .group(new GroupKey(Scope.CONTROLLER, "", name), 0, 100)
                .orElseThrow();
    }

    private static int running(String name) {
        return group(name).used();
    }

    @Test
    void zadigsWorkflowStageAndSystemWideLimits() throws Exception {
        settings("zadig");
        String script = script("zadig/workflow.Jenkinsfile", "semaphore \"\\${env.BUILD_TAG}-\\${job}\"");
        WorkflowJob workflow = story.script("workflow", script);
        // A Jenkinsfile's limit counts from the build on that comes after it was read.
        WorkflowRun before = story.start(workflow);
        deploy(1);
        story.ended(before, Result.SUCCESS);

        WorkflowRun first = story.start(workflow);
        SemaphoreStep.waitForStart("jenkins-workflow-2-api/1", first);
        SemaphoreStep.waitForStart("jenkins-workflow-2-web/1", first);
        jenkins.waitForMessage("Waiting for group 'stage' of this build, place 1", first);
        WorkflowRun second = story.start(workflow);
        SemaphoreStep.waitForStart("jenkins-workflow-3-web/1", second);
        Queue.Item third = new Limited(jenkins, workflow).waiting();
        assertThat(Limited.why(third.getId()), containsString("Waiting for the group of this job"));
        Limited other = Limited.create(jenkins, Kind.FREESTYLE, "other", null);
        Run<?, ?> beside = other.inside();
        Run<?, ?> another = other.inside();
        assertEquals(4, running(CapRules.NAME));
        var capped = other.schedule();
        Limited.until(() -> group(CapRules.NAME).waitingCount() == 1, () -> "nobody waits for the cap");
        deploy(2);
        deploy(3);
        deploy(4);
        story.ended(first, Result.SUCCESS);
        story.ended(second, Result.SUCCESS);
        other.finish(beside);
        other.finish(another);
        Run<?, ?> last = (Run<?, ?>) capped.waitForStart();
        other.awaitInside(last);
        other.finish(last);
        jenkins.assertBuildStatusSuccess(Gates.ended(Limited.started((QueueTaskFuture<?>) third.getFuture())));
    }

    private static void deploy(int build) {
        for (String job : List.of("api", "web", "worker")) {
            SemaphoreStep.success("jenkins-workflow-" + build + "-" + job + "/1", null);
        }
    }

    @Test
    void polyaxonsQueuesWithPrioritiesAndNestedController() throws Exception {
        settings("polyaxon");
        String script = script("polyaxon/pipeline.Jenkinsfile", "semaphore \"operation-\\${name}\"");
        WorkflowRun run = story.start(story.script("pipeline", script));
        Limited.until(() -> running("training") == 2, () -> "training: " + running("training"));
        List<String> left = new ArrayList<>(List.of("1", "2", "3", "a", "b"));
        while (!left.isEmpty()) {
            Limited.until(
                    () -> left.stream().anyMatch(name -> JenkinsRuleLog.of(run).contains("operation " + name + "\n")),
                    () -> "none of " + left + " started");
            assertEquals(true, running("training") <= 2);
            String started = left.stream()
                    .filter(name -> JenkinsRuleLog.of(run).contains("operation " + name + "\n"))
                    .findFirst()
                    .orElseThrow();
            SemaphoreStep.success("operation-" + started + "/1", null);
            left.remove(started);
        }
        story.ended(run, Result.SUCCESS);
        assertEquals(0, running("agent"));
    }

    /** What is in a log now. */
    private static final class JenkinsRuleLog {
        static String of(WorkflowRun run) {
            try {
                return JenkinsRule.getLog(run);
            } catch (java.io.IOException x) {
                throw new java.io.UncheckedIOException(x);
            }
        }
    }

    @Test
    void thirtyBuildsOfThreeQueuesUnderOneCapRunInTheOrderOfTheirPriorities() throws Exception {
        settings("polyaxon");
        Limited first = queue("first", "agent", 0, 3);
        Run<?, ?> whole = first.inside();
        List<Queue.Item> items = new ArrayList<>();
        // The lowest queue comes first, and in each the less urgent builds do.
        for (String name : List.of("batch", "training", "interactive")) {
            for (Limited job : List.of(queue(name + "-", name, 0, 1), queue(name + "+", name, 5, 1))) {
                for (int i = 0; i < 5; i++) {
                    items.add(job.waiting());
                }
            }
        }
        first.finish(whole);
        List<String> order = new ArrayList<>();
        Set<RequestKey> granted = new LinkedHashSet<>();
        for (int finished = 0; finished < items.size(); finished++) {
            for (RequestView view : group("agent").running()) {
                if (granted.add(view.key())) {
                    order.add(view.owner().job());
                }
            }
            finish(new ArrayList<>(granted).get(finished));
        }
        // Three of a kind have got their own slots when the urgent ones come, and keep them.
        assertEquals(
                "interactive- interactive- interactive- interactive+ interactive+ interactive+ interactive+ interactive+"
                        + " interactive- interactive- training- training- batch- training+ training+ batch+ training+"
                        + " training+ batch+ training+ training- batch+ training- training- batch+ batch+ batch-"
                        + " batch- batch- batch-",
                String.join(" ", order));
    }

    private void finish(RequestKey key) throws Exception {
        ConcurrencyManager manager = ConcurrencyManager.get();
        Limited.until(() -> !manager.find(key).orElseThrow().owner().queueItem(), () -> key + " does not start");
        Run<?, ?> run =
                VisibleItems.build(manager.find(key).orElseThrow().owner()).orElseThrow();
        Limited job = new Limited(jenkins, run.getParent());
        job.awaitInside(run);
        job.finish(run);
        Limited.until(() -> manager.find(key).isEmpty(), () -> run + " gives nothing back");
    }

    private Limited queue(String name, String group, int priority, int slots) throws Exception {
        ConcurrencyLimitProperty limit = new ConcurrencyLimitProperty();
        limit.setGroup(group);
        limit.setScope("CONTROLLER");
        limit.setPriority(priority);
        limit.setSlots(slots);
        limit.setLimit(slots);
        return Limited.create(jenkins, Kind.FREESTYLE, name, limit);
    }

    @Test
    void kestrasFlowLimitWithEachBehaviorAndALiveEdit() throws Exception {
        String script = script("kestra/flow.Jenkinsfile", "semaphore \"flow-\\${env.BUILD_NUMBER}-in\"");
        WorkflowJob flow = story.script("flow", script);
        story.finish(story.inside(flow));
        Limited job = new Limited(jenkins, flow);
        Run<?, ?> running = job.inside();
        Queue.Item queued = job.waiting();

        job.edit(LimitTest.limit(1, Behavior.FAIL));
        job.ends(Result.FAILURE, "No slot of the group of this job is free.");
        job.edit(LimitTest.limit(1, Behavior.CANCEL));
        var cancelled = job.schedule();
        Limited.until(cancelled::isCancelled, () -> "still in the queue");

        job.edit(LimitTest.limit(2, Behavior.QUEUE));
        Run<?, ?> beside = job.inside(queued);
        job.finish(running);
        job.finish(beside);
    }
}
