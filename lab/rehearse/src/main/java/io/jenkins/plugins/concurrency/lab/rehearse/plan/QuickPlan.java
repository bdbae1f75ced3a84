package io.jenkins.plugins.concurrency.lab.rehearse.plan;

import io.jenkins.plugins.concurrency.lab.rehearse.RehearsalException;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Executors;
import io.jenkins.plugins.concurrency.lab.rehearse.settings.Settings;
import io.jenkins.plugins.concurrency.lab.rehearse.settings.SettingsFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A plan without a file: some builds of each of some Jenkinsfiles. */
public final class QuickPlan {
    private static final long DAY = 24 * 60 * 60 * 1000L;

    private QuickPlan() {}

    /**
     * @param builds how many of each
     * @param every how long after one build the next comes, in milliseconds
     * @param branch of a multibranch project; empty if it is of none
     * @param settings null for none
     */
    public static Plan of(
            List<Path> files,
            int builds,
            long every,
            String branch,
            Path settings,
            List<Path> libraries,
            long seed,
            long seconds) {
        List<Plan.PlannedJob> jobs = new ArrayList<>();
        List<Plan.Start> starts = new ArrayList<>();
        for (Path file : files) {
            String name = name(file);
            if (jobs.stream().anyMatch(job -> job.name().equals(name))) {
                throw new RehearsalException(
                        "Two files would be the job '" + name + "'. Name them in a plan in YAML instead.");
            }
            jobs.add(new Plan.PlannedJob(name, file));
            for (int i = 0; i < builds; i++) {
                starts.add(new Plan.Start(i * every, name, branch, Map.of()));
            }
        }
        return new Plan(
                files.size() == 1 ? String.valueOf(files.get(0).getFileName()) : files.size() + " Jenkinsfiles",
                builds + " builds of each, one every " + every / 1000 + " s",
                jobs,
                starts,
                List.of(),
                settings == null ? Settings.NONE : SettingsFile.of(settings),
                Map.of(Executors.ANY, 2),
                Map.of(),
                libraries,
                files.stream()
                        .map(file -> file.toAbsolutePath().getParent())
                        .distinct()
                        .toList(),
                DAY,
                seed,
                seconds,
                Plan.MOST_STEPS,
                List.of());
    }

    /** A job is called as its file, or as its folder where the file has the usual name. */
    private static String name(Path file) {
        String name = String.valueOf(file.getFileName());
        if (name.equals("Jenkinsfile")) {
            Path folder = file.toAbsolutePath().getParent().getFileName();
            return folder == null ? name : folder.toString();
        }
        return name.replaceFirst("\\.(Jenkinsfile|groovy|jenkins)$", "");
    }
}
