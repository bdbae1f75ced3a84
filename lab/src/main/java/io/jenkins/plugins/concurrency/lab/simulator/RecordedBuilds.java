package io.jenkins.plugins.concurrency.lab.simulator;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Real builds from a CSV file with the columns job, start (ISO 8601, or seconds) and seconds. */
record RecordedBuilds(List<Build> builds) {
    /** In milliseconds; the first of all starts at 0. */
    record Build(String job, long start, long millis) {}

    /** Of all the jobs in the file. */
    static RecordedBuilds read(Path file) {
        CsvSchema schema = CsvSchema.emptySchema().withHeader();
        List<Build> builds = new ArrayList<>();
        try (MappingIterator<Map<String, String>> rows =
                new CsvMapper().readerForMapOf(String.class).with(schema).readValues(file.toFile())) {
            while (rows.hasNext()) {
                int line = builds.size() + 2;
                builds.add(build(rows.next(), file, line));
            }
        } catch (IOException e) {
            throw new ScenarioException(
                    file + ": " + e.getMessage().lines().findFirst().orElse("cannot be read"));
        }
        if (builds.isEmpty()) {
            throw new ScenarioException(file + ": there is no build in it");
        }
        builds.sort(Comparator.comparingLong(Build::start));
        long first = builds.get(0).start();
        return new RecordedBuilds(builds.stream()
                .map(build -> new Build(build.job(), build.start() - first, build.millis()))
                .toList());
    }

    RecordedBuilds of(String job, Node where) {
        List<Build> ofJob =
                builds.stream().filter(build -> build.job().equals(job)).toList();
        if (ofJob.isEmpty()) {
            throw where.wrong("the file has no build of a job '" + job + "'");
        }
        return new RecordedBuilds(ofJob);
    }

    List<Long> starts() {
        return builds.stream().map(Build::start).toList();
    }

    List<Long> durations() {
        return builds.stream().map(Build::millis).toList();
    }

    private static Build build(Map<String, String> row, Path file, int line) {
        String field = "";
        try {
            for (String column : List.of("job", "start", "seconds")) {
                field = column;
                if (row.get(column) == null) {
                    throw new NumberFormatException("it is missing");
                }
            }
            field = "start";
            long start = start(row.get("start").trim());
            field = "seconds";
            return new Build(row.get("job").trim(), start, millis(row.get("seconds")));
        } catch (DateTimeException | NumberFormatException e) {
            throw new ScenarioException(file + ":" + line + ": field '" + field + "': " + e.getMessage());
        }
    }

    private static long start(String written) {
        return written.matches("[0-9.]+")
                ? millis(written)
                : OffsetDateTime.parse(written).toInstant().toEpochMilli();
    }

    private static long millis(String seconds) {
        double value = Double.parseDouble(seconds.trim());
        if (!(value >= 0)) {
            throw new NumberFormatException("it is negative");
        }
        return Math.round(value * 1000);
    }
}
