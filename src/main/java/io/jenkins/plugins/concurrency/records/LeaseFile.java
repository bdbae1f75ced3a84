package io.jenkins.plugins.concurrency.records;

import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The past leases of one group, in two files to which lines are only ever added: once the newer one is full, it takes the
 * place of the older one. A job's new name, or its end, is a line too, which counts for those before it; and the first line
 * says whose file it is, as its name is a hash. To be used by one thread at a time.
 */
final class LeaseFile {
    /** Some 15,000 to 20,000 leases. */
    static final int MOST_BYTES = 1 << 20;

    private static final String GROUP = "=\t";
    private static final String MOVED = ">\t";
    private static final String GONE = "-\t";

    private final Path newer;
    private final Path older;

    LeaseFile(Path path) {
        newer = path;
        older = path.resolveSibling(path.getFileName() + ".old");
    }

    static String moved(String from, String to) {
        return MOVED + from + "\t" + to;
    }

    static String gone(String fullName) {
        return GONE + fullName;
    }

    boolean exists() {
        return Files.exists(newer) || Files.exists(older);
    }

    /** Whose it is; empty if that cannot be read. */
    Optional<GroupKey> group() throws IOException {
        try (Stream<String> lines = Files.lines(Files.exists(newer) ? newer : older, StandardCharsets.ISO_8859_1)) {
            byte[] first = lines.findFirst().orElse("").getBytes(StandardCharsets.ISO_8859_1);
            String[] fields = new String(first, StandardCharsets.UTF_8).split("\t", 4);
            return fields.length < 4
                    ? Optional.empty()
                    : Optional.of(new GroupKey(Scope.valueOf(fields[1]), fields[2], fields[3]));
        } catch (UncheckedIOException | IllegalArgumentException x) {
            return Optional.empty();
        }
    }

    private static String header(GroupKey group) {
        return GROUP + group.scope() + "\t" + group.context() + "\t" + group.name();
    }

    void append(GroupKey group, List<String> lines) throws IOException {
        if (Files.exists(newer) && Files.size(newer) >= MOST_BYTES) {
            Files.move(newer, older, StandardCopyOption.REPLACE_EXISTING);
        }
        List<String> all = new ArrayList<>();
        if (!Files.exists(newer)) {
            all.add(header(group));
        }
        all.addAll(lines);
        Files.write(newer, all, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** The oldest first. What is damaged is left out. */
    List<PastLease> read() throws IOException {
        LeaseReader reader = new LeaseReader();
        for (Path file : List.of(older, newer)) {
            if (Files.exists(file)) {
                lines(file).forEach(line -> read(line, reader));
            }
        }
        return reader.leases();
    }

    private static void read(String line, LeaseReader reader) {
        if (line.startsWith(GONE)) {
            reader.forget(line.substring(GONE.length()));
        } else if (line.startsWith(MOVED)) {
            String[] names = line.substring(MOVED.length()).split("\t", 2);
            if (names.length == 2) {
                reader.relocate(names[0], names[1]);
            }
        } else {
            PastLease lease = PastLease.parse(line);
            if (lease != null) {
                reader.add(lease);
            }
        }
    }

    /** Its group has another name now, and what there was of that one is gone. */
    void moveTo(LeaseFile other, GroupKey group) throws IOException {
        other.delete();
        if (Files.exists(older)) {
            Files.move(older, other.older);
        }
        List<String> lines = Files.exists(newer) ? lines(newer) : List.of();
        other.append(group, lines.subList(Math.min(1, lines.size()), lines.size()));
        Files.deleteIfExists(newer);
    }

    /** One that is cut off in the middle of a letter must not cost the others. */
    private static List<String> lines(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    void delete() throws IOException {
        Files.deleteIfExists(newer);
        Files.deleteIfExists(older);
    }
}
