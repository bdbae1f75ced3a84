package io.jenkins.plugins.concurrency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.queue.ConcurrencyLimitProperty;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** What the pages for users and administrators show as code, run as it stands there. */
@ExtendWith(OneJenkins.class)
class DocumentedSnippetsTest {
    @TempDir
    private Path folder;

    private static String first(String page, String pattern) throws Exception {
        Matcher found = Pattern.compile(pattern, Pattern.DOTALL).matcher(Files.readString(Path.of("docs", page)));
        assertTrue(found.find(), () -> "nothing in " + page + " is like " + pattern);
        return found.group(1);
    }

    private static ConcurrencyLimitProperty limitAfter(JenkinsRule jenkins, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        jenkins.buildAndAssertSuccess(job);
        return job.getProperty(ConcurrencyLimitProperty.class);
    }

    @Test
    void aDeclarativePipelineLimitsItself(JenkinsRule jenkins) throws Exception {
        String script = first("job-property.md", "```groovy\n(pipeline.*?)```")
                .replace("…", "stages { stage('x') { steps { echo 'x' } } }\n}");
        ConcurrencyLimitProperty limit = limitAfter(jenkins, script);
        assertEquals(2, limit.getLimit());
        assertEquals(Behavior.CANCEL_RUNNING, limit.getBehavior());
    }

    @Test
    void aScriptedPipelineLimitsItself(JenkinsRule jenkins) throws Exception {
        assertEquals(
                2,
                limitAfter(jenkins, first("job-property.md", "`(properties\\(.*?)`"))
                        .getLimit());
    }

    @Test
    void theSettingsAreCode(JenkinsRule jenkins) throws Exception {
        Path file = Files.writeString(folder.resolve("settings.yaml"), first("settings.md", "```yaml\n(.*?)```"));
        ConfigurationAsCode.get().configure(file.toString());
        assertEquals(1, ConcurrencySettings.get().getGroups().size());
    }
}
