package io.jenkins.plugins.concurrency.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command that measures the engine and writes a page about it, ratios first.
 *
 * @since 1.0
 */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures the engine: what its calls cost, and how much memory those who wait take.")
public final class Bench implements Callable<Integer> {
    @Option(names = "--page", paramLabel = "FILE", description = "Where to write the page; it is printed in any case.")
    private Path page;

    @Option(names = "--quick", description = "One short iteration of each: to see that it works, not what it costs.")
    private boolean quick;

    /** The program. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public Integer call() throws RunnerException, IOException {
        ChainedOptionsBuilder options =
                new OptionsBuilder().include(EngineBenchmark.class.getName()).include(CallBenchmark.class.getName());
        if (quick) {
            options = options.warmupIterations(0).measurementIterations(1).measurementTime(TimeValue.milliseconds(50));
        }
        Collection<RunResult> results = new Runner(options.build()).run();
        String text = new BenchPage(results).text();
        System.out.println(text);
        if (page != null) {
            Files.writeString(page, text);
        }
        return 0;
    }
}
