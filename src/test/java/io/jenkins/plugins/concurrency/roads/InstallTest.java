package io.jenkins.plugins.concurrency.roads;

import hudson.model.Result;
import io.jenkins.plugins.concurrency.RealController;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * The plugin comes, and goes, and comes again. What needs its classes is in {@link Installed}, as nothing may look for these
 * while they are not there.
 */
class InstallTest {
    private static final String PLUGIN = "concurrency";

    @RegisterExtension
    private final RealJenkinsExtension controller = RealController.create();

    /** Where the plugin is in its controller; what is there leads to the classes under test. */
    private Path file() {
        return controller.getHome().toPath().resolve("plugins").resolve(PLUGIN + ".jpl");
    }

    private void installWithoutARestart() throws Throwable {
        Files.copy(Path.of("target", "test-classes", "the.hpl"), file());
        controller.runRemotely(InstallTest::load, file().toFile());
    }

    private static void load(JenkinsRule jenkins, File plugin) throws Exception {
        Jenkins.get().getPluginManager().dynamicLoad(plugin);
    }

    private static void startBefore(JenkinsRule jenkins) throws Exception {
        Inputs.inside(Inputs.create(jenkins, "before", "input 'go on?'"));
    }

    @Test
    void whatIsInstalledWithoutARestartLimitsAtOnce() throws Throwable {
        Files.delete(file());
        controller.startJenkins();
        controller.runRemotely(InstallTest::startBefore);
        installWithoutARestart();
        controller.runRemotely(Installed::stepsAreLimited);
        controller.runRemotely(Installed::wholeBuildsAreLimited);
        controller.runRemotely(Installed::aCapCountsWhoRanBefore);
    }

    /** The builds of a job with a limit go on as if it had none; those with a step of the plugin's cannot. */
    private static void goOnWithoutThePlugin(JenkinsRule jenkins) throws Exception {
        WorkflowJob limited = Inputs.job("limited");
        Inputs.awaitInside(limited, 1);
        Inputs.awaitInside(limited, 2);
        for (int number = 1; number <= 2; number++) {
            jenkins.assertBuildStatus(
                    Result.FAILURE,
                    jenkins.waitForCompletion(Inputs.job("steps").getBuildByNumber(number)));
        }
    }

    private static void enable(JenkinsRule jenkins) throws Exception {
        Jenkins.get().getPluginManager().getPlugin(PLUGIN).enable();
    }

    private static void disable(JenkinsRule jenkins) throws Exception {
        Jenkins.get().getPluginManager().getPlugin(PLUGIN).disable();
    }

    @Test
    void whatIsDisabledAndEnabledAgainHoldsNothingForEverAndLimits() throws Throwable {
        controller.startJenkins();
        controller.runRemotely(Installed::fill);
        controller.runRemotely(InstallTest::disable);
        controller.stopJenkins();
        controller.startJenkins();
        controller.runRemotely(InstallTest::goOnWithoutThePlugin);
        controller.runRemotely(InstallTest::enable);
        controller.stopJenkins();
        controller.startJenkins();
        controller.runRemotely(Installed::whoRanMeanwhileEndsAndAllIsLimited);
    }

    @Test
    void whatIsUninstalledAndInstalledAgainHoldsNothingForEverAndLimits() throws Throwable {
        controller.startJenkins();
        controller.runRemotely(Installed::fill);
        controller.stopJenkins();
        Files.delete(file());
        controller.startJenkins();
        controller.runRemotely(InstallTest::goOnWithoutThePlugin);
        installWithoutARestart();
        controller.runRemotely(Installed::stepsAreLimited);
        // Jenkins has loaded the jobs without what their limits are made of, and reads that only after a restart.
        controller.stopJenkins();
        controller.startJenkins();
        controller.runRemotely(Installed::whoRanMeanwhileEndsAndAllIsLimited);
    }
}
