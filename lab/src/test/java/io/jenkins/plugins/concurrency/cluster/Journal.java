package io.jenkins.plugins.concurrency.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * What happens in all processes, one line each, in one file that all append to. A body says that it is inside before it does
 * anything, and that it leaves before its slot is given back, so that the lines' order is that of what happened.
 */
final class Journal {
    /** @param nanos of the machine's clock, which all processes have in common */
    record Line(long nanos, String what, String member, long pid, String group, long key, long fence) {
        static Line of(String text) {
            String[] parts = text.split(" ");
            return new Line(
                    Long.parseLong(parts[0]),
                    parts[1],
                    parts[2],
                    Long.parseLong(parts[3]),
                    parts[4],
                    Long.parseLong(parts[5]),
                    Long.parseLong(parts[6]));
        }
    }

    private final Path file;
    private final FileChannel channel;

    Journal(Path file) throws IOException {
        this.file = file;
        channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    /** In one write, which no other one is mixed with. */
    void write(String what, String member, long pid, String group, long key, long fence) {
        String line = System.nanoTime() + " " + what + " " + member + " " + pid + " " + group + " " + key + " " + fence
                + "\n";
        try {
            channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException x) {
            throw new UncheckedIOException(x);
        }
    }

    List<Line> read() throws IOException {
        String all = Files.readString(file);
        // The last line may be on its way.
        return all.substring(0, all.lastIndexOf('\n') + 1).lines().map(Line::of).toList();
    }
}
