package io.jenkins.plugins.concurrency.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.util.FormValidation.Kind;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.pipeline.modeldefinition.generator.OptionsDirective;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the Snippet Generator makes of a step, and the parser of that. */
class SnippetTest extends StoryTest {
    private SnippetizerTester snippets;

    @BeforeEach
    void setUpSnippets() {
        snippets = new SnippetizerTester(jenkins);
    }

    @Test
    void theNameAloneIsShort() throws Exception {
        snippets.assertRoundTrip(new ConcurrencyStep("deploy"), "concurrency('deploy') {\n    // some block\n}");
    }

    @Test
    void whatIsUsualIsLeftOut() throws Exception {
        ConcurrencyStep step = new ConcurrencyStep("deploy");
        step.setLimit(2);
        step.setBehavior("CANCEL_RUNNING");
        snippets.assertRoundTrip(
                step, "concurrency(behavior: 'CANCEL_RUNNING', group: 'deploy', limit: 2) {\n    // some block\n}");
    }

    @Test
    void allParametersComeBack() throws Exception {
        ConcurrencyStep step = new ConcurrencyStep("deploy");
        step.setScope("JOB");
        step.setLimit(5);
        step.setSlots(2);
        step.setBehavior("QUEUE_LATEST");
        step.setPriority(-1);
        step.setMaxQueued(3);
        step.setWaitTimeout(10);
        step.setUnit(TimeUnit.SECONDS);
        step.setResult("NOT_BUILT");
        step.setVariable("SLOT");
        step.setReason("release");
        ExtraGroup extra = new ExtraGroup("db");
        extra.setExclusive(true);
        step.setExtra(List.of(extra));
        snippets.assertRoundTrip(
                step,
                "concurrency(behavior: 'QUEUE_LATEST', extra: [[exclusive: true, group: 'db']], group: 'deploy', limit: 5,"
                        + " maxQueued: 3, priority: -1, reason: 'release', result: 'NOT_BUILT', scope: 'JOB', slots: 2,"
                        + " unit: 'SECONDS', variable: 'SLOT', waitTimeout: 10) {\n    // some block\n}");
    }

    @Test
    void theFormKeepsWhatItIsGiven() throws Exception {
        ConcurrencyStep plain = new ConcurrencyStep("deploy");
        jenkins.assertEqualDataBoundBeans(plain, new StepConfigTester(jenkins).configRoundTrip(plain));

        ConcurrencyStep step = new ConcurrencyStep("deploy");
        step.setScope("UPSTREAM");
        step.setLimit(5);
        step.setSlots(2);
        step.setBehavior("CANCEL");
        step.setPriority(-1);
        step.setMaxQueued(0);
        step.setWaitTimeout(10);
        step.setUnit(TimeUnit.SECONDS);
        step.setResult("NOT_BUILT");
        step.setVariable("SLOT");
        step.setReason("release");
        ExtraGroup extra = new ExtraGroup("db");
        extra.setScope("FOLDER");
        extra.setLimit(4);
        extra.setSlots(3);
        step.setExtra(List.of(extra));
        jenkins.assertEqualDataBoundBeans(step, new StepConfigTester(jenkins).configRoundTrip(step));
    }

    @Test
    void noNameIsTheJobsOwnGroup() throws Exception {
        ConcurrencyStep step = new ConcurrencyStep(null);
        snippets.assertRoundTrip(step, "concurrency(limit: 1) {\n    // some block\n}");
        jenkins.assertEqualDataBoundBeans(step, new StepConfigTester(jenkins).configRoundTrip(step));
    }

    @Test
    void whatTheDirectiveGeneratorMakesOfItRuns() throws Exception {
        for (String group : new String[] {null, "deploy"}) {
            String options = new OptionsDirective.DescriptorImpl()
                    .toGroovy(new OptionsDirective(List.of(new ConcurrencyStep(group))));
            WorkflowJob job = story.script(
                    "with-" + group,
                    "pipeline { agent none\n" + options + "stages { stage('a') { steps { echo 'inside' } } } }");
            jenkins.assertLogContains("inside", jenkins.buildAndAssertSuccess(job));
        }
    }

    @Test
    void theWholeGroupComesBack() throws Exception {
        ConcurrencyStep step = new ConcurrencyStep("data");
        step.setExclusive(true);
        snippets.assertRoundTrip(step, "concurrency(exclusive: true, group: 'data') {\n    // some block\n}");
    }

    @Test
    void mistakesAreToldAsOneTypes() {
        ConcurrencyStep.DescriptorImpl form =
                (ConcurrencyStep.DescriptorImpl) jenkins.jenkins.getDescriptorOrDie(ConcurrencyStep.class);
        assertEquals(Kind.OK, form.doCheckGroup("").kind);
        assertEquals(Kind.OK, form.doCheckGroup("deploy").kind);
        assertEquals(Kind.ERROR, form.doCheckGroup("x".repeat(201)).kind);
        assertEquals(Kind.ERROR, form.doCheckLimit("0").kind);
        assertEquals(Kind.ERROR, form.doCheckLimit("99999999999").kind);
        assertEquals(Kind.ERROR, form.doCheckSlots("1.5", "2").kind);
        assertEquals(Kind.ERROR, form.doCheckSlots("3", "2").kind);
        assertEquals(Kind.OK, form.doCheckSlots("2", "2").kind);
        assertEquals(Kind.OK, form.doCheckMaxQueued("", "SKIP").kind);
        assertEquals(Kind.OK, form.doCheckMaxQueued("0", "QUEUE").kind);
        assertEquals(Kind.ERROR, form.doCheckMaxQueued("-1", "QUEUE").kind);
        assertEquals(Kind.ERROR, form.doCheckWaitTimeout("-1", "QUEUE").kind);
        assertEquals(Kind.OK, form.doCheckVariable("SLOT").kind);
        assertEquals(Kind.OK, form.doCheckVariable("").kind);
        assertEquals(Kind.ERROR, form.doCheckVariable("a b=c").kind);
    }

    @Test
    void whatABehaviorCannotDoIsTold() {
        ConcurrencyStep.DescriptorImpl form =
                (ConcurrencyStep.DescriptorImpl) jenkins.jenkins.getDescriptorOrDie(ConcurrencyStep.class);
        assertEquals(Kind.WARNING, form.doCheckBehavior("SKIP").kind);
        assertThat(form.doCheckBehavior("SKIP").getMessage(), containsString("skips the whole Pipeline"));
        assertThat(form.doCheckBehavior("CANCEL").getMessage(), containsString("of that stage does not run"));
        assertEquals(Kind.OK, form.doCheckBehavior("QUEUE").kind);
        for (String behavior : List.of("CANCEL", "FAIL", "SKIP")) {
            assertEquals(Kind.WARNING, form.doCheckMaxQueued("3", behavior).kind);
            assertEquals(Kind.WARNING, form.doCheckWaitTimeout("3", behavior).kind);
        }
    }

    @Test
    void allOfItsParametersAreDocumented() throws Exception {
        SnippetizerTester.assertDocGeneration(ConcurrencyStep.class);
    }
}
