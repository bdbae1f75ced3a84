package io.jenkins.plugins.concurrency.cluster;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * PostgreSQL's programs, from the files that a library ships, unpacked into a directory. As they refuse to run as root, they run
 * as "nobody" then.
 */
final class PostgresPrograms {
    private static final String FILES = "/postgres-linux-x86_64.txz";

    private final Path directory;

    PostgresPrograms(Path directory) throws IOException {
        this.directory = directory;
        unpack(directory);
    }

    /** Why none can be started here; null if they can. */
    static String missing() {
        if (PostgresPrograms.class.getResource(FILES) == null) {
            return "no PostgreSQL for this machine: the library of test servers has none that fits";
        }
        if (isRoot()
                && !Files.isExecutable(Path.of("/usr/sbin/runuser"))
                && !Files.isExecutable(Path.of("/sbin/runuser"))) {
            return "no PostgreSQL for root: it refuses to run as root, and there is no 'runuser' to become another";
        }
        return null;
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static void unpack(Path to) throws IOException {
        try (InputStream packed = PostgresPrograms.class.getResourceAsStream(FILES);
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(packed)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = to.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                    continue;
                }
                Files.createDirectories(file.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, file);
                    if ((entry.getMode() & 0100) != 0) {
                        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
                    }
                }
            }
        }
    }

    /** A directory where a server may keep its data. */
    Path newData(Path data) throws IOException, InterruptedException {
        Files.createDirectory(data);
        if (isRoot()) {
            run(List.of("chown", "nobody", data.toString()));
        }
        return data;
    }

    /** The same data once more, of a server that does not run. */
    Path copyData(Path from, Path to) throws IOException, InterruptedException {
        run(List.of("cp", "-a", from.toString(), to.toString()));
        return to;
    }

    /** How to start one of the programs. */
    List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("runuser", "-u", "nobody", "--"));
        }
        command.add(directory.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    void run(String program, String... arguments) throws IOException, InterruptedException {
        run(command(program, arguments));
    }

    static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String told = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException(command + " failed: " + told);
        }
    }
}
