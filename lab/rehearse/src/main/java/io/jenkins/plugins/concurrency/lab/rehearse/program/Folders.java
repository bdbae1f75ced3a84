package io.jenkins.plugins.concurrency.lab.rehearse.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds the files that programs name: below the folders that were given, and nowhere else. */
public final class Folders {
    private Folders() {}

    /** A file below one of these folders. */
    public static Optional<Path> find(List<Path> folders, String name) {
        for (Path folder : folders) {
            Path root = folder.toAbsolutePath().normalize();
            Path file = root.resolve(name).normalize();
            if (file.startsWith(root) && Files.isRegularFile(file) && isBelow(file, root)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /** A link may lead out of it. */
    private static boolean isBelow(Path file, Path root) {
        try {
            return file.toRealPath().startsWith(root.toRealPath());
        } catch (IOException x) {
            return false;
        }
    }
}
