package io.jenkins.plugins.concurrency.faults;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.concurrency.RealController;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A controller that shares no groups. */
class NotSharedTest {
    @TempDir
    private static Path directory;

    @RegisterExtension
    private final RealJenkinsExtension controller = RealController.create().withTimeout(0);

    private static void build(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "job");
        job.setDefinition(new CpsFlowDefinition("concurrency(group: 'deploy') { echo 'inside' }", true));
        jenkins.buildAndAssertSuccess(job);
        jenkins.createWebClient().withJavaScriptEnabled(false).goTo("concurrency/");
    }

    @Test
    void loadsNothingThatIsNeededForThat() throws Throwable {
        Path loaded = directory.resolve("classes.txt");
        controller.javaOptions("-Xlog:class+load:file=" + loaded);
        controller.then(NotSharedTest::build);
        List<String> ours = Files.readAllLines(loaded).stream()
                .filter(line -> line.contains("io.jenkins.plugins.concurrency."))
                .toList();
        assertThat(ours, hasItem(containsString("io.jenkins.plugins.concurrency.manager.ConcurrencyManager")));
        assertEquals(
                List.of(),
                ours.stream()
                        .filter(line -> line.contains("io.jenkins.plugins.concurrency.cluster."))
                        // The two words of a field of each declared group.
                        .filter(line -> !line.contains("cluster.WhenLost"))
                        .toList());
    }
}
