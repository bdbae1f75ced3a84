package io.jenkins.plugins.concurrency.records;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.util.AtomicFileWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Numbers each of which is higher than all before, over restarts and crashes too. They follow the clock, so that they go on
 * growing if the file is lost, or comes back from a backup; the file has a number that none has reached yet, so that they do if
 * the clock is set back. Safe for use by several threads.
 */
@Restricted(NoExternalUse.class)
public final class GrowingNumber {
    /** In milliseconds: how long a number in the file lasts, so that few of them are written. */
    private static final long AHEAD = 60_000;

    private final Path file;
    private final InstantSource clock;
    private long last = -1;
    private long reserved;

    /** @param file need not exist yet */
    public GrowingNumber(@NonNull Path file, @NonNull InstantSource clock) {
        this.file = file;
        this.clock = clock;
    }

    /**
     * The next number.
     *
     * @throws UncheckedIOException if the file cannot be read or written: a number that might be given twice is none
     */
    public synchronized long next() {
        try {
            if (last < 0) {
                last = read();
                reserved = last;
            }
            long next = Math.max(last + 1, clock.millis());
            if (next > reserved) {
                write(next + AHEAD);
            }
            last = next;
            return next;
        } catch (IOException x) {
            throw new UncheckedIOException(x);
        }
    }

    private long read() throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        String text = Files.readString(file, StandardCharsets.UTF_8).trim();
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException x) {
            throw new IOException(
                    file + " should hold a number, and holds '" + text
                            + "'. Write one there that is higher than any fence"
                            + " that was given, such as the time in milliseconds.",
                    x);
        }
    }

    private void write(long number) throws IOException {
        try (AtomicFileWriter out = new AtomicFileWriter(file, StandardCharsets.UTF_8)) {
            out.write(number + "\n");
            out.commit();
        }
        reserved = number;
    }
}
