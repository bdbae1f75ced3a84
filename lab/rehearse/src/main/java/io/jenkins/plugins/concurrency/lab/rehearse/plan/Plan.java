package io.jenkins.plugins.concurrency.lab.rehearse.plan;

import io.jenkins.plugins.concurrency.lab.rehearse.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What is rehearsed. Immutable.
 *
 * @param starts the builds, in any order
 * @param steps how long steps take; the first that is about a step counts
 * @param executors how many there are of each label
 * @param resources how many resources of Lockable Resources have a label
 * @param libraries folders of shared libraries
 * @param folders those that the programs may load files from
 * @param until when the rehearsal ends, in milliseconds of virtual time
 * @param seconds when it ends in real time
 * @param mostSteps so many steps of a program without any time passing are a loop without end
 * @param expectations what is to be true at the end
 */
public record Plan(
        String title,
        String about,
        List<PlannedJob> jobs,
        List<Start> starts,
        List<StepPlan> steps,
        Settings settings,
        Map<String, Integer> executors,
        Map<String, Integer> resources,
        List<Path> libraries,
        List<Path> folders,
        long until,
        long seed,
        long seconds,
        long mostSteps,
        List<String> expectations) {
    /** A program that goes on for longer than this without a step has no end. */
    public static final long MOST_STEPS = 2_000_000;

    /** A job. */
    public record PlannedJob(String name, Path file) {}

    /** A build. */
    public record Start(long at, String job, String branch, Map<String, Object> parameters) {}

    /** A branch of a multibranch project is a job of its own. */
    public static String jobOf(String job, String branch) {
        return branch.isEmpty() ? job : job + "/" + branch.replace("/", "%2F");
    }

    /** The full names of all jobs. */
    public List<String> jobNames() {
        return java.util.stream.Stream.concat(
                        jobs.stream().map(PlannedJob::name),
                        starts.stream().map(start -> jobOf(start.job(), start.branch())))
                .distinct()
                .toList();
    }
}
