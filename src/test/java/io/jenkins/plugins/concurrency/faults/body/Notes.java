package io.jenkins.plugins.concurrency.faults.body;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The file in which bodies say where they are, and others what they do to them: lines of {@code time what who group}. It
 * outlives the controller's process; who reads it needs nothing else to know what happened.
 */
public final class Notes {
    /** The system property of the controller that says where the file is. */
    public static final String FILE = "concurrency.notes";

    private Notes() {}

    /** Called by Pipelines too. A line is written at once or not at all. */
    public static void add(String what, String who, String group) {
        add(Path.of(System.getProperty(FILE)), what, who, group);
    }

    public static synchronized void add(Path file, String what, String who, String group) {
        String line = System.currentTimeMillis() + " " + what + " " + who + " " + group + "\n";
        try {
            Files.write(
                    file, line.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException x) {
            throw new UncheckedIOException(x);
        }
    }
}
