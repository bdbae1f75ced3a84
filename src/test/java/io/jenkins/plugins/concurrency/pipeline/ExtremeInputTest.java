package io.jenkins.plugins.concurrency.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Queue;
import io.jenkins.plugins.concurrency.Clients;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.queue.ConcurrencyLimitProperty;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import io.jenkins.plugins.concurrency.settings.DeclaredGroup;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** What looks odd, and is right. */
class ExtremeInputTest extends StoryTest {
    private static GroupView group(Scope scope, String context, String name) {
        return ConcurrencyManager.get()
                .group(new GroupKey(scope, context, name), 0, 10)
                .orElseThrow();
    }

    @Test
    void blanksAroundANameDoNotCountWhereverItIsWritten() throws Exception {
        ConcurrencySettings.get().setGroups(List.of(new DeclaredGroup("deploy ", 1)));
        List<WorkflowRun> runs = new ArrayList<>();
        runs.add(story.start(story.script("first", Gates.block("group: 'deploy', scope: 'CONTROLLER'"))));
        Gates.awaitAtGate(runs.get(0));
        List<String> others = List.of(
                "group: ' deploy', scope: 'CONTROLLER'",
                "group: 'deploy ', scope: 'CONTROLLER'",
                "group: 'other', extra: [[group: 'deploy ', scope: 'CONTROLLER']]");
        for (String arguments : others) {
            runs.add(story.waiting(story.script("other" + runs.size(), Gates.block(arguments))));
        }
        WorkflowJob limited = story.script("limited", "semaphore 'gate'");
        ConcurrencyLimitProperty limit = new ConcurrencyLimitProperty();
        limit.setGroup("deploy ");
        limit.setScope("CONTROLLER");
        limited.addProperty(limit);
        var whole = limited.scheduleBuild2(0);
        Gates.eventually(
                "all of them wait", () -> group(Scope.CONTROLLER, "", "deploy").waitingCount() == others.size() + 1);
        assertEquals("deploy", limit.getGroup());
        finish(runs);
        finish(whole.waitForStart());
        assertEquals(0, Queue.getInstance().getItems().length);
    }

    @Test
    void theVariableIsOfTheFirstGroupHoweverThatIsWritten() throws Exception {
        WorkflowJob job = story.script("deploy", """
                concurrency(group: 'a', scope: 'JOB', limit: 3, slots: 2) {
                    concurrency(group: 'STRASSE ', limit: 5, variable: 'SLOT',
                            extra: [[group: 'strasse', scope: 'BUILD', limit: 7, slots: 3]]) {
                        echo "slot ${env.SLOT}."
                        semaphore 'gate'
                    }
                }
                """);
        WorkflowRun run = story.start(job);
        Gates.awaitAtGate(run);
        jenkins.assertLogContains("slot 1.", run);
        finish(run);
    }

    @Test
    void theHighestLimitThereIsIsOne() throws Exception {
        WorkflowJob job = story.script("deploy", Gates.block("group: 'a', limit: 2147483647, slots: 1000"));
        WorkflowRun run = story.start(job);
        WorkflowRun other = story.start(job);
        Gates.awaitAtGate(run, other);
        assertEquals(2000, group(Scope.FOLDER, "", "a").used());
        String page = Clients.of(jenkins)
                .goTo("job/deploy/concurrency")
                .getElementById("main-panel")
                .asNormalizedText();
        assertThat(page, containsString("2,000 of 2,147,483,647 slots in use"));
        finish(run);
        finish(other);
    }
}
