package io.jenkins.plugins.concurrency.pipeline;

import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** A Jenkinsfile looks at a group, and decides. */
class StatusTest extends StoryTest {
    private static final String SAY = """
            def s = concurrencyStatus('prod')
            echo "limit=${s.limit} used=${s.used} waiting=${s.waiting} paused=${s.paused}"
            echo "holders=${s.holders.collect { it.job + ' ' + it.number + ' ' + it.url }}"
            sleep 0
            echo "then=${s.used}"
            """;

    @Test
    void aBuildIsToldWhoHoldsAGroupAndHowManyWait() throws Exception {
        WorkflowJob job = story.job("deploy", "group: 'prod', limit: 2");
        WorkflowRun first = story.inside(job);
        WorkflowRun second = story.inside(job);
        WorkflowRun third = story.waiting(job);
        WorkflowRun asks = jenkins.buildAndAssertSuccess(story.script("asks", SAY));
        jenkins.assertLogContains("limit=2 used=2 waiting=1 paused=false", asks);
        jenkins.assertLogContains("holders=[deploy 1 job/deploy/1/, deploy 2 job/deploy/2/]", asks);
        jenkins.assertLogContains("then=2", asks);
        story.finish(first);
        story.finish(second);
        story.finish(third);
    }

    @Test
    void aGroupThatNobodyUsesHasNoLimit() throws Exception {
        WorkflowRun asks = jenkins.buildAndAssertSuccess(story.script("asks", SAY));
        jenkins.assertLogContains("limit=null used=0 waiting=0 paused=false", asks);
        jenkins.assertLogContains("holders=[]", asks);
    }

    @Test
    void theSnippetGeneratorWritesIt() throws Exception {
        SnippetizerTester snippets = new SnippetizerTester(jenkins);
        ConcurrencyStatusStep step = new ConcurrencyStatusStep("prod");
        snippets.assertRoundTrip(step, "concurrencyStatus 'prod'");
        step.setScope("CONTROLLER");
        snippets.assertRoundTrip(step, "concurrencyStatus group: 'prod', scope: 'CONTROLLER'");
    }
}
