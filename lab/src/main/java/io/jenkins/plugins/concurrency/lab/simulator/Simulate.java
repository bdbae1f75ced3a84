package io.jenkins.plugins.concurrency.lab.simulator;

import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.Order;
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
        description =
                "Runs the engine through a scenario, or through the recorded history of a group or job, in virtual time,"
                        + " and shows who waited for how long.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0: the scenario was run", "2: the scenario, or the call, is wrong"})
public final class Simulate implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            description = "The scenario, in YAML; or what was downloaded from the page of a group or a job, in CSV.")
    private Path file;

    @Option(
            names = "--report",
            paramLabel = "HTML",
            description = "Where to write the report; beside the scenario's name in the current directory if left out.")
    private Path report;

    @Option(names = "--no-report", description = "Write no report.")
    private boolean noReport;

    @Option(
            names = "--limit",
            paramLabel = "N",
            split = ",",
            description = "With CSV: what if the limit had been this? Several with commas between them.")
    private List<Integer> limits = List.of();

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            description = "With CSV: the order of the groups; FIFO if left out.")
    private Order order;

    @Option(
            names = "--behavior",
            paramLabel = "BEHAVIOR",
            description = "With CSV: what all builds say; QUEUE if left out.")
    private Behavior behavior;

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
        Scenarios scenarios = scenarios();
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

    private Scenarios scenarios() {
        if (file.toString().endsWith(".csv")) {
            return new RecordedScenario(
                    file, limits, order == null ? Order.FIFO : order, behavior == null ? Behavior.QUEUE : behavior);
        }
        if (!limits.isEmpty() || order != null || behavior != null) {
            throw new ScenarioException(
                    "--limit, --order and --behavior are for CSV: in " + file + " they are fields, which can be lists");
        }
        return new ScenarioFile(file);
    }

    private String nameWithoutEnding() {
        return String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
    }
}
