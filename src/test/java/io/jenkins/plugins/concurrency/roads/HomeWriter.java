package io.jenkins.plugins.concurrency.roads;

import hudson.model.Action;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Job;
import hudson.model.ParametersAction;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.arguments.EndResult;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.Order;
import io.jenkins.plugins.concurrency.engine.Overflow;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.queue.CauseKind;
import io.jenkins.plugins.concurrency.queue.ConcurrencyLimitProperty;
import io.jenkins.plugins.concurrency.queue.Limited;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import io.jenkins.plugins.concurrency.settings.Decisions;
import io.jenkins.plugins.concurrency.settings.DeclaredGroup;
import io.jenkins.plugins.concurrency.settings.FolderCap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/**
 * Writes a home for {@link StoredHomeTest}, as this version does: {@code mvn test -Dtest=HomeWriter}. It is run for each
 * release that changes what is written; the homes of older ones stay as they are, each with its own test.
 */
class HomeWriter {
    private static final Path TARGET =
            Path.of("src/test/resources/io/jenkins/plugins/concurrency/roads/StoredHomeTest/first");

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Test
    void writesAHome() throws Throwable {
        Path home = sessions.getHome().toPath();
        sessions.then(jenkins -> {
            settings();
            everyField(jenkins);
            cancelled(jenkins);
            refused(jenkins);
            program(jenkins);
            queued(jenkins);
            Gates.eventually("the records are written", () -> areRecordsWritten(home));
        });
        FileUtils.deleteDirectory(TARGET.toFile());
        Files.createDirectories(TARGET);
        try (Stream<Path> files = Files.list(home)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (Files.isDirectory(file) && name.equals("concurrency-history")) {
                    FileUtils.copyDirectory(file.toFile(), TARGET.resolve(name).toFile());
                } else if (name.equals("queue.xml")
                        || name.startsWith("concurrency-")
                        || name.contains("FlowExecutionList")) {
                    Files.copy(file, TARGET.resolve(name));
                }
            }
        }
        FileUtils.copyDirectory(
                home.resolve("jobs").toFile(), TARGET.resolve("jobs").toFile());
    }

    private static boolean areRecordsWritten(Path home) throws IOException {
        Path groups = home.resolve("concurrency-used-groups.xml");
        Path refusals = home.resolve("concurrency-refusals.xml");
        return Files.exists(groups)
                && Files.readString(groups).contains("queued")
                && Files.exists(refusals)
                && Files.readString(refusals).contains("latest");
    }

    private static void settings() {
        DeclaredGroup licences = new DeclaredGroup("licences", 5);
        licences.setOrder(Order.FAIR);
        licences.setMaxQueued(10);
        licences.setOverflow(Overflow.DISPLACE_OLDEST);
        licences.setDescription("CAD seats");
        DeclaredGroup night = new DeclaredGroup("night", 2);
        night.setParent("licences");
        night.setPriority(3);
        night.setFolders("**");
        ConcurrencySettings settings = ConcurrencySettings.get();
        settings.setGroups(List.of(licences, night));
        settings.setUndeclaredAllowed(true);
        settings.setCap(50);
        settings.setExcludedFolders("infra");
        settings.setFolderCaps(List.of(new FolderCap("team", 10)));
        Decisions.get().overrideLimit(licences.key(), OptionalInt.of(4));
        Decisions.get().pause(night.key(), true);
    }

    private static void everyField(JenkinsRule jenkins) throws Exception {
        ConcurrencyLimitProperty limit = new ConcurrencyLimitProperty();
        limit.setGroup("fields");
        limit.setScope("FOLDER");
        limit.setLimit(4);
        limit.setSlots(2);
        limit.setBehavior(Behavior.QUEUE_LATEST);
        limit.setPriority(7);
        limit.setMaxQueued(9);
        limit.setWaitTimeout(3);
        limit.setUnit(TimeUnit.HOURS);
        limit.setResult(EndResult.NOT_BUILT);
        limit.setCauses(List.of(CauseKind.USER, CauseKind.TIMER));
        WorkflowJob job = Inputs.create(jenkins, "fields", "echo 'done'");
        job.addProperty(limit);
        CauseAction user = new CauseAction(new Cause.UserIdCause());
        jenkins.assertBuildStatusSuccess(Gates.ended(job.scheduleBuild2(0, user).waitForStart()));
    }

    private static WorkflowJob limited(JenkinsRule jenkins, String name, Behavior behavior) throws Exception {
        WorkflowJob job = Inputs.create(jenkins, name, "input 'Go on?'");
        ConcurrencyLimitProperty limit = new ConcurrencyLimitProperty();
        limit.setBehavior(behavior);
        job.addProperty(limit);
        return job;
    }

    private static void cancelled(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = limited(jenkins, "cancelled", Behavior.CANCEL_RUNNING);
        Inputs.inside(job);
        Inputs.inside(job);
        jenkins.assertBuildStatus(Result.ABORTED, Gates.ended(job.getBuildByNumber(1)));
        Inputs.leave(jenkins, job, 2);
    }

    private static void refused(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = limited(jenkins, "latest", Behavior.QUEUE_LATEST);
        Inputs.inside(job);
        Queue.Item superseded = waiting(job, "main");
        waiting(job, "next");
        Limited.gone(superseded);
        Inputs.leave(jenkins, job, 1);
        Inputs.leave(jenkins, job, 2);
    }

    private static void program(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = Inputs.create(jenkins, "program", """
                concurrency(group: 'g', limit: 2, exclusive: true, reason: 'release', extra: [[group: 'more', limit: 3]]) {
                    concurrency(group: 'inner', scope: 'BUILD', variable: 'SLOT') {
                        input 'Go on?'
                    }
                }
                """);
        Inputs.inside(job);
        job.scheduleBuild2(0).waitForStart();
        Roads.awaitWaiting(Roads.GROUP, 1);
    }

    private static void queued(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = limited(jenkins, "queued", Behavior.QUEUE);
        Inputs.inside(job);
        waiting(job, "main");
        Gates.eventually(
                "it waits",
                () -> Roads.waiting(ConcurrencyManager.get().groupsOf("queued").get(0)) == 1);
    }

    /** Differs in a parameter from others, as the queue takes one for the same as another otherwise. */
    private static Queue.Item waiting(Job<?, ?> job, String parameter) throws Exception {
        List<Action> actions = List.of(
                new CauseAction(new Cause.UserIdCause()),
                new ParametersAction(new StringParameterValue("branch", parameter)));
        Queue.Item item =
                Queue.getInstance().schedule2((Queue.Task) job, 0, actions).getItem();
        Roads.awaitWhy(item, "Waiting for ");
        return item;
    }
}
