package io.jenkins.plugins.concurrency.lab.rehearse;

import io.jenkins.plugins.concurrency.lab.rehearse.journal.BuildEntry;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Event;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Journal;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Warning;
import io.jenkins.plugins.concurrency.lab.rehearse.plan.PlanFile;
import io.jenkins.plugins.concurrency.lab.rehearse.report.Findings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Rehearses what a test writes into a folder, and tells what came of it. */
final class Show {
    private final Path folder;
    private Journal journal;

    Show(Path folder) {
        this.folder = folder;
    }

    Show file(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException x) {
            throw new UncheckedIOException(x);
        }
        return this;
    }

    /** Some builds of a job, 10 seconds apart; {@code sh} takes 30 seconds. */
    Show builds(int count, String script) {
        return builds(count, script, "");
    }

    /** @param more lines of the plan */
    Show builds(int count, String script, String more) {
        file("Jenkinsfile", script);
        return plan("""
                jobs:
                  team/job:
                    jenkinsfile: Jenkinsfile
                    builds: {every: 10s, count: %d}
                steps: {sh: 30s}
                """.formatted(count) + more);
    }

    Show plan(String yaml) {
        file("plan.yaml", yaml);
        journal = Bounded.run(PlanFile.read(folder.resolve("plan.yaml"), 20));
        return this;
    }

    Journal journal() {
        return journal;
    }

    /** Of the only job, by number. */
    BuildEntry build(int number) {
        return journal.builds().stream()
                .filter(build -> build.number() == number)
                .findFirst()
                .orElseThrow();
    }

    List<String> results() {
        return journal.builds().stream().map(BuildEntry::result).toList();
    }

    /** What all builds said with {@code echo}. */
    List<String> notes() {
        return texts(Event.Kind.NOTE);
    }

    List<String> texts(Event.Kind kind) {
        return journal.events().stream()
                .filter(event -> event.kind() == kind)
                .map(Event::text)
                .toList();
    }

    List<String> warnings() {
        return Findings.in(journal).stream().map(Warning::about).toList();
    }
}
