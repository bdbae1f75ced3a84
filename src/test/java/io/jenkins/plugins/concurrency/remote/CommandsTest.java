package io.jenkins.plugins.concurrency.remote;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.cli.CLICommandInvoker;
import hudson.model.Result;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.GroupId;
import io.jenkins.plugins.concurrency.manager.Requests;
import java.util.List;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

@ExtendWith(OneJenkins.class)
class CommandsTest {
    private static final GroupKey PROD = Requests.group("prod");

    private JenkinsRule jenkins;
    private Story story;
    private WorkflowJob job;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        story = new Story(rule);
        job = story.job("deploy", "group: 'prod', limit: 1");
        Callers.admit(jenkins);
    }

    private CLICommandInvoker.Result call(String user, ConcurrencyCommand command, String... arguments) {
        return new CLICommandInvoker(jenkins, command).asUser(user).invokeWithArgs(arguments);
    }

    private void does(ConcurrencyCommand command, String... arguments) {
        CLICommandInvoker.Result result = call("admin", command, arguments);
        assertEquals(0, result.returnCode(), result::toString);
    }

    private static GroupView prod() {
        return ConcurrencyManager.get().group(PROD, 0, 0).orElseThrow();
    }

    @Test
    void whoAsksIsToldWhichGroupsThereAreAndWhoIsInOne() throws Exception {
        WorkflowRun first = story.inside(job);
        WorkflowRun second = story.waiting(job);
        String list = call("reader", new ListGroupsCommand()).stdout();
        assertThat(list, containsString(GroupId.of(PROD)));
        assertThat(list, containsString("1 of 1 slots in use, 1 waiting"));
        String group = call("reader", new ShowGroupCommand(), "prod").stdout();
        assertThat(group, containsString("deploy#1\trunning on [1]"));
        assertThat(group, containsString("deploy#2\twaiting, place 1"));
        JSONObject json = JSONObject.fromObject(call("reader", new ShowGroupCommand(), "-format", "JSON", "prod")
                .stdout());
        assertEquals(1, json.getJSONObject("waiting").getInt("count"));
        assertEquals(
                "prod",
                JSONObject.fromObject(call("reader", new ListGroupsCommand(), "-format", "JSON")
                                .stdout())
                        .getJSONArray("groups")
                        .getJSONObject(0)
                        .getString("name"));
        assertEquals("", call("stranger", new ListGroupsCommand()).stdout());
        assertEquals(3, call("stranger", new ShowGroupCommand(), "prod").returnCode());
        story.finish(first);
        story.finish(second);
    }

    @Test
    void whoMayDoesToAGroupWhatPagesDo() throws Exception {
        WorkflowRun first = story.inside(job);
        does(new PauseCommand(), "prod", "-reason", "night", "-minutes", "5");
        assertTrue(prod().paused());
        does(new ResumeCommand(), GroupId.of(PROD));
        assertFalse(prod().paused());
        assertEquals(4, call("admin", new ResumeCommand(), "prod").returnCode());
        does(new SetLimitCommand(), "prod", "3");
        assertEquals(3, prod().limit());
        assertEquals(3, call("admin", new SetLimitCommand(), "prod", "0").returnCode());
        does(new ResetLimitCommand(), "prod");
        assertEquals(1, prod().limit());
        assertEquals(6, call("reader", new PauseCommand(), "prod").returnCode());
        assertEquals(3, call("stranger", new PauseCommand(), "prod").returnCode());
        assertFalse(prod().paused());
        story.finish(first);
    }

    @Test
    void buildsAreMovedStartedReleasedAndCancelled() throws Exception {
        WorkflowRun first = story.inside(job);
        List<WorkflowRun> waiting = story.waiting(job, 3);
        does(new MoveCommand(), "deploy#4", "-to", "TOP");
        assertEquals(List.of(4L, 2L, 3L), Requests.waiting(PROD));
        does(new StartCommand(), "deploy#4");
        story.awaitInside(waiting.get(2));
        does(new CancelCommand(), Requests.of(waiting.get(0)).toString());
        story.ended(waiting.get(0), Result.ABORTED);
        does(new ReleaseCommand(), "deploy#1", "deploy#4");
        story.awaitInside(waiting.get(1));
        CLICommandInvoker.Result unknown = call("admin", new CancelCommand(), "deploy#77");
        assertEquals(3, unknown.returnCode());
        assertThat(unknown.stderr(), containsString("There is no build 77 of a job 'deploy'."));
        assertEquals(3, call("stranger", new CancelCommand(), "deploy#3").returnCode());
        assertEquals(6, call("reader", new CancelCommand(), "deploy#3").returnCode());
        story.finish(first);
        story.finish(waiting.get(1));
        story.finish(waiting.get(2));
    }

    @Test
    void whoWaitsForABuildIsToldWhenItHasItsSlotOrNeverWill() throws Exception {
        WorkflowRun first = story.inside(job);
        WorkflowRun second = story.waiting(job);
        assertEquals(0, call("reader", new WaitForCommand(), "deploy", "1").returnCode());
        CLICommandInvoker.Result still = call("reader", new WaitForCommand(), "deploy", "2", "-timeout", "1");
        assertEquals(4, still.returnCode());
        assertThat(still.stderr(), containsString("still waits after 1 seconds"));
        story.finish(first);
        assertEquals(0, call("reader", new WaitForCommand(), "deploy", "2").returnCode());
        story.finish(second);
        CLICommandInvoker.Result over = call("reader", new WaitForCommand(), "deploy", "2");
        assertEquals(5, over.returnCode());
        assertThat(over.stderr(), containsString("SUCCESS"));
        assertEquals(3, call("stranger", new WaitForCommand(), "deploy", "2").returnCode());
    }

    @Test
    void usageTextsSayWhatToGive() {
        CLICommandInvoker.Result result = call("admin", new MoveCommand(), "deploy#4");
        assertEquals(2, result.returnCode());
        assertThat(result.stderr(), containsString("Where to: TOP, UP, DOWN or BOTTOM"));
        assertThat(result.stderr(), not(containsString("Exception")));
    }
}
