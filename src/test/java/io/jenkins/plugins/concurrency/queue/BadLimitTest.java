package io.jenkins.plugins.concurrency.queue;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import io.jenkins.plugins.concurrency.queue.Limited.Kind;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.htmlunit.Page;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlFormUtil;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.build.BuildUpstreamCause;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;

/** A limit that cannot be: where it is set, and where that shows only when a build asks. */
@ExtendWith(OneJenkins.class)
class BadLimitTest {
    private record Bad(String arguments, String message) {}

    private static final String EMPTY = "The 'group' is given, but it is empty.";

    private static final List<Bad> ALL = List.of(
            new Bad("limit: -2", "The limit is -2. Give 'limit' 1 or more."),
            new Bad("limit: 0", "The limit is 0. Give 'limit' 1 or more."),
            new Bad("slots: 0", "The number of slots is 0. Give 'slots' 1 or more."),
            new Bad("limit: 2147483647, slots: 2147483647", "Ask for at most 1000 slots"),
            new Bad("waitTimeout: -1", "'waitTimeout' is -1."),
            new Bad("maxQueued: -1", "'maxQueued' is -1."),
            new Bad("limit: 99999999999L", "'limit' is 99999999999. Give a whole number from 1 to 2147483647."),
            new Bad("limit: 1.5", "'limit' is 1.5. Give a whole number"),
            new Bad("limit: env.X", "'limit' is given, but it is empty."),
            new Bad("waitTimeout: 0.5", "'waitTimeout' is 0.5."),
            new Bad("exclusive: 'yes'", "'exclusive' is 'yes'. Give true or false."),
            new Bad("behavior: 'queue'", "'queue' is no behavior. Give 'behavior' one of 'QUEUE',"),
            new Bad("behavior: null", "'behavior' is given, but it is empty."),
            new Bad("unit: 'FORTNIGHTS'", "'FORTNIGHTS' is no unit. Give 'unit' one of"),
            new Bad("result: 'FAILURE'", "'FAILURE' is no result. Give 'result' one of 'ABORTED', 'NOT_BUILT'."),
            new Bad("causes: ['X']", "'X' is no causes. Give 'causes' one of 'TIMER',"),
            new Bad(
                    "causes: 'TIMER'",
                    "'causes' is 'TIMER', which is not a list. Give a list, such as causes: ['TIMER']."),
            new Bad("causes: [null]", "'null' is no causes."),
            new Bad("group: 'a', scope: 'PLANET'", "'PLANET' is no scope. Give 'scope' one of"),
            new Bad("group: 'a', scope: 'BUILD'", "A group inside one build limits nothing before the build starts."),
            new Bad("group: 5", "'group' is 5, which is not text."),
            new Bad("group: 'a' * 201", "has 201 characters. Give it a name of at most 200."),
            new Bad("group: env.X", EMPTY),
            new Bad("group: ''", EMPTY),
            new Bad("group: '  '", EMPTY));

    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        jenkins.jenkins.setNumExecutors(4);
    }

    @Test
    void aJenkinsfileThatSetsOneFailsAndLeavesTheJobAsItWas() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "deploy");
        ConcurrencyLimitProperty before = LimitTest.limit(7, Behavior.QUEUE_LATEST);
        job.addProperty(before);
        assertAll(ALL.stream().map(bad -> () -> {
            job.setDefinition(
                    new CpsFlowDefinition("properties([concurrencyLimit(" + bad.arguments() + ")])\necho 'on'", true));
            WorkflowRun run = Gates.ended(job.scheduleBuild2(0).waitForStart());
            assertEquals(Result.FAILURE, run.getResult(), bad::arguments);
            jenkins.assertLogContains(bad.message(), run);
            jenkins.assertLogNotContains("[Pipeline] echo", run);
            ConcurrencyLimitProperty after = job.getProperty(ConcurrencyLimitProperty.class);
            jenkins.assertEqualDataBoundBeans(before, after);
        }));
        assertThat(job.getConfigFile().asString(), containsString("<limit>7</limit>"));
    }

    @Test
    void theFormThatSetsOneAnswersWithASentenceAndLeavesTheJobAsItWas() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("deploy");
        job.addProperty(LimitTest.limit(7, Behavior.QUEUE));
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.setThrowExceptionOnFailingStatusCode(false);
            HtmlForm form = client.getPage(job, "configure").getFormByName("config");
            form.getInputByName("_.limit").setValue("-2");
            assertRefused("The limit is -2. Give 'limit' 1 or more.", HtmlFormUtil.submit(form));
            form = client.getPage(job, "configure").getFormByName("config");
            form.getInputByName("_.maxQueued").setValue("1.5");
            assertRefused("'maxQueued' is '1.5'. Give a whole number", HtmlFormUtil.submit(form));
            form = client.getPage(job, "configure").getFormByName("config");
            form.getInputByName("_.group").setValue("x".repeat(201));
            assertRefused("has 201 characters", HtmlFormUtil.submit(form));
        }
        assertEquals(7, job.getProperty(ConcurrencyLimitProperty.class).getLimit());
        assertThat(job.getConfigFile().asString(), containsString("<limit>7</limit>"));
    }

    private static void assertRefused(String message, Page answer) {
        String text = answer.getWebResponse().getContentAsString();
        assertThat(text, containsString(message));
        assertThat(text, not(containsString("Exception")));
        assertThat(text, not(containsString("\tat ")));
        assertEquals(400, answer.getWebResponse().getStatusCode());
    }

    @Test
    void aScriptThatSetsOneIsRefusedWithASentence() throws Exception {
        ConcurrencyLimitProperty limit = new ConcurrencyLimitProperty();
        assertAll(Stream.<Executable>of(
                        () -> limit.setBehavior(null),
                        () -> limit.setUnit(null),
                        () -> limit.setResult(null),
                        () -> limit.setCauses(null),
                        () -> limit.setGroup("a\nb"),
                        () -> limit.setScope("PLANET"))
                .map(bad -> () -> assertThrows(InvalidRequestException.class, bad)));
        jenkins.assertEqualDataBoundBeans(new ConcurrencyLimitProperty(), limit);
    }

    @ParameterizedTest
    @EnumSource
    void aGroupThatIsWrongOnlyForOneBuildFailsThatBuildWithOrWithoutACap(Kind kind) throws Exception {
        ConcurrencyLimitProperty limit = LimitTest.limit(1, Behavior.QUEUE);
        limit.setGroup("deploy-${TARGET}");
        Limited job = Limited.create(jenkins, kind, "deploy", limit).withParameter("TARGET");
        for (Integer cap : new Integer[] {null, 3}) {
            ConcurrencySettings.get().setCap(cap);
            Run<?, ?> failed =
                    job.ends(Result.FAILURE, "has 201 characters", Limited.parameter("TARGET", "x".repeat(194)));
            assertFalse(Limited.hasRun(failed));
            limit.setGroup("${NOTHING}");
            failed = job.ends(Result.FAILURE, "names the parameter 'NOTHING'");
            assertFalse(Limited.hasRun(failed));
            limit.setGroup("${TARGET}");
            failed = job.ends(Result.FAILURE, EMPTY, Limited.parameter("TARGET", " "));
            assertFalse(Limited.hasRun(failed));
            limit.setGroup("deploy-${TARGET}");
            job.finish(job.inside(Limited.parameter("TARGET", "x".repeat(193))));
        }
    }

    /** Whoever is asked who waits for the build cannot answer. */
    private static final class Broken extends BuildUpstreamCause {
        private final boolean linkage;

        Broken(WorkflowRun run, boolean linkage) throws Exception {
            super(run.getExecution().getCurrentHeads().get(0), run);
            this.linkage = linkage;
        }

        @Override
        public Run<?, ?> getUpstreamRun() {
            if (linkage) {
                throw new NoClassDefFoundError("broken");
            }
            throw new IllegalStateException("broken");
        }

        @Override
        public void print(TaskListener listener) {}

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBuildWhoseSlotsCannotBeFoundOutFailsAndDoesNotRun(Kind kind) throws Exception {
        WorkflowJob upstream = jenkins.createProject(WorkflowJob.class, "upstream");
        upstream.setDefinition(new CpsFlowDefinition("", true));
        WorkflowRun cause = Gates.ended(upstream.scheduleBuild2(0).waitForStart());
        ConcurrencySettings.get().setCap(3);
        Limited capped = Limited.create(jenkins, kind, "capped", null);
        Limited limited = Limited.create(jenkins, kind, "limited", LimitTest.limit(1, Behavior.QUEUE));
        for (Limited job : List.of(capped, limited)) {
            for (boolean linkage : new boolean[] {false, true}) {
                Cause broken = new Broken(cause, linkage);
                Run<?, ?> failed = job.ends(
                        Result.FAILURE, "Cannot determine which slots this build needs", new CauseAction(broken));
                assertFalse(Limited.hasRun(failed));
            }
            job.finish(job.inside());
        }
        assertTrue(jenkins.jenkins.getQueue().isEmpty());
    }

    /** As when one more cause is added to an item, under the queue's lock, while its causes are looked at without it. */
    private static final class Changing extends CauseAction {
        private final AtomicBoolean changes = new AtomicBoolean(true);

        Changing() {
            super(new Cause.UserIdCause());
        }

        @Override
        public List<Cause> getCauses() {
            boolean ours = Arrays.stream(Thread.currentThread().getStackTrace())
                    .anyMatch(frame -> frame.getClassName().equals(LimitRequestFactory.class.getName()));
            if (ours && changes.getAndSet(false)) {
                throw new ConcurrentModificationException();
            }
            return super.getCauses();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBuildWhoseCausesChangeJustNowIsAskedForAgain(Kind kind) throws Exception {
        Limited job = Limited.create(jenkins, kind, "job", LimitTest.limit(1, Behavior.QUEUE));
        Changing changing = new Changing();
        Run<?, ?> run = job.inside(changing);
        assertFalse(changing.changes.get());
        job.finish(run);
    }
}
