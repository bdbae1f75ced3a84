package io.jenkins.plugins.concurrency.records;

import hudson.XmlFile;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * One small file for each group. Its name is a hash, as a group's name is never part of a path; whose it is stands in it. A
 * damaged one is put aside, and costs nothing but what it had of its group. To be used by one thread at a time.
 */
class HistoryFiles {
    private static final Logger LOGGER = Logger.getLogger(HistoryFiles.class.getName());
    private static final String XML = ".xml";
    /** Many times what is ever written: whatever is longer is none of ours. */
    private static final long LONGEST = 2L << 20;

    /** Asked for late, as there may be no Jenkins yet. */
    private final Supplier<File> directory;

    HistoryFiles(Supplier<File> directory) {
        this.directory = directory;
    }

    /** Reads all, those first that were written last. */
    void read(Consumer<GroupHistory> reader) {
        try {
            for (Path file : newestFirst()) {
                read(file, reader);
            }
        } catch (IOException x) {
            LOGGER.log(
                    Level.WARNING, x, () -> "Cannot list " + directory.get() + "; the history of groups begins anew");
        }
    }

    private List<Path> newestFirst() throws IOException {
        Path path = directory.get().toPath();
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> file.toString().endsWith(XML))
                    .map(Dated::of)
                    .sorted((one, other) -> Long.compare(other.millis, one.millis))
                    .map(Dated::file)
                    .toList();
        }
    }

    private record Dated(Path file, long millis) {
        static Dated of(Path file) {
            return new Dated(file, file.toFile().lastModified());
        }
    }

    private static void read(Path file, Consumer<GroupHistory> reader) {
        GroupHistory read;
        try {
            if (Files.size(file) > LONGEST) {
                throw new IOException("It has more than " + LONGEST + " bytes");
            }
            read = ((StoredHistory) xml(file.toFile()).read()).restored();
        } catch (IOException | RuntimeException x) {
            putAside(file, x);
            return;
        }
        reader.accept(read);
    }

    private static void putAside(Path file, Exception why) {
        Path aside = file.resolveSibling(file.getFileName() + ".broken");
        LOGGER.log(
                Level.WARNING,
                why,
                () -> "Cannot read " + file + "; the history of its group begins anew. It is now " + aside
                        + ", which you can delete.");
        try {
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException x) {
            LOGGER.log(Level.WARNING, x, () -> "Cannot rename " + file);
        }
    }

    void write(GroupHistory history) throws IOException {
        File file = file(history.group());
        Files.createDirectories(directory.get().toPath());
        xml(file).write(new StoredHistory(history));
    }

    void delete(GroupKey group) throws IOException {
        Files.deleteIfExists(file(group).toPath());
    }

    /** Not forced to the disk, as it is not worth that: who pulls the plug may lose what he did last. */
    private static XmlFile xml(File file) {
        return new XmlFile(StoredHistory.XSTREAM, file, false);
    }

    private File file(GroupKey group) {
        return new File(directory.get(), nameFor(group) + XML);
    }

    /** One that tells nothing of the group's name. */
    static String nameFor(GroupKey group) {
        return DigestUtils.sha256Hex(group.scope() + "\n" + group.context() + "\n" + group.foldedName());
    }
}
