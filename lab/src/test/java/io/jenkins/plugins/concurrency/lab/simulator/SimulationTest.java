package io.jenkins.plugins.concurrency.lab.simulator;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulationTest {
    private static final Path EXAMPLES = Path.of("../docs/examples/simulation");

    @TempDir
    private Path folder;

    private Tally run(String request, String group) throws IOException {
        Path file = folder.resolve("scenario.yaml");
        Files.write(
                file,
                List.of(
                        "until: 1h",
                        "leaving: 1s",
                        "groups: {g: {" + group + "}}",
                        "jobs:",
                        "  a: {arrivals: {every: 10m, burst: 3}, duration: {fixed: 2m}, request: {group: g" + request
                                + "}}"));
        return Simulation.run(
                new ScenarioFile(file).variants(OptionalLong.empty()).get(0));
    }

    @Test
    void eachBuildWaitsForThoseBeforeIt() throws IOException {
        Tally tally = run("", "limit: 1");
        Figures figures = tally.jobs().get("a");
        assertThat(figures.granted(), is(18));
        assertThat(figures.waited(0.5), is(120_000L));
        assertThat(figures.waited(1), is(240_000L));
        assertThat(tally.end(), is(56 * 60_000L));
        assertThat(tally.groups().get(0).utilisation(tally.end()), closeTo(36 / 56.0, 1e-9));
        assertThat(tally.groups().get(0).queue().mean(), closeTo(36 / 56.0, 1e-9));
        assertThat(tally.groups().get(0).queue().max(), is(2));
    }

    @Test
    void estimatesAreRightWhereBuildsTakeAsLongAsEver() throws IOException {
        EstimateTally estimates = run("", "limit: 1").estimates();
        assertThat(estimates.waits(), is(12));
        // The first three builds end before anything is known.
        assertThat(estimates.judged(), is(10));
        assertThat(estimates.medianError(), closeTo(0, 1e-9));
        assertThat(estimates.within(), closeTo(1, 1e-9));
    }

    @Test
    void whoIsSupersededNeverRuns() throws IOException {
        Figures figures = run(", behavior: QUEUE_LATEST", "limit: 1").jobs().get("a");
        assertThat(List.of(figures.granted(), figures.superseded()), is(List.of(12, 6)));
    }

    @Test
    void whoIsCancelledLeavesSoonAndTheNewestRuns() throws IOException {
        Figures figures = run(", behavior: CANCEL_RUNNING", "limit: 1").jobs().get("a");
        assertThat(List.of(figures.granted(), figures.superseded(), figures.cancelledRunning()), is(List.of(12, 6, 6)));
        assertThat(figures.waited(1), is(1_000L));
    }

    @Test
    void whoDoesNotWaitIsRefused() throws IOException {
        Figures figures = run(", behavior: SKIP", "limit: 2").jobs().get("a");
        assertThat(List.of(figures.granted(), figures.refused()), is(List.of(12, 6)));
    }

    @Test
    void whoWaitsTooLongGivesUp() throws IOException {
        Figures figures = run(", waitTimeout: 3", "limit: 1").jobs().get("a");
        assertThat(List.of(figures.granted(), figures.expired()), is(List.of(12, 6)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy", "burst", "greedy"})
    void theExamplesMakeTheSameReportEachTimeAndItNeedsNothingButItself(String name) throws IOException {
        Path first = folder.resolve("first.html");
        Path second = folder.resolve("second.html");
        for (Path report : List.of(first, second)) {
            String file = EXAMPLES.resolve(name + ".yaml").toString();
            StringWriter out = new StringWriter();
            int code = Simulate.command().setOut(new PrintWriter(out)).execute(file, "--report", report.toString());
            assertThat(out.toString(), code, is(0));
        }
        String page = Files.readString(first);
        assertThat(page, is(Files.readString(second)));
        assertThat(page, containsString("prefers-color-scheme: dark"));
        assertThat(page, not(containsString("http")));
        assertThat(page, not(containsString("<script")));
    }

    @Test
    void aWrongScenarioEndsWithoutAStackTrace() throws IOException {
        Path file = Files.writeString(folder.resolve("bad.yaml"), "until: 1h\njobs: {}\n");
        StringWriter problem = new StringWriter();
        int code = Simulate.command().setErr(new PrintWriter(problem)).execute(file.toString());
        assertThat(code, is(2));
        assertThat(problem.toString().strip(), is(file + ":2: field 'jobs': there is no job in it"));
    }

    @Test
    void aHundredThousandBuildsTakeSeconds() throws IOException {
        Path file = folder.resolve("many.yaml");
        Files.write(
                file,
                List.of(
                        "until: 400h",
                        "jobs:",
                        "  a: {arrivals: {perHour: 250}, duration: {median: 30s}, request: {group: g, limit: 3}}"));
        long start = cpuTime();
        Tally tally = Simulation.run(
                new ScenarioFile(file).variants(OptionalLong.of(1)).get(0));
        assertThat(tally.builds() > 90_000, is(true));
        assertThat(TimeUnit.NANOSECONDS.toSeconds(cpuTime() - start), lessThan(10L));
    }

    /** Of this thread, so that it does not matter what else the machine does. */
    private static long cpuTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
