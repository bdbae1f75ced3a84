package io.jenkins.plugins.concurrency.lab.simulator;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The command that answers which limit and which behavior to choose, before anybody waits.
 *
 * @since 1.0
 */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = "Runs the engine through a scenario in virtual time, and shows who waited for how long.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0: the scenario was run", "2: the scenario, or the call, is wrong"})
public final class Simulate implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The scenario, in YAML.")
    private Path file;

    @Option(
            names = "--report",
            paramLabel = "HTML",
            description = "Where to write the report; beside the scenario's name in the current directory if left out.")
    private Path report;

    @Option(names = "--no-report", description = "Write no report.")
    private boolean noReport;

    @Option(names = "--seed", paramLabel = "N", description = "Another seed than the scenario's.")
    private Long seed;

    /** The program. */
    public static void main(String[] arguments) {
        System.exit(command().execute(arguments));
    }

    /** The command line without the end of the program. */
    public static CommandLine command() {
        return new CommandLine(new Simulate()).setExecutionExceptionHandler((problem, command, result) -> {
            if (problem instanceof ScenarioException) {
                command.getErr().println(problem.getMessage());
                return 2;
            }
            throw problem;
        });
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        ScenarioFile scenarios = new ScenarioFile(file);
        List<Tally> tallies = new ArrayList<>();
        for (Scenario scenario : scenarios.variants(seed == null ? OptionalLong.empty() : OptionalLong.of(seed))) {
            long start = System.nanoTime();
            tallies.add(Simulation.run(scenario));
            TextReport.print(tallies.get(tallies.size() - 1), System.nanoTime() - start, out);
        }
        if (!noReport) {
            Path target = report != null ? report : Path.of(nameWithoutEnding() + ".html");
            Files.writeString(target, HtmlReport.of(scenarios.title(), scenarios.about(), tallies));
            out.println("The report is in " + target.toAbsolutePath());
        }
        out.flush();
        return 0;
    }

    private String nameWithoutEnding() {
        return String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
    }
}
