package io.jenkins.plugins.concurrency.lab.simulator;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.Order;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was downloaded from the page of a group. */
class RecordedScenarioTest {
    private static final String HEADER = "group,scope,job,build,start,seconds,waited,slots,limit,priority";

    @TempDir
    private Path folder;

    private Path csv(String... lines) throws IOException {
        List<String> all = new ArrayList<>(List.of(HEADER));
        all.addAll(List.of(lines));
        return Files.write(folder.resolve("history.csv"), all);
    }

    private static List<Tally> run(Path file, Integer... limits) {
        return new RecordedScenario(file, List.of(limits), Order.FIFO, Behavior.QUEUE)
                .variants(OptionalLong.empty()).stream().map(Simulation::run).toList();
    }

    @Test
    void buildsWaitAsTheyDidAndLessWhereThereAreMoreSlots() throws IOException {
        Path file = csv(
                "deploy,FOLDER,shop,1,2026-03-01T10:00:00.000Z,60.000,0.000,1,1,0",
                "deploy,FOLDER,shop,2,2026-03-01T10:00:10.500Z,30.000,49.500,1,1,0",
                "deploy,FOLDER,\"a, b\",7,2026-03-01T10:00:20.000Z,10.000,70.000,1,1,0");
        List<Tally> tallies = run(file, 2);
        assertThat(tallies.get(0).comparison().count(), is(3));
        assertThat(tallies.get(0).comparison().difference(1), is(0L));
        assertThat(tallies.get(0).jobs().get("a, b").waited(1), is(70_000L));
        assertThat(tallies.get(1).scenario().name(), is("limit 2"));
        assertThat(tallies.get(1).jobs().get("a, b").waited(1), is(20_500L));
        assertThat(tallies.get(1).comparison().count(), is(0));
    }

    @Test
    void slotsPrioritiesAndOtherGroupsOfTheNameCount() throws IOException {
        Path file = csv(
                "deploy,FOLDER,shop,1,2026-03-01T10:00:00Z,60,0,2,2,0",
                "deploy,FOLDER,shop,2,2026-03-01T10:00:01Z,60,119,1,2,0",
                "deploy,FOLDER,shop,3,2026-03-01T10:00:02Z,60,58,2,2,5",
                "deploy,JOB,shop,1,2026-03-01T10:00:00Z,60,0,1,1,0");
        Tally tally = run(file).get(0);
        assertThat(tally.comparison().count(), is(4));
        assertThat(tally.comparison().difference(1), is(0L));
        assertThat(tally.groups().size(), is(2));
    }

    @Test
    void aLimitThatWasChangedMeanwhileIsChangedThere() throws IOException {
        Path file = csv(
                "deploy,FOLDER,shop,1,0,100,0,1,1,0",
                "deploy,FOLDER,shop,2,10,100,90,1,2,0",
                "deploy,FOLDER,shop,3,20,100,80,1,2,0");
        // The first of them tells of its limit, the second that it was another when that one ended.
        assertThat(run(file).get(0).scenario().limits().get(0).at(), is(200_000L));
        assertThat(run(file).get(0).scenario().limits().get(0).limit(), is(2));
    }

    @Test
    void whoHadMoreSlotsThanAVariantHasTakesAllOfThem() throws IOException {
        Path file = csv("deploy,FOLDER,shop,1,0,100,0,3,3,0", "deploy,FOLDER,shop,2,10,100,90,3,3,0");
        assertThat(run(file, 2).get(1).jobs().get("shop").waited(1), is(90_000L));
    }

    @Test
    void theCommandShowsHowFarTheTwoAreApart() throws IOException {
        Path file = csv("deploy,FOLDER,shop,1,0,100,0,1,1,0", "deploy,FOLDER,shop,2,10,100,95,1,1,0");
        StringWriter out = new StringWriter();
        int exit = Simulate.command()
                .setOut(new PrintWriter(out))
                .execute(file.toString(), "--limit", "1,2", "--no-report");
        assertThat(exit, is(0));
        assertThat(
                out.toString(),
                containsString(
                        "Simulated waits of 2 builds beside the recorded ones: 50.0 % differ by a second or less;"
                                + " half of them by 0.000 s or less, the worst by 5.000 s"));
        assertThat(out.toString(), containsString("== limit 2 =="));
    }

    @Test
    void mistakesAreNamed() throws IOException {
        Path file = csv("deploy,FOLDER,shop,1,0,100,0,one,1,0");
        assertThat(
                assertThrows(ScenarioException.class, () -> run(file)).getMessage(),
                containsString("history.csv:2: field 'slots'"));
        Path good = csv("deploy,FOLDER,shop,1,0,100,0,1,1,0");
        assertThat(assertThrows(ScenarioException.class, () -> run(good, 0)).getMessage(), containsString("--limit 0"));
        StringWriter errors = new StringWriter();
        int exit = Simulate.command()
                .setErr(new PrintWriter(errors))
                .execute("../docs/examples/simulation/deploy.yaml", "--limit", "2");
        assertThat(exit, is(2));
        assertThat(errors.toString(), containsString("are for CSV"));
    }
}
