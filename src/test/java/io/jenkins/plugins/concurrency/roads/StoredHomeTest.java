package io.jenkins.plugins.concurrency.roads;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.diagnosis.OldDataMonitor;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.arguments.EndResult;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Order;
import io.jenkins.plugins.concurrency.engine.Outcome;
import io.jenkins.plugins.concurrency.engine.Overflow;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.RequestView;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.BuildReferences;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.Idle;
import io.jenkins.plugins.concurrency.queue.CauseKind;
import io.jenkins.plugins.concurrency.queue.ConcurrencyLimitProperty;
import io.jenkins.plugins.concurrency.records.History;
import io.jenkins.plugins.concurrency.records.HistoryEvent;
import io.jenkins.plugins.concurrency.records.Refusal;
import io.jenkins.plugins.concurrency.records.Usage;
import io.jenkins.plugins.concurrency.records.UsedGroup;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import io.jenkins.plugins.concurrency.settings.Decisions;
import io.jenkins.plugins.concurrency.settings.DeclaredGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.InterruptedBuildAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.jvnet.hudson.test.recipes.LocalData;

/** A home that an older version wrote ({@link HomeWriter}) is read by this one, and goes on. */
@WithJenkins
class StoredHomeTest {
    private static final Path HOMES = Path.of("src/test/resources/io/jenkins/plugins/concurrency/roads/StoredHomeTest");

    @Test
    @LocalData("first")
    void theFirstHomeGoesOnWhereItStopped(JenkinsRule jenkins) throws Exception {
        Roads.awaitRecovered();
        assertEquals(
                Set.of(),
                jenkins.jenkins
                        .getExtensionList(OldDataMonitor.class)
                        .get(0)
                        .getData()
                        .keySet());
        assertSettings();
        assertProperty();
        assertRecords();
        WorkflowJob cancelled = Inputs.job("cancelled");
        assertEquals(
                "Cancelled by cancelled #2 in the group of this job",
                cancelled
                        .getBuildByNumber(1)
                        .getAction(InterruptedBuildAction.class)
                        .getCauses()
                        .get(0)
                        .getShortDescription());
        assertProgram(jenkins);
        assertQueued(jenkins);
        List<GroupKey> groups = ConcurrencyManager.get().groups();
        Gates.eventually(
                "all is given back",
                () -> groups.stream().allMatch(group -> Roads.used(group) == 0 && Roads.waiting(group) == 0));
        Idle.sweepFindsNothing();
    }

    /** History came later than the first home. */
    @Test
    @LocalData("history")
    void whatHappenedIsKnownStill(JenkinsRule jenkins) throws Exception {
        History history = ConcurrencyManager.get().history();
        GroupKey prod = new GroupKey(Scope.FOLDER, "team", "prod");
        Gates.eventually("it is read", () -> history.events(prod).size() == 2);
        HistoryEvent granted = history.events(prod).get(0);
        assertEquals(HistoryEvent.Kind.GRANTED, granted.getKind());
        assertEquals(Owner.build("team/shop", 2), granted.build().orElseThrow().owner());
        assertEquals(Duration.ofSeconds(90), granted.waited());
        HistoryEvent refused = history.events(prod).get(1);
        assertEquals(Outcome.SUPERSEDED, refused.getOutcome());
        assertEquals(
                Owner.queueItem("team/shop", 5), refused.build().orElseThrow().owner());
        assertEquals(Owner.build("team/shop", 2), refused.by().orElseThrow().owner());
        assertEquals("alice", refused.getUser());
        assertEquals("enough", refused.getReason());
        assertEquals(1, history.holds(prod, "team/shop").count());
        List<Usage> usage = history.usage(prod, Usage.Period.HOURS, Instant.parse("2026-03-01T06:30:00Z"));
        Usage span = usage.get(usage.size() - 4);
        assertEquals(2, span.used());
        assertEquals(3, span.limit());
        assertEquals(1, span.mostWaiting());
        assertEquals(1, span.granted());
        assertEquals(Duration.ofSeconds(90), span.longest());
    }

