package io.jenkins.plugins.concurrency.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;

import hudson.model.Result;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.Story;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/** The number that a block finds in its environment. */
@ExtendWith(OneJenkins.class)
class FenceTest {
    private static long fence(WorkflowRun run) throws Exception {
        return Long.parseLong(JenkinsRule.getLog(run).replaceAll("(?s).*fence (\\d+).*", "$1"));
    }

    @Test
    void itGrowsWithEachGrant(JenkinsRule rule) throws Exception {
        WorkflowJob job = new Story(rule)
                .script("fence", "concurrency(group: 'deploy', fence: 'FENCE') { echo \"fence ${env.FENCE}\" }");
        long last = 0;
        for (int build = 0; build < 3; build++) {
            long next = fence(rule.buildAndAssertSuccess(job));
            assertThat(next, greaterThan(last));
            last = next;
        }
    }

    @Test
    void aNameThatIsNoneIsRefused(JenkinsRule rule) throws Exception {
        WorkflowJob job =
                new Story(rule).script("fence", "concurrency(group: 'deploy', fence: 'no name') { echo 'in' }");
        WorkflowRun run = rule.buildAndAssertStatus(Result.FAILURE, job);
        rule.assertLogContains("'no name' cannot be the name of an environment variable. Give 'fence' a name", run);
    }
}
