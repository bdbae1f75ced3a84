package io.jenkins.plugins.concurrency.lab.simulator;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioFileTest {
    private static final List<String> GOOD = List.of(
            "until: 1h",
            "groups:",
            "  g: {limit: 2}",
            "jobs:",
            "  a:",
            "    arrivals: {every: 5m}",
            "    duration: {fixed: 90s}",
            "    request: {group: g}");

    @TempDir
    private Path folder;

    private List<Scenario> read(List<String> lines) throws IOException {
        Path file = Files.write(folder.resolve("scenario.yaml"), lines);
        return new ScenarioFile(file).variants(OptionalLong.empty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1; until: soon; 1: field 'until': 'soon' is not a duration, such as 90s, 5m or 1h30m",
                "3; '  g: {limit: 0}'; 3: field 'groups.g.limit': it is 0 and must be at least 1",
                "3; '  g: {limit: many}'; 3: field 'groups.g.limit': 'many' is not a whole number",
                "3; '  g: {limit: 2, order: LIFO}'; 3: field 'groups.g.order': 'LIFO' is none of [FIFO, NEWEST_FIRST, FAIR]",
                "3; '  g: {order: FIFO}'; 3: field 'groups.g': the field 'limit' is missing",
                "6; '    arrivals: {perHour: -3}'; 6: field 'jobs.a.arrivals.perHour': '-3' is not a number above 0",
                "6; '    arrivals: {csv: none.csv}'; none.csv (No such file or directory)",
                "8; '    request: {group: g, slots: 3}'; 8: field 'jobs.a.request': it takes 3 slots of the group 'g', which has 2",
                "8; '    request: {grop: g}'; valid ones are behavior, exclusive, extra, group, limit, maxQueued, priority, slots, unit, waitTimeout",
            })
    void whatIsWrongIsSaidWithFileLineAndField(int line, String instead, String message) throws IOException {
        List<String> bad = new java.util.ArrayList<>(GOOD);
        bad.set(line - 1, instead);
        ScenarioException wrong = assertThrows(ScenarioException.class, () -> read(bad));
        assertThat(wrong.getMessage(), endsWith(message));
    }

    @Test
    void everyListMakesVariants() throws IOException {
        List<String> lines = new java.util.ArrayList<>(GOOD);
        lines.set(2, "  g: {limit: [1, 2]}");
        lines.set(7, "    request: {group: g, behavior: [QUEUE, SKIP]}");
        assertThat(
                read(lines).stream().map(Scenario::name).toList(),
                contains(
                        "g limit 1, a behavior QUEUE",
                        "g limit 2, a behavior QUEUE",
                        "g limit 1, a behavior SKIP",
                        "g limit 2, a behavior SKIP"));
    }

    @Test
    void buildsThatWereRecordedComeAgain() throws IOException {
        Files.write(
                folder.resolve("builds.csv"),
                List.of("job,start,seconds", "b,2026-01-01T10:00:00Z,5", "a,2026-01-01T10:01:00Z,61.5"));
        List<String> lines = new java.util.ArrayList<>(GOOD);
        lines.set(5, "    arrivals: {csv: builds.csv}");
        lines.remove(6);
        Tally tally = Simulation.run(read(lines).get(0));
        assertThat(List.of(tally.builds(), tally.end()), contains(1L, 121_500L));
    }
}
