package io.jenkins.plugins.concurrency.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionList;
import hudson.model.Result;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.records.HistoryEvent;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;

@ExtendWith(OneJenkins.class)
class ConcurrencyListenerTest {
    /** What a plugin would write that, say, tells a chat who deploys. */
    @TestExtension
    public static class Chat implements ConcurrencyListener {
        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        public void onEvent(@NonNull ConcurrencyEvent event) {
            String build = event.build().map(Chat::name).orElse("group");
            String limit = event.limit().isPresent() ? " " + event.limit().getAsInt() : "";
            lines.add(build + " " + event.kind() + limit
                    + event.outcome().map(outcome -> " " + outcome).orElse("")
                    + event.newer().map(newer -> " for " + name(newer)).orElse("")
                    + event.reason().map(reason -> ": " + reason).orElse(""));
        }

        private static String name(Owner owner) {
            return owner.job() + "#" + owner.number();
        }
    }

    @TestExtension
    public static class Failing implements ConcurrencyListener {
        @Override
        public void onEvent(@NonNull ConcurrencyEvent event) {
            throw new NoSuchMethodError("as of another version");
        }
    }

    @TestExtension
    public static class Slow implements ConcurrencyListener {
        private final CountDownLatch patience = new CountDownLatch(1);

        @Override
        public void onEvent(@NonNull ConcurrencyEvent event) {
            try {
                patience.await();
            } catch (InterruptedException x) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Story story;
    private List<String> lines;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        story = new Story(rule);
        lines = ExtensionList.lookupSingleton(Chat.class).lines;
        lines.clear();
    }

    private void awaitLines(String... expected) throws Exception {
        Gates.eventually("all lines", () -> lines.size() >= expected.length);
        assertEquals(List.of(expected), lines);
    }

    @Test
    void allThatAHistoryKnowsCanBeTold() {
        for (HistoryEvent.Kind kind : HistoryEvent.Kind.values()) {
            ConcurrencyEvent event = ConcurrencyEvent.of(
                    Requests.group("prod"), HistoryEvent.now(kind).build());
            assertEquals(kind.name(), event.kind().name());
        }
    }

    @Test
    void whoListensIsToldOfAllThatHappensAndNobodyWaitsForTheOthers() throws Exception {
        WorkflowJob job = story.job("deploy", "group: 'prod', behavior: 'QUEUE_LATEST'");
        WorkflowRun first = story.inside(job);
        WorkflowRun second = story.waiting(job);
        WorkflowRun third = story.waiting(job);
        story.ended(second, Result.ABORTED);
        // What builds do is told on another thread than what people do.
        Gates.eventually("what the builds did", () -> lines.size() == 4);
        Interventions.pause(Requests.group("prod"), "night", Optional.empty());
        Interventions.resume(Requests.group("prod"));
        Interventions.setLimit(Requests.group("prod"), OptionalInt.of(2), null);
        story.awaitInside(third);
        awaitLines(
                "deploy#1 GRANTED",
                "deploy#2 QUEUED",
                "deploy#2 REFUSED SUPERSEDED for deploy#3",
                "deploy#3 QUEUED",
                "group PAUSED: night",
                "group RESUMED",
                "group LIMIT_SET 2",
                "deploy#3 GRANTED");
        lines.clear();
        story.finish(first);
        story.finish(third);
        awaitLines("deploy#1 RELEASED", "deploy#3 RELEASED");
        Interventions.setLimit(Requests.group("prod"), OptionalInt.empty(), null);
        ExtensionList.lookupSingleton(Slow.class).patience.countDown();
    }
}
