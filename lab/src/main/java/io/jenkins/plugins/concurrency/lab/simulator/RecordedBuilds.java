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
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Real builds from a CSV file with the columns job, start (ISO 8601, or seconds) and seconds; and with what the plugin's own
 * export has besides: group, scope, waited, slots, limit and priority.
 */
record RecordedBuilds(List<Build> builds) {
    /**
     * Times are in milliseconds; the first of all starts at 0.
     *
     * @param place its place among all
     * @param start when it asked for its slots
     * @param millis for how long it had them
     * @param limit of its group when it gave them back; 0 if that is not known
     */
    record Build(
            long place,
            String group,
            String job,
            long start,
            long millis,
            OptionalLong waited,
            int slots,
            int limit,
            int priority) {
        Build after(long first) {
            return new Build(place, group, job, start - first, millis, waited, slots, limit, priority);
        }

        long end() {
            return start + waited.orElse(0) + millis;
        }
    }

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
        return new RecordedBuilds(
                builds.stream().map(build -> build.after(first)).toList());
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
        Row fields = new Row(row);
        try {
            return new Build(
                    line,
                    group(row),
                    fields.required("job"),
                    start(fields.required("start")),
                    millis(fields.required("seconds")),
                    fields.optional("waited")
                            .map(waited -> OptionalLong.of(millis(waited)))
                            .orElse(OptionalLong.empty()),
                    Math.max(1, fields.whole("slots", 1)),
                    fields.whole("limit", 0),
                    fields.whole("priority", 0));
        } catch (DateTimeException | NumberFormatException e) {
            throw new ScenarioException(file + ":" + line + ": field '" + fields.last + "': " + e.getMessage());
        }
    }

    /** Groups of one name and different scopes are different ones. */
    private static String group(Map<String, String> row) {
        String name = row.getOrDefault("group", "").trim();
        String scope = row.getOrDefault("scope", "").trim();
        return name.isEmpty() || scope.isEmpty() ? name : name + " (" + scope + ")";
    }

    /** A line, which knows the field that was read last. */
    private static final class Row {
        private final Map<String, String> fields;
        private String last = "";

        Row(Map<String, String> fields) {
            this.fields = fields;
        }

        Optional<String> optional(String column) {
            last = column;
            return Optional.ofNullable(fields.get(column)).map(String::trim).filter(value -> !value.isEmpty());
        }

        String required(String column) {
            return optional(column).orElseThrow(() -> new NumberFormatException("it is missing"));
        }

        int whole(String column, int otherwise) {
            return optional(column).map(Integer::parseInt).orElse(otherwise);
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
