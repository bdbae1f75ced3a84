package io.jenkins.plugins.concurrency.queue;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hudson.matrix.MatrixProject;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.TopLevelItem;
import hudson.util.FormValidation;
import io.jenkins.plugins.concurrency.Clients;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.arguments.EndResult;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.Scope;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;

@ExtendWith(OneJenkins.class)
class LimitFormTest {
    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
    }

    private static ConcurrencyLimitProperty everything() {
        ConcurrencyLimitProperty limit = new ConcurrencyLimitProperty();
        limit.setGroup("deploy <b>${X}");
        limit.setScope(Scope.CONTROLLER.name());
        limit.setLimit(5);
        limit.setSlots(2);
        limit.setBehavior(Behavior.CANCEL_RUNNING);
        limit.setPriority(-3);
        limit.setMaxQueued(0);
        limit.setWaitTimeout(7);
        limit.setUnit(TimeUnit.HOURS);
        limit.setResult(EndResult.NOT_BUILT);
        limit.setCauses(List.of(CauseKind.TIMER, CauseKind.UPSTREAM));
        return limit;
    }

    private <J extends Job<?, ?> & TopLevelItem> ConcurrencyLimitProperty saved(J job) throws Exception {
        Clients.save(jenkins.createWebClient().getPage(job, "configure").getFormByName("config"));
        return job.getProperty(ConcurrencyLimitProperty.class);
    }

    @ParameterizedTest
    @ValueSource(classes = {FreeStyleProject.class, WorkflowJob.class, MatrixProject.class})
    <J extends Job<?, ?> & TopLevelItem> void whatIsSavedIsWhatIsShown(Class<J> type) throws Exception {
        J job = jenkins.createProject(type);
        assertNull(saved(job));
        job.addProperty(new ConcurrencyLimitProperty());
        jenkins.assertEqualDataBoundBeans(new ConcurrencyLimitProperty(), saved(job));
        job.removeProperty(ConcurrencyLimitProperty.class);
        job.addProperty(everything());
        jenkins.assertEqualDataBoundBeans(everything(), saved(job));
        assertEquals(
                List.of(CauseKind.TIMER, CauseKind.UPSTREAM),
                job.getProperty(ConcurrencyLimitProperty.class).getCauses());
        job.removeProperty(ConcurrencyLimitProperty.class);
        ConcurrencyLimitProperty whole = new ConcurrencyLimitProperty();
        whole.setExclusive(true);
        whole.setCauses(List.of(CauseKind.USER));
        job.addProperty(whole);
        jenkins.assertEqualDataBoundBeans(whole, saved(job));
    }

    @Test
    void itIsTurnedOnWithOneClick() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("job");
        HtmlPage page = jenkins.createWebClient().getPage(job, "configure");
        HtmlForm form = page.getFormByName("config");
        form.getInputsByName("specified").stream()
                .filter(box -> box.getEnclosingElement("div").getTextContent().contains("Limit concurrent builds"))
                .findFirst()
                .orElseThrow()
                .setChecked(true);
        Clients.save(form);
        jenkins.assertEqualDataBoundBeans(
                new ConcurrencyLimitProperty(), job.getProperty(ConcurrencyLimitProperty.class));
    }

    @Test
    void mistakesAreToldAsOneTypes() {
        ConcurrencyLimitProperty.DescriptorImpl form = (ConcurrencyLimitProperty.DescriptorImpl)
                jenkins.jenkins.getDescriptorOrDie(ConcurrencyLimitProperty.class);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckLimit("0").kind);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckSlots("3", "2").kind);
        assertEquals(FormValidation.Kind.OK, form.doCheckSlots("2", "2").kind);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckMaxQueued("-1", "QUEUE").kind);
        assertEquals(FormValidation.Kind.OK, form.doCheckMaxQueued("", "SKIP").kind);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckWaitTimeout("-1", "QUEUE").kind);
        assertEquals(FormValidation.Kind.WARNING, form.doCheckMaxQueued("3", "SKIP").kind);
        assertEquals(FormValidation.Kind.WARNING, form.doCheckWaitTimeout("3", "CANCEL").kind);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckGroup("x".repeat(201)).kind);
        assertEquals(FormValidation.Kind.OK, form.doCheckGroup("x".repeat(201) + "${Y}").kind);
        assertThrows(IllegalArgumentException.class, () -> new ConcurrencyLimitProperty().setScope("PLANET"));
    }

    @Test
    void aPipelineSetsItWithFewWords() throws Exception {
        SnippetizerTester snippets = new SnippetizerTester(jenkins);
        ConcurrencyLimitProperty limit = new ConcurrencyLimitProperty();
        limit.setLimit(2);
        limit.setBehavior(Behavior.CANCEL_RUNNING);
        limit.setCauses(List.of(CauseKind.TIMER));
        snippets.assertRoundTrip(
                new org.jenkinsci.plugins.workflow.multibranch.JobPropertyStep(List.of(limit)),
                "properties([concurrencyLimit(behavior: 'CANCEL_RUNNING', causes: ['TIMER'], limit: 2)])");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"properties([concurrencyLimit(limit: 2, behavior: 'CANCEL_RUNNING', causes: ['SCM'])])", """
                pipeline {
                    agent none
                    options { concurrencyLimit(limit: 2, behavior: 'CANCEL_RUNNING', causes: ['SCM']) }
                    stages { stage('x') { steps { echo 'x' } } }
                }
                """})
    void aJenkinsfileSetsIt(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "job");
        job.setDefinition(new CpsFlowDefinition(script, true));
        jenkins.assertBuildStatusSuccess(Gates.ended(job.scheduleBuild2(0).waitForStart()));
        ConcurrencyLimitProperty limit = job.getProperty(ConcurrencyLimitProperty.class);
        assertNotNull(limit);
        assertEquals(2, limit.getLimit());
        assertEquals(Behavior.CANCEL_RUNNING, limit.getBehavior());
        assertEquals(List.of(CauseKind.SCM), limit.getCauses());
    }

    @Test
    void theQueueSaysWhatAnItemWaitsForWithALinkToThePage() throws Exception {
        ConcurrencyLimitProperty limit = new ConcurrencyLimitProperty();
        limit.setGroup("<script>alert(1)</script>");
        Limited job = Limited.create(jenkins, Limited.Kind.FREESTYLE, "deploy", limit);
        var running = job.inside();
        Queue.Item waiting = job.waiting();
        String html = Clients.of(jenkins)
                .goTo("job/deploy/buildHistory/ajax", null)
                .getWebResponse()
                .getContentAsString();
        assertThat(html, containsString("place 1"));
        assertThat(html, containsString("deploy #1"));
        assertThat(html, containsString("job/deploy/concurrency"));
        assertThat(html, not(containsString("<script>alert(1)")));
        assertThat(Limited.why(waiting.getId()), containsString("<script>alert(1)</script>"));
        job.finish(running);
        job.finish(job.inside(waiting));
    }

    @Test
    void theConcurrencyPageShowsWhoIsInTheQueueAndWhoWasDroppedFromIt() throws Exception {
        Limited job =
                Limited.create(jenkins, Limited.Kind.FREESTYLE, "deploy", LimitTest.limit(1, Behavior.QUEUE_LATEST));
        var running = job.inside();
        Queue.Item dropped = job.waiting(new CauseAction(new Cause.UserIdCause("alice")));
        Queue.Item latest = job.waiting();
        Limited.gone(dropped);
        String text = Clients.of(jenkins).goTo("job/deploy/concurrency").asNormalizedText();
        assertThat(text, containsString("(in the build queue)"));
        assertThat(text, matchesRegex("(?s).*Superseded by a newer build\\s+Started by user.*"));
        job.finish(running);
        job.finish(job.inside(latest));
    }
}
