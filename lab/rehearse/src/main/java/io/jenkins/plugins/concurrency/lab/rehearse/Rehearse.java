package io.jenkins.plugins.concurrency.lab.rehearse;

import io.jenkins.plugins.concurrency.lab.rehearse.journal.Journal;
import io.jenkins.plugins.concurrency.lab.rehearse.plan.Plan;
import io.jenkins.plugins.concurrency.lab.rehearse.plan.PlanFile;
import io.jenkins.plugins.concurrency.lab.rehearse.report.TextReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The command that shows what the concurrency of Jenkinsfiles will do, before it does it.
 *
 * @since 1.0
 */
@Command(name = "rehearse", mixinStandardHelpOptions = true, description = "Rehearses Jenkinsfiles in virtual time.")
public final class Rehearse implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "A plan in YAML.")
    private Path file;

    @Option(names = "--time-limit", paramLabel = "SECONDS", defaultValue = "60")
    private long seconds;

    /** The program. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Rehearse()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Plan plan = PlanFile.read(file, seconds);
        Journal journal = Rehearsal.run(plan);
        TextReport.print(plan, journal, out);
        out.flush();
        return 0;
    }
}
