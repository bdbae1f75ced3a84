package io.jenkins.plugins.concurrency.queue;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.manager.Idle;
import io.jenkins.plugins.concurrency.queue.Limited.Kind;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import java.util.List;
import org.htmlunit.Page;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlFormUtil;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.build.BuildUpstreamCause;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A limit that cannot be: where it is set, and where that shows only when a build asks. */
@WithJenkins
class BadLimitTest {
    private record Bad(String arguments, String message) {}

    private static final String EMPTY = "The 'group' is given, but it is empty.";

    private static final List<Bad> ALL = List.of(
            new Bad("limit: -2", "The limit is -2. Give 'limit' 1 or more."),
            new Bad("limit: 0", "The limit is 0. Give 'limit' 1 or more."),
            new Bad("slots: 0", "The number of slots is 0. Give 'slots' 1 or more."),
            new Bad("limit: 2147483647, slots: 2147483647", "Ask for at most 1000 slots"),
            new Bad("waitTimeout: -1", "The longest wait is -1."),
            new Bad("maxQueued: -1", "The bound of the queue, 'maxQueued', is -1."),
            new Bad("group: env.X", EMPTY),
            new Bad("group: ''", EMPTY),
            new Bad("group: '  '", EMPTY));

    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        jenkins.jenkins.setNumExecutors(4);
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        ConcurrencySettings.get().setCap(null);
        Idle.await();
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
            Page answer = HtmlFormUtil.submit(form);
            String text = answer.getWebResponse().getContentAsString();
            assertThat(text, containsString("The limit is -2. Give 'limit' 1 or more."));
            assertThat(text, not(containsString("Exception")));
            assertThat(text, not(containsString("\tat ")));
            assertEquals(400, answer.getWebResponse().getStatusCode());
        }
        assertEquals(7, job.getProperty(ConcurrencyLimitProperty.class).getLimit());
        assertThat(job.getConfigFile().asString(), containsString("<limit>7</limit>"));
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
        WorkflowRun cause = jenkins.buildAndAssertSuccess(upstream);
        ConcurrencySettings.get().setCap(3);
        Limited capped = Limited.create(jenkins, kind, "capped", null);
        Limited limited = Limited.create(jenkins, kind, "limited", LimitTest.limit(1, Behavior.QUEUE));
        for (Limited job : List.of(capped, limited)) {
            for (boolean linkage : new boolean[] {false, true}) {
                Cause broken = new Broken(cause, linkage);
                Run<?, ?> failed = job.ends(
                        Result.FAILURE,
                        "It could not be found out which slots this build needs",
                        new CauseAction(broken));
                assertFalse(Limited.hasRun(failed));
            }
            job.finish(job.inside());
        }
        assertTrue(jenkins.jenkins.getQueue().isEmpty());
    }
}
