package io.jenkins.plugins.concurrency.lab.rehearse.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.BuildEntry;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Event;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Journal;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Stay;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Warning;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that happened, for programs. Times are in milliseconds. */
public final class JsonReport {
    private JsonReport() {}

    public static String of(Journal journal, List<Warning> warnings) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("builds", journal.builds().stream().map(JsonReport::build).toList());
        all.put("stays", journal.stays().stream().map(JsonReport::stay).toList());
        all.put("events", journal.events().stream().map(JsonReport::event).toList());
        all.put(
                "warnings",
                warnings.stream()
                        .map(warning -> Map.of("about", warning.about(), "text", warning.text()))
                        .toList());
        all.put("notRehearsed", journal.notRehearsed());
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all);
        } catch (IOException x) {
            throw new UncheckedIOException(x);
        }
    }

    private static Map<String, Object> build(BuildEntry build) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("build", build.name());
        fields.put("job", build.job());
        fields.put("number", build.number());
        fields.put("scheduled", build.scheduled());
        fields.put("started", build.started());
        fields.put("ended", build.ended());
        fields.put("result", build.result());
        fields.put("reason", build.reason());
        return fields;
    }

    private static Map<String, Object> stay(Stay stay) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("build", stay.build());
        fields.put("branch", stay.branch());
        fields.put("group", stay.group());
        fields.put("key", stay.claim().group().toString());
        fields.put("asked", stay.asked());
        fields.put("waitedIn", stay.waitedIn());
        fields.put("behind", stay.behind());
        fields.put("entered", stay.entered());
        fields.put("ended", stay.ended());
        fields.put("outcome", stay.outcome());
        fields.put("holdsExecutor", stay.holdsExecutor());
        return fields;
    }

    private static Map<String, Object> event(Event event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("at", event.at());
        fields.put("build", event.build());
        fields.put("branch", event.branch());
        fields.put("kind", event.kind().name());
        fields.put("group", event.group());
        fields.put("text", event.text());
        return fields;
    }
}
