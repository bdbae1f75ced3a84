package io.jenkins.plugins.concurrency.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import hudson.model.Result;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.RealController;
import io.jenkins.plugins.concurrency.cluster.PostgresServer;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.Interventions;
import io.jenkins.plugins.concurrency.manager.SharedController;
import io.jenkins.plugins.concurrency.manager.SharedStatus;
import io.jenkins.plugins.concurrency.pages.SharedGroupsMonitor;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import io.jenkins.plugins.concurrency.settings.DeclaredGroup;
import io.jenkins.plugins.concurrency.settings.SharedDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * Real controllers that share a group by a real PostgreSQL, with a job on each. A file to which the bodies append is the
 * witness: whoever is inside has written that.
 */
final class SharedControllers {
    static final int BUILDS = 20;

    private static final int AT_ONCE = 5;
    private static final int LIMIT = 2;
    private static final GroupKey RIG = new GroupKey(Scope.SHARED, "", "rig");
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final List<RealJenkinsExtension> controllers;
    private final Path witness;
    private String url;
    /** The builds, as they asked. */
    private final List<String> asked = new ArrayList<>();

    /** @param directory where bodies leave their notes */
    SharedControllers(Path directory, RealJenkinsExtension... controllers) {
        witness = directory.resolve("witness");
        this.controllers = List.of(controllers);
    }

    static RealJenkinsExtension create(String name) {
        return RealController.create().withName(name).withTimeout(0);
    }

    /** A build that is to stay inside until it is let go or stopped; to be said before it is there. */
    void stay(String build) throws Exception {
        Files.createFile(stayFile(build));
    }

    void letGo(String build) throws Exception {
        Files.delete(stayFile(build));
    }

    private Path stayFile(String build) {
        return witness.resolveSibling("witness-stay-" + build);
    }

    /** Has all controllers' builds wait, and then lets them in. */
    void start(PostgresServer server) throws Throwable {
        url = "jdbc:postgresql://127.0.0.1:" + server.port() + "/concurrency?user=concurrency";
        Files.createFile(witness);
        for (RealJenkinsExtension each : controllers) {
            join(each, each.getName());
        }
        RealJenkinsExtension first = controllers.get(0);
        first.runRemotely(SharedControllers::pause);
        for (int number = 1; number <= BUILDS; number += AT_ONCE) {
            for (RealJenkinsExtension each : controllers) {
                each.runRemotely(SharedControllers::startBuilds);
                for (int i = number; i < number + AT_ONCE; i++) {
                    asked.add(each.getName() + "-" + i);
                }
            }
        }
        first.runRemotely(SharedControllers::awaitWaiting, controllers.size() * BUILDS);
        first.runRemotely(SharedControllers::resume);
    }

    /** Starts a controller, which takes part under this name. */
    void join(RealJenkinsExtension controller, String name) throws Throwable {
        controller.startJenkins();
        controller.runRemotely(SharedControllers::configure, name, url, job(controller.getName(), witness.toString()));
    }

    private static String job(String controller, String witness) {
        return """
                concurrency(group: 'rig', scope: 'SHARED') {
                    def me = "%s-${env.BUILD_NUMBER}"
                    def file = new File('%s')
                    file << "enter ${me}\\n"
                    try {
                        sleep time: 300, unit: 'MILLISECONDS'
                        def stay = new File("${file}-stay-${me}")
                        while (stay.exists()) {
                            sleep time: 100, unit: 'MILLISECONDS'
                        }
                    } finally {
                        file << "leave ${me}\\n"
                    }
                }
                """.formatted(controller, witness);
    }

    private static void configure(JenkinsRule jenkins, String name, String url, String script) throws Exception {
        ConcurrencySettings settings = ConcurrencySettings.get();
        DeclaredGroup rig = new DeclaredGroup("rig", LIMIT);
        rig.setShared(true);
        settings.setGroups(List.of(rig));
        SharedDatabase database = new SharedDatabase(url, name);
        database.setLostAfter(20);
        settings.setDatabase(database);
        jenkins.createProject(WorkflowJob.class, "job").setDefinition(new CpsFlowDefinition(script, false));
        awaitTakesPart(jenkins);
    }

    private static Optional<SharedStatus> status() {
        return ConcurrencyManager.get().sharing().status();
    }

