package io.jenkins.plugins.concurrency.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Item;
import hudson.security.AccessDeniedException3;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.engine.Direction;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.records.HistoryEvent.Kind;
import io.jenkins.plugins.concurrency.settings.Decisions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Who may do what by hand: a build in a folder runs, another one waits. */
@ExtendWith(OneJenkins.class)
class InterventionsPermissionTest {
    private static final GroupKey GROUP = new GroupKey(Scope.FOLDER, "team", "prod");

    private static final Map<String, BiFunction<RequestKey, RequestKey, Callable<?>>> ACTIONS = Map.of(
            "cancel", (runs, waits) -> () -> Interventions.cancel(waits),
            "cancelSeveral", (runs, waits) -> () -> Interventions.cancel(List.of(waits, runs)),
            "move", (runs, waits) -> () -> Interventions.move(waits, Direction.BOTTOM),
            "startNow", (runs, waits) -> () -> Interventions.startNow(waits),
            "release", (runs, waits) -> () -> Interventions.release(runs),
            "setLimit", (runs, waits) -> () -> Interventions.setLimit(GROUP, OptionalInt.of(1), "so"),
            "pause", (runs, waits) -> () -> Interventions.pause(GROUP, "so", Optional.empty()),
            "resume", (runs, waits) -> () -> Interventions.resume(GROUP));

    private Story story;
    private WorkflowRun running;
    private WorkflowRun waiting;
    private WorkflowRun last;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        Requests.startTest(GROUP);
        story = new Story(rule);
        Folder folder = rule.jenkins.createProject(Folder.class, "team");
        WorkflowJob job = story.job(folder, "deploy", "'prod'");
        running = story.inside(job);
        waiting = story.waiting(job);
        last = story.waiting(job);
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader", "canceller", "manager", "discoverer")
                .grant(Item.READ)
                .everywhere()
                .to("reader", "canceller", "manager")
                .grant(Item.CANCEL)
                .everywhere()
                .to("canceller")
                .grant(Item.DISCOVER)
                .everywhere()
                .to("discoverer")
                .grant(Jenkins.MANAGE)
                .everywhere()
                .to("manager"));
    }

    @AfterEach
    void endAll() throws Exception {
        for (WorkflowRun run : List.of(last, waiting, running)) {
            if (run.isBuilding()) {
                run.getExecutor().interrupt();
            }
            story.ended(run, hudson.model.Result.ABORTED);
        }
    }

    private static String answer(String user, Callable<?> action) throws Exception {
        try {
            Requests.as(user, action);
            return "may";
        } catch (UnknownTargetException x) {
            return "knows not";
        } catch (AccessDeniedException3 x) {
            return "may not";
        }
    }

    private Object state() {
        return List.of(
                Requests.waiting(GROUP),
                running.isBuilding(),
                ConcurrencyManager.get().group(GROUP, 0, 0).orElseThrow(),
                Decisions.get().all().size(),
                ConcurrencyManager.get().history().events(GROUP).stream()
                        .filter(event -> event.getUser() != null)
                        .count());
    }

    @ParameterizedTest
    @CsvSource({
        "anonymous,  knows not, knows not, knows not",
        "discoverer, knows not, knows not, knows not",
        "reader,     may not,   may not,   may not",
        "canceller,  may,       may not,   may not",
        "manager,    may not,   may,       may"
    })
    void eachMayDoWhatIsTheirs(String user, String cancel, String request, String group) throws Exception {
        RequestKey runs = Requests.of(running);
        RequestKey waits = Requests.of(waiting);
        Map<String, String> expected = new TreeMap<>();
        ACTIONS.keySet().forEach(action -> expected.put(action, request));
        List.of("cancel", "cancelSeveral").forEach(action -> expected.put(action, cancel));
        List.of("setLimit", "pause", "resume").forEach(action -> expected.put(action, group));
        Object before = state();
        for (String action : expected.keySet()) {
            if (!expected.get(action).equals("may")) {
                assertEquals(
                        expected.get(action), answer(user, ACTIONS.get(action).apply(runs, waits)), action);
                assertEquals(before, state(), action);
            }
        }
        for (String action : expected.keySet()) {
            if (expected.get(action).equals("may")) {
                assertEquals("may", answer(user, ACTIONS.get(action).apply(runs, waits)), action);
            }
        }
    }

    @Test
    void ofSeveralNoneIsCancelledIfOneMayNotBe() throws Exception {
        RequestKey waits = Requests.of(waiting);
        assertEquals("knows not", answer("canceller", () -> Interventions.cancel(List.of(waits, RequestKey.random()))));
        assertTrue(Requests.events(GROUP, Kind.CANCELLED).isEmpty());
        assertEquals(List.of(2L, 3L), Requests.waiting(GROUP));
    }

    @Test
    void aGroupIsVisibleToThoseWhoMayReadWhoUsesIt() throws Exception {
        GroupKey controller = new GroupKey(Scope.CONTROLLER, "", "prod");
        for (String user : List.of("reader", "canceller", "manager")) {
            assertTrue(Requests.as(user, () -> new VisibleGroups().isVisible(GROUP)), user);
        }
        for (String user : List.of("anonymous", "discoverer")) {
            assertEquals(false, Requests.as(user, () -> new VisibleGroups().isVisible(GROUP)), user);
        }
        assertEquals(false, Requests.as("reader", () -> new VisibleGroups().isVisible(controller)));
        assertTrue(Requests.as("manager", () -> new VisibleGroups().isVisible(controller)));
    }
}