    private static void assertSettings() {
        ConcurrencySettings settings = ConcurrencySettings.get();
        DeclaredGroup licences = settings.getGroups().get(0);
        assertEquals("licences", licences.getName());
        assertEquals(5, licences.getLimit());
        assertEquals(Order.FAIR, licences.getOrder());
        assertEquals(10, licences.getMaxQueued());
        assertEquals(Overflow.DISPLACE_OLDEST, licences.getOverflow());
        assertEquals("CAD seats", licences.getDescription());
        DeclaredGroup night = settings.getGroups().get(1);
        assertEquals("licences", night.getParent());
        assertEquals(3, night.getPriority());
        assertEquals("**", night.getFolders());
        assertTrue(settings.isUndeclaredAllowed());
        assertEquals(50, settings.getCap());
        assertEquals("infra", settings.getExcludedFolders());
        assertEquals("team", settings.getFolderCaps().get(0).getFolders());
        assertEquals(10, settings.getFolderCaps().get(0).getLimit());
        assertEquals(2, Decisions.get().all().size());
        assertTrue(Roads.view(night.key()).orElseThrow().paused());
        assertEquals(OptionalInt.of(4), Roads.view(licences.key()).orElseThrow().override());
    }

    private static void assertProperty() {
        WorkflowJob job = Inputs.job("fields");
        ConcurrencyLimitProperty limit = job.getProperty(ConcurrencyLimitProperty.class);
        assertEquals("fields", limit.getGroup());
        assertEquals("FOLDER", limit.getScope());
        assertEquals(4, limit.getLimit());
        assertEquals(2, limit.getSlots());
        assertEquals(Behavior.QUEUE_LATEST, limit.getBehavior());
        assertEquals(7, limit.getPriority());
        assertEquals(9, limit.getMaxQueued());
        assertEquals(3, limit.getWaitTimeout());
        assertEquals(TimeUnit.HOURS, limit.getUnit());
        assertEquals(EndResult.NOT_BUILT, limit.getResult());
        assertEquals(List.of(CauseKind.USER, CauseKind.TIMER), limit.getCauses());
        assertEquals(Result.SUCCESS, job.getBuildByNumber(1).getResult());
    }

    private static void assertRecords() {
        ConcurrencyManager manager = ConcurrencyManager.get();
        UsedGroup used = manager.usedGroups().of("fields").stream()
                .filter(group -> group.group().equals(new GroupKey(Scope.FOLDER, "", "Fields")))
                .findFirst()
                .orElseThrow();
        assertEquals(4, used.limit());
        assertEquals(Behavior.QUEUE_LATEST, used.behavior());
        Refusal refusal = manager.refusals().of("latest").get(0);
        assertEquals(Outcome.SUPERSEDED, refusal.getOutcome());
        assertEquals(
                Inputs.job("latest").getBuildByNumber(2),
                refusal.by().flatMap(BuildReferences::find).orElseThrow());
    }

    /** A Pipeline in two blocks, and one that waits. */
    private static void assertProgram(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = Inputs.job("program");
        assertEquals(List.of(1L), numbers(Roads.view(Roads.GROUP).orElseThrow().running()));
        assertEquals(List.of(2L), numbers(Roads.view(Roads.GROUP).orElseThrow().waiting()));
        assertEquals(1, Roads.used(new GroupKey(Scope.FOLDER, "", "more")));
        assertEquals(1, Roads.used(new GroupKey(Scope.BUILD, "program#1", "inner")));
        Inputs.leave(jenkins, job, 1);
        Inputs.leave(jenkins, job, 2);
    }

    private static List<Long> numbers(List<RequestView> requests) {
        return requests.stream().map(request -> request.owner().number()).toList();
    }

    private static void assertQueued(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = Inputs.job("queued");
        assertEquals(1, Queue.getInstance().getItems().length);
        Roads.awaitWhy(Queue.getInstance().getItems()[0], "Held by queued #1");
        Inputs.leave(jenkins, job, 1);
        Inputs.leave(jenkins, job, 2);
        Run<?, ?> second = job.getBuildByNumber(2);
        assertThat(JenkinsRule.getLog(second), containsString("Got slot 1 of"));
    }

    /** A class that is renamed must not make a file unreadable: so files use names that are no classes'. */
    @Test
    void noFileNamesOurClasses() throws IOException {
        try (Stream<Path> files = Files.walk(HOMES)) {
            List<Path> xml =
                    files.filter(file -> file.toString().endsWith(".xml")).toList();
            assertTrue(xml.size() > 20, () -> "" + xml);
            for (Path file : xml) {
                // Pipeline says which step a block is of by the step's class: but only to name it.
                String text = Files.readAllLines(file).stream()
                        .filter(line -> !line.contains("<descriptorId>"))
                        .collect(Collectors.joining("\n"));
                assertTrue(!text.contains("io.jenkins.plugins.concurrency"), () -> file + ":\n" + text);
            }
        }
    }
}
