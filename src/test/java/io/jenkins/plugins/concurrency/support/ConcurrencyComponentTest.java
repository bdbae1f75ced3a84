package io.jenkins.plugins.concurrency.support;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.not;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.jenkins.support.SupportPlugin;
import com.cloudbees.jenkins.support.api.Component;
import com.cloudbees.jenkins.support.filter.ContentFilters;
import hudson.ExtensionList;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/** What of the plugin is in a support bundle. */
@ExtendWith(OneJenkins.class)
class ConcurrencyComponentTest {
    private Story story;
    private WorkflowRun running;
    private WorkflowRun waiting;

    @BeforeEach
    void fill(JenkinsRule jenkins) throws Exception {
        story = new Story(jenkins);
        Folder folder = jenkins.createProject(Folder.class, "moonbase");
        WorkflowJob job = story.script(folder, "deploy", Gates.block("group: 'rocket', limit: 1"));
        running = story.start(job);
        Gates.awaitAtGate(running);
        waiting = story.waiting(job);
    }

    @AfterEach
    void finish() throws Exception {
        Gates.open(running);
        Gates.awaitAtGate(waiting);
        Gates.open(waiting);
    }

    private static String bundle() throws Exception {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        Component component = ExtensionList.lookupSingleton(ConcurrencyComponent.class);
        SupportPlugin.writeBundle(zip, List.of(component));
        return file(zip.toByteArray());
    }

    private static String file(byte[] zip) throws IOException {
        try (ZipInputStream files = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry file = files.getNextEntry(); file != null; file = files.getNextEntry()) {
                if (file.getName().endsWith("concurrency.md")) {
                    return new String(files.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
        }
        throw new AssertionError("there is no concurrency.md in it");
    }

    @Test
    void itTellsWhoRunsAndWaitsAndTheLastWarnings() throws Exception {
        LogRecord warning = record(Level.WARNING, ConcurrencyManager.class.getName());
        // The harness keeps none.
        List<LogRecord> before = Jenkins.logRecords;
        Jenkins.logRecords =
                List.of(warning, record(Level.INFO, ConcurrencyManager.class.getName()), record(Level.SEVERE, "other"));
        String file = bundle();
        Jenkins.logRecords = before;
        assertThat(file, containsString("Slots are granted: yes"));
        assertThat(file, containsString("Running: 1\n"));
        assertThat(file, containsString("Waiting: 1, the first one for "));
        assertThat(file, matchesRegex("(?s).*An effect is carried out after: (more than )?[0-9]+ m?s.*"));
        assertThat(file, containsString("'rocket' (FOLDER moonbase): 1 of 1 slots, running 1, waiting 1"));
        assertThat(file, matchesRegex("(?s).*Recent warnings: 1\\n-+\\n\\n\\S+Z WARNING The moon is late\\n"));
    }

    private static LogRecord record(Level level, String logger) {
        LogRecord record = new LogRecord(level, "The {0} is late");
        record.setParameters(new Object[] {"moon"});
        record.setLoggerName(logger);
        return record;
    }

    @Test
    void namesAreLeftOutWhereTheBundleHasNone() throws Exception {
        ContentFilters.get().setEnabled(true);
        try {
            String file = bundle();
            assertThat(file, containsString("group 1 (FOLDER "));
            assertThat(file, containsString("1 of 1 slots, running 1, waiting 1"));
            assertThat(file, not(containsString("rocket")));
            assertThat(file, not(containsString("moonbase")));
        } finally {
            ContentFilters.get().setEnabled(false);
        }
    }
}