    static void awaitTakesPart(JenkinsRule jenkins) throws Exception {
        Gates.eventually(
                "takes part", () -> status().filter(SharedStatus::takesPart).isPresent(), PATIENCE);
    }

    static void awaitAway(JenkinsRule jenkins) throws Exception {
        Gates.eventually(
                "notices that the database is gone",
                () -> status().filter(SharedStatus::takesPart).isEmpty(),
                PATIENCE);
    }

    private static GroupView rig() {
        return ConcurrencyManager.get().group(RIG, 0, 0).orElseThrow();
    }

    static void pause(JenkinsRule jenkins) throws Exception {
        Interventions.pause(RIG, null, Optional.empty());
        Gates.eventually("nobody gets in", () -> rig().paused(), PATIENCE);
    }

    static void resume(JenkinsRule jenkins) {
        Interventions.resume(RIG);
    }

    private static void awaitWaiting(JenkinsRule jenkins, Integer count) throws Exception {
        Gates.eventually(count + " builds wait", () -> rig().waitingCount() == count, PATIENCE);
    }

    /** Waits until so many slots are in use. */
    static void awaitUsed(JenkinsRule jenkins, Integer count) throws Exception {
        Gates.eventually(count + " are inside", () -> rig().used() == count, PATIENCE);
    }

    /** Waits until another controller is lost, by what this one knows. */
    static void awaitLost(JenkinsRule jenkins, String name) throws Exception {
        Gates.eventually(
                name + " is lost",
                () -> ConcurrencyManager.get()
                        .sharing()
                        .controller(name)
                        .filter(SharedController::isLost)
                        .isPresent(),
                PATIENCE);
    }

    /** Waits until this controller's name is another one's; what administrators are told then. */
    static String awaitFenced(JenkinsRule jenkins) throws Exception {
        Gates.eventually(
                "is fenced", () -> status().filter(SharedStatus::fenced).isPresent(), PATIENCE);
        assertTrue(ExtensionList.lookupSingleton(SharedGroupsMonitor.class).isActivated());
        return jenkins.createWebClient()
                .withJavaScriptEnabled(false)
                .goTo("manage/")
                .asNormalizedText();
    }

    /** Runs one more build; how it ended, and its log. */
    static String build(JenkinsRule jenkins) throws Exception {
        WorkflowRun run = job().scheduleBuild2(0).waitForStart();
        Gates.eventually(run + " ends", () -> !run.isLogUpdated(), PATIENCE);
        return run.getResult() + " " + JenkinsRule.getLog(run);
    }

    /** Starts some builds, each when the one before has asked. */
    private static void startBuilds(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = job();
        for (int i = 0; i < AT_ONCE; i++) {
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            Gates.eventually(
                    run + " waits", () -> JenkinsRule.getLog(run).contains("Waiting for shared group"), PATIENCE);
        }
    }

    static WorkflowJob job() {
        return Jenkins.get().getItemByFullName("job", WorkflowJob.class);
    }

    void assertAllEndWell(RealJenkinsExtension... some) throws Throwable {
        for (RealJenkinsExtension each : some) {
            assertEquals(List.of(), each.runRemotely(SharedControllers::awaitBuilds), each.getName());
        }
    }

    /** Waits until all builds have ended; those that did not end well. */
    static ArrayList<String> awaitBuilds(JenkinsRule jenkins) throws Exception {
        ArrayList<String> bad = new ArrayList<>();
        for (int number = 1; number <= BUILDS; number++) {
            WorkflowRun run = job().getBuildByNumber(number);
            Gates.eventually(run + " ends", () -> !run.isLogUpdated(), PATIENCE);
            if (run.getResult() != Result.SUCCESS) {
                bad.add(run + " " + run.getResult() + " " + JenkinsRule.getLog(run));
            }
        }
        return bad;
    }

    /** What the bodies have noted. */
    SharedWitness witness() throws Exception {
        return new SharedWitness(LIMIT, asked, Files.readAllLines(witness));
    }

    /** Waits until the witness has so many lines. */
    void awaitLines(int count) throws Exception {
        Gates.eventually(
                "the witness has lines", () -> Files.readAllLines(witness).size() >= count, PATIENCE);
    }
}
