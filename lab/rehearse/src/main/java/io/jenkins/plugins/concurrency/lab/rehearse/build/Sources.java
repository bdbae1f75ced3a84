package io.jenkins.plugins.concurrency.lab.rehearse.build;

import io.jenkins.plugins.concurrency.lab.rehearse.RehearsalException;
import io.jenkins.plugins.concurrency.lab.rehearse.program.Compiler;
import io.jenkins.plugins.concurrency.lab.rehearse.program.Folders;
import io.jenkins.plugins.concurrency.lab.rehearse.program.RehearsedScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files that programs are made of: none outside of the folders that were given. For one thread. */
public final class Sources {
    private static final long MOST_BYTES = 4_000_000;

    private final List<Path> libraries;
    private final Compiler compiler;
    private final Map<Path, Class<? extends RehearsedScript>> compiled = new HashMap<>();

    /** @param libraries folders of libraries, each with {@code vars} or {@code src} in it */
    public Sources(List<Path> libraries) {
        this.libraries = libraries;
        this.compiler = new Compiler(
                libraries.stream().map(folder -> folder.resolve("src")).toList());
    }

    /** Whether there are libraries. */
    public boolean hasLibraries() {
        return !libraries.isEmpty();
    }

    /** A Jenkinsfile. Each is read once. */
    public Class<? extends RehearsedScript> script(Path file) {
        return compiled.computeIfAbsent(
                file.toAbsolutePath().normalize(),
                path -> compiler.compile(read(path), String.valueOf(path.getFileName())));
    }

    /** The classes that programs name and that are not there. */
    public List<String> unknownTypes() {
        return compiler.unknownTypes();
    }

    /** What a library has in {@code vars} under a name. */
    public Optional<Class<? extends RehearsedScript>> variable(String name) {
        return Folders.find(libraries, "vars/" + name + ".groovy").map(this::script);
    }

    /** A text that a library has in {@code resources}. */
    public Optional<String> resource(String name) {
        return Folders.find(libraries, "resources/" + name).map(Sources::read);
    }

    private static String read(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new RehearsalException(
                        file + " is larger than " + MOST_BYTES + " bytes. Rehearse a smaller one.");
            }
            return Files.readString(file);
        } catch (IOException x) {
            throw new RehearsalException(
                    file + ": " + (Files.exists(file) ? "cannot be read as text" : "there is no such file") + ".");
        }
    }
}
