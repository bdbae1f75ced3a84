package io.jenkins.plugins.concurrency.lab.rehearse;

import io.jenkins.plugins.concurrency.lab.rehearse.expect.Expectations;
import io.jenkins.plugins.concurrency.lab.rehearse.expect.Verdict;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Journal;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Warning;
import io.jenkins.plugins.concurrency.lab.rehearse.plan.Plan;
import io.jenkins.plugins.concurrency.lab.rehearse.plan.PlanFile;
import io.jenkins.plugins.concurrency.lab.rehearse.plan.QuickPlan;
import io.jenkins.plugins.concurrency.lab.rehearse.report.Findings;
import io.jenkins.plugins.concurrency.lab.rehearse.report.HtmlReport;
import io.jenkins.plugins.concurrency.lab.rehearse.report.JUnitReport;
import io.jenkins.plugins.concurrency.lab.rehearse.report.JsonReport;
import io.jenkins.plugins.concurrency.lab.rehearse.report.TextReport;
import io.jenkins.plugins.concurrency.lab.simulator.ScenarioException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The command that shows what the concurrency of Jenkinsfiles will do, before it does it.
 *
 * @since 1.0
 */
@Command(
        name = "rehearse",
        mixinStandardHelpOptions = true,
        description =
                "Runs Jenkinsfiles in virtual time, many builds at once. Nothing is executed: no shell, no network.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0: the rehearsal was run, and all was as expected",
            "1: something was not as expected",
            "2: the plan, a Jenkinsfile, or the call is wrong",
            "3: the rehearsal was stopped, as it took too long or too much memory"
        })
public final class Rehearse implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "A plan in YAML; or one or more Jenkinsfiles.")
    private List<Path> files;

    @Option(
            names = "--builds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Of Jenkinsfiles: how many builds of each.")
    private int builds;

    @Option(
            names = "--every",
            paramLabel = "TIME",
            defaultValue = "10s",
            converter = Millis.class,
            description = "Of Jenkinsfiles: one build every so often, such as 2m.")
    private long every;

    @Option(
            names = "--branch",
            paramLabel = "NAME",
            defaultValue = "",
            description = "Of Jenkinsfiles: the branch of a multibranch project that they are of.")
    private String branch;

    @Option(
            names = "--settings",
            paramLabel = "YAML",
            description = "Of Jenkinsfiles: configuration as code with 'unclassified: concurrency:'.")
    private Path settings;

    @Option(
            names = "--library",
            paramLabel = "FOLDER",
            description = "Of Jenkinsfiles: the folder of a shared library. Can be given several times.")
    private List<Path> libraries = List.of();

    @Option(
            names = "--report",
            paramLabel = "HTML",
            description = "Where to write the page; rehearsal.html in the current directory if left out.")
    private Path report;

    @Option(names = "--no-report", description = "Write no page.")
    private boolean noReport;

    @Option(names = "--json", paramLabel = "JSON", description = "Where to write all that happened, for programs.")
    private Path json;

    @Option(names = "--junit", paramLabel = "XML", description = "Where to write the expectations as results of tests.")
    private Path junit;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of Jenkinsfiles: the same seed, the same times.")
    private long seed;

    @Option(
            names = "--time-limit",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "For how long it may compute.")
    private long seconds;

    /** The program. */
    public static void main(String[] arguments) {
        System.exit(command().execute(arguments));
    }

    /** The command line without the end of the program. */
    public static CommandLine command() {
        return new CommandLine(new Rehearse()).setExecutionExceptionHandler((problem, command, result) -> {
            if (problem instanceof RehearsalException || problem instanceof ScenarioException) {
                command.getErr().println(problem.getMessage());
                return problem instanceof StoppedException ? 3 : 2;
            }
            throw problem;
        });
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Plan plan = plan();
        Journal journal = Bounded.run(plan);
        List<Warning> warnings = Findings.in(journal);
        List<Verdict> verdicts = Expectations.judge(plan.expectations(), journal);
        TextReport.print(plan, journal, warnings, verdicts, out);
        if (json != null) {
            Files.writeString(json, JsonReport.of(journal, warnings));
        }
        if (junit != null) {
            Files.writeString(junit, JUnitReport.of(plan.title(), verdicts));
        }
        if (!noReport) {
            Path target = report == null ? Path.of("rehearsal.html") : report;
            Files.writeString(target, HtmlReport.of(plan, journal, warnings, verdicts));
            out.println("The page is " + target.toAbsolutePath());
        }
        out.flush();
        return verdicts.stream().allMatch(Verdict::isMet) ? 0 : 1;
    }

    private Plan plan() {
        Path first = files.get(0);
        if (String.valueOf(first.getFileName()).matches(".*\\.ya?ml")) {
            if (files.size() > 1) {
                throw new RehearsalException("A plan is rehearsed alone. Name one plan, or only Jenkinsfiles.");
            }
            return PlanFile.read(first, seconds);
        }
        return QuickPlan.of(files, builds, every, branch, settings, libraries, seed, seconds);
    }

    /** Reads {@code 2m} and the like. */
    static final class Millis implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            try {
                return text.matches("\\d+")
                        ? Long.parseLong(text) * 1000
                        : java.time.Duration.parse("PT" + text.toUpperCase(java.util.Locale.ROOT))
                                .toMillis();
            } catch (java.time.DateTimeException x) {
                throw new CommandLine.TypeConversionException("'" + text + "' is no time, such as 90s, 2m or 1h30m");
            }
        }
    }
}
