package io.jenkins.plugins.concurrency.pipeline;

import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.manager.Idle;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.BuildWatcherExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A story on one Jenkins, after which nothing is held or waited for. */
@WithJenkins
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

    @AfterEach
    void nothingIsLeft() throws Exception {
        Idle.await();
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
