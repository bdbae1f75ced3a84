package io.jenkins.plugins.concurrency.records;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowingNumberTest {
    @TempDir
    private Path directory;

    private long now = 1_000_000;

    private GrowingNumber restarted() {
        InstantSource clock = () -> Instant.ofEpochMilli(now);
        return new GrowingNumber(directory.resolve("fence.txt"), clock);
    }

    @Test
    void itGrowsOverRestartsWhateverTheClockDoes() {
        long last = 0;
        for (int run = 0; run < 20; run++) {
            GrowingNumber number = restarted();
            for (int i = 0; i < 10; i++) {
                long next = number.next();
                assertThat(next, greaterThan(last));
                last = next;
                now += i % 3 == 0 ? -7_000_000 / (i + 1) : 40_000;
                now = Math.max(1, now);
            }
        }
    }

    @Test
    void itGrowsIfTheFileIsLost() throws Exception {
        long last = restarted().next();
        Files.delete(directory.resolve("fence.txt"));
        now++;
        assertThat(restarted().next(), greaterThan(last));
    }

    @Test
    void aFileThatIsNoneIsNotGuessed() throws Exception {
        Files.writeString(directory.resolve("fence.txt"), "many");
        Exception refused = assertThrows(UncheckedIOException.class, restarted()::next);
        assertThat(refused.getMessage(), containsString("holds 'many'"));
    }
}
