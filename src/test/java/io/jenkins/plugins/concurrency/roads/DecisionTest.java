package io.jenkins.plugins.concurrency.roads;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import io.jenkins.plugins.concurrency.settings.Decision;
import io.jenkins.plugins.concurrency.settings.Decisions;
import io.jenkins.plugins.concurrency.settings.DeclaredGroup;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.logging.Level;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A group that a person decided on leaves the configuration while Jenkins is down. */
class DecisionTest {
    private static final GroupKey GONE = new GroupKey(Scope.CONTROLLER, "", "gone");
    private static final GroupKey KEPT = new GroupKey(Scope.CONTROLLER, "", "kept");

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private static List<GroupKey> decided() {
        return Decisions.get().all().stream().map(Decision::group).toList();
    }

    @Test
    void whatWasDecidedOnItIsForgottenAndTheLogSaysSo() throws Throwable {
        sessions.then(jenkins -> {
            ConcurrencySettings settings = ConcurrencySettings.get();
            settings.setGroups(List.of(new DeclaredGroup("gone", 1), new DeclaredGroup("kept", 1)));
            Decisions.get().overrideLimit(GONE, OptionalInt.of(7));
            Decisions.get().pause(GONE, true);
            Decisions.get().overrideLimit(KEPT, OptionalInt.of(2));
            Decisions.get().pause(Roads.GROUP, true);
            Decisions.get().pause(Roads.GROUP, false);
            Decisions.get().overrideLimit(Roads.GROUP, OptionalInt.of(3));
        });
        Path file = new File(sessions.getHome(), "concurrency-settings.xml").toPath();
        Files.writeString(file, Files.readString(file).replace("<name>gone</name>", "<name>new</name>"));
        try (LogRecorder log = new LogRecorder()) {
            log.recordPackage(ConcurrencyManager.class, Level.INFO).capture(100);
            sessions.then(jenkins -> {
                Roads.awaitRecovered();
                assertEquals(List.of(Roads.GROUP, KEPT), decided());
                assertEquals(OptionalInt.of(2), Roads.view(KEPT).orElseThrow().override());
                assertEquals(
                        List.of(false, false),
                        ConcurrencyManager.get().groups().stream()
                                .filter(group -> group.scope() == Scope.CONTROLLER)
                                .map(group -> Roads.view(group).orElseThrow().paused())
                                .toList());
                assertThat(log.getMessages(), hasItem(containsString("is no longer declared")));
                // Should it ever come back, it is as if it were new.
                ConcurrencySettings.get().setGroups(List.of(new DeclaredGroup("gone", 1)));
                Story story = new Story(jenkins);
                WorkflowJob job = story.job("job", "group: 'gone', scope: 'CONTROLLER'");
                var first = story.inside(job);
                var second = story.waiting(job);
                story.finish(first);
                story.awaitInside(second);
                story.finish(second);
                Decisions.get().overrideLimit(Roads.GROUP, OptionalInt.empty());
                assertEquals(List.of(GONE), ConcurrencyManager.get().groups());
            });
        }
    }

    /** Whoever decided saw it before. */
    @Test
    void oneThatLeavesTheSettingsJustBeforeSomebodyDecidesKeepsNothingOfThat() throws Throwable {
        sessions.then(jenkins -> {
            Roads.awaitRecovered();
            Decisions.get().overrideLimit(GONE, OptionalInt.of(7));
            Decisions.get().pause(GONE, true);
            assertEquals(List.of(), decided());
            assertEquals(Optional.empty(), Roads.view(GONE));
        });
    }
}
