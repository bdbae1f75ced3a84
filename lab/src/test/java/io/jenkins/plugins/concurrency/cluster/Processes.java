package io.jenkins.plugins.concurrency.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Controllers as processes of their own, which are killed and frozen; what is done to them is written down. */
final class Processes implements AutoCloseable {
    private static final int BODY_SECONDS = 40;

    private final UnaryOperator<String> ports;
    private final String schema;
    private final Path file;
    private final Journal journal;
    private final List<String> arguments;
    private final Map<String, Process> running = new LinkedHashMap<>();

    /**
     * @param ports where the database is for a member
     * @param arguments the last ones of {@link MemberProcess#main}
     */
    Processes(UnaryOperator<String> ports, String schema, Path file, List<String> arguments) throws IOException {
        this.ports = ports;
        this.schema = schema;
        this.file = file;
        this.journal = new Journal(file);
        this.arguments = arguments;
    }

    Journal journal() {
        return journal;
    }

    List<String> names() {
        return List.copyOf(running.keySet());
    }

    void start(String name) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                MemberProcess.class.getName(),
                name,
                ports.apply(name),
                schema,
                file.toString()));
        command.addAll(arguments);
        running.put(
                name,
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(file.resolveSibling(name + ".err").toFile())
                        .start());
    }

    void kill(String name) throws InterruptedException {
        Process process = running.get(name);
        process.destroyForcibly();
        process.waitFor();
        journal.write("killed", name, process.pid(), "-", 0, 0);
    }

    void freeze(String name) throws IOException, InterruptedException {
        // Written first: what it wrote before that it did before it was frozen.
        journal.write("frozen", name, running.get(name).pid(), "-", 0, 0);
        signal(name, "STOP");
    }

    void thaw(String name) throws IOException, InterruptedException {
        signal(name, "CONT");
        journal.write("thawed", name, running.get(name).pid(), "-", 0, 0);
    }

    private void signal(String name, String signal) throws IOException, InterruptedException {
        new ProcessBuilder(
                        "kill", "-" + signal, String.valueOf(running.get(name).pid()))
                .start()
                .waitFor();
    }

    /** Waits until all take part. */
    void awaitStart(long seconds) throws IOException, InterruptedException {
        await(seconds, "some do not start", lines -> all(lines, "event:TakesPart"));
    }

    /** Has all end what they do, and waits for that. */
    void finish(long seconds) throws IOException, InterruptedException {
        for (Process process : running.values()) {
            process.getOutputStream().close();
        }
        await(seconds, "some wait for ever", lines -> all(lines, "done"));
    }

    /** Waits until one of the others gets in, from now on. */
    void awaitOthers(String group, String member) throws IOException, InterruptedException {
        awaitBody(
                "nobody gets in while " + member + " is gone",
                body -> body.group().equals(group) && !body.member().equals(member));
    }

    /** Waits until this one gets in, from now on. */
    void awaitBody(String member) throws IOException, InterruptedException {
        awaitBody(member + " does not get in", body -> body.member().equals(member));
    }

    private void awaitBody(String failure, Predicate<Journal.Line> body) throws IOException, InterruptedException {
        int before = journal.read().size();
        await(
                BODY_SECONDS,
                failure,
                lines ->
                        lines.stream().skip(before).anyMatch(line -> line.what().equals("enter") && body.test(line)));
    }

    private boolean all(List<Journal.Line> lines, String what) {
        return running.values().stream()
                .allMatch(process ->
                        lines.stream().anyMatch(line -> line.what().equals(what) && line.pid() == process.pid()));
    }

    /** A file has no events to wait for. */
    private void await(long seconds, String failure, Predicate<List<Journal.Line>> reached)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        List<Journal.Line> lines = journal.read();
        while (!reached.test(lines)) {
            Violation.check(System.nanoTime() < end, failure + "; what they wrote last: " + last(lines));
            TimeUnit.MILLISECONDS.sleep(50);
            lines = journal.read();
        }
    }

    private List<Journal.Line> last(List<Journal.Line> lines) {
        return running.values().stream()
                .flatMap(process ->
                        lines.stream()
                                .filter(line -> line.pid() == process.pid())
                                .reduce((before, last) -> last)
                                .stream())
                .toList();
    }

    @Override
    public void close() {
        running.values().forEach(Process::destroyForcibly);
    }
}
