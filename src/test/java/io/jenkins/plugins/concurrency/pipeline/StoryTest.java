package io.jenkins.plugins.concurrency.pipeline;

import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.Story;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.BuildWatcherExtension;

/** A story on one Jenkins, after which nothing is held or waited for. */
@ExtendWith(OneJenkins.class)
abstract class StoryTest {
    @RegisterExtension
    static final BuildWatcherExtension WATCHER = new BuildWatcherExtension();

    JenkinsRule jenkins;
    Story story;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
        story = new Story(rule);
    }

    /** Lets builds that run or wait go through their blocks, one after the other. */
    void finish(List<WorkflowRun> runs) throws Exception {
        for (WorkflowRun run : runs) {
            finish(run);
        }
    }

    void finish(WorkflowRun run) throws Exception {
        Gates.awaitAtGate(run);
        Gates.open(run);
        jenkins.assertBuildStatusSuccess(Gates.ended(run));
    }
}
