package io.jenkins.plugins.concurrency.settings;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.concurrency.engine.Order;
import io.jenkins.plugins.concurrency.engine.Overflow;
import io.jenkins.plugins.concurrency.engine.Policy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.logging.Level;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Files that an older version wrote, or that were made by hand: Jenkins starts, with as much of them as makes sense. */
@WithJenkins
class SettingsFileTest {
    private Path home;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        home = rule.jenkins.getRootDir().toPath();
    }

    private ConcurrencySettings settings(String xml) throws Exception {
        Files.writeString(home.resolve("concurrency-settings.xml"), "<settings>" + xml + "</settings>");
        return new ConcurrencySettings();
    }

    private static String group(String fields) {
        return "<group>" + fields + "</group>";
    }

    private static String cap(String fields) {
        return "<folderCap>" + fields + "</folderCap>";
    }

    private static Policy policy(ConcurrencySettings settings, String name) {
        return settings.policies().get(DeclaredGroup.key(name));
    }

    @Test
    void whatIsMissingIsAsInANewForm() throws Exception {
        ConcurrencySettings empty = settings("");
        assertTrue(empty.getGroups().isEmpty());
        assertTrue(empty.getFolderCaps().isEmpty());
        ConcurrencySettings bare = settings("<groups>" + group("<name>deploy</name>") + "</groups><folderCaps>"
                + cap("<folders>team-*</folders>") + "</folderCaps>");
        assertEquals(Policy.ofLimit(1), policy(bare, "deploy"));
        assertEquals(1, bare.getFolderCaps().get(0).getLimit());
    }

    @Test
    void whatCannotBeIsAsUsualAndTheLogSaysSo() throws Exception {
        try (LogRecorder log = new LogRecorder()) {
            log.recordPackage(ConcurrencySettings.class, Level.WARNING).capture(100);
            ConcurrencySettings settings = settings("<cap>many</cap><groups>"
                    + group("<name>a</name><limit>99999999999</limit><order>RANDOM</order><overflow>none</overflow>")
                    + group("<name>b</name><limit>-3</limit><maxQueued>-1</maxQueued><priority>high</priority>")
                    + group("<limit>4</limit>")
                    + group("<name>A</name><limit>5</limit>")
                    + group("<name>c</name><limit>7</limit><parent>nobody</parent>")
                    + "</groups><folderCaps>" + cap("<folders>team-*</folders><limit>0</limit>")
                    + cap("<limit>3</limit>")
                    + "</folderCaps>");
            assertEquals(3, settings.policies().size());
            assertEquals(Policy.ofLimit(1).withOrder(Order.FIFO), policy(settings, "a"));
            assertEquals(Overflow.CANCEL, policy(settings, "a").overflow());
            assertEquals(Policy.ofLimit(1), policy(settings, "b"));
            assertEquals(Policy.ofLimit(7), policy(settings, "c"));
            assertNull(settings.getCap());
            assertEquals(
                    OptionalInt.of(1),
                    settings.caps().limitOf(settings.caps().of("team-a/job").get(0)));
            List<String> told = log.getMessages();
            assertThat(told, hasItem(containsString("For input string: \"many\"")));
            assertThat(told, hasItem(containsString("group 'a' has invalid values")));
            assertThat(told, hasItem(containsString("Order.RANDOM")));
            assertThat(told, hasItem(containsString("The group 'b' has the limit -3.")));
            assertThat(told, hasItem(containsString("A group has no name.")));
            assertThat(told, hasItem(containsString("The group 'A' is declared twice.")));
            assertThat(told, hasItem(containsString("has the parent 'nobody', which is not declared")));
            assertThat(told, hasItem(containsString("The cap on the folders 'team-*' is 0.")));
            assertThat(told, hasItem(containsString("A cap has no folders.")));
        }
    }

    private List<String> decided(String... decisions) throws Exception {
        StringBuilder xml = new StringBuilder("<list>");
        for (String decision : decisions) {
            xml.append("<decision>").append(decision).append("</decision>");
        }
        Files.writeString(home.resolve("concurrency-decisions.xml"), xml.append("<string>x</string></list>"));
        return new Decisions()
                .all().stream()
                        .map(decision -> decision.getGroupName() + " " + decision.getText())
                        .toList();
    }

    /** Were the limit just left out that cannot be read, the group would be paused, and its builds would wait for ever. */
    @Test
    void aDecisionThatCannotBeReadDoesNotCount() throws Exception {
        String by = "<by>alice</by><at>1</at>";
        String group = "<group><scope>CONTROLLER</scope><context></context><name>%s</name></group>";
        try (LogRecorder log = new LogRecorder()) {
            log.record(DecisionFile.class, Level.WARNING).capture(10);
            assertEquals(
                    List.of("good Limit 3", "halted Paused"),
                    decided(
                            group.formatted("good") + "<limit>3</limit>" + by,
                            group.formatted("halted") + by,
                            group.formatted("huge") + "<limit>99999999999</limit>" + by,
                            group.formatted("none") + "<limit>0</limit>" + by,
                            group.formatted("") + by,
                            group.formatted("planet").replace("CONTROLLER", "PLANET") + by,
                            "<limit>3</limit>" + by,
                            group.formatted("whose")));
            assertThat(log.getMessages(), hasItem(containsString("7 of the decisions in ")));
        }
    }
}
