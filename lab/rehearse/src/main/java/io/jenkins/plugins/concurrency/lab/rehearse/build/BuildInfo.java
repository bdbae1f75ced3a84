package io.jenkins.plugins.concurrency.lab.rehearse.build;

import groovy.lang.GroovyObjectSupport;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Results;
import io.jenkins.plugins.concurrency.lab.rehearse.program.Open;
import java.util.List;
import java.util.Map;

/** A build as programs see it, as {@code currentBuild} or as the value of the step {@code build}. */
public final class BuildInfo extends GroovyObjectSupport implements Open {
    private final Build build;
    private final String job;
    private final String fixed;

    public BuildInfo(Build build) {
        this(build, build.job().name(), null);
    }

    private BuildInfo(Build build, String job, String fixed) {
        this.build = build;
        this.job = job;
        this.fixed = fixed;
    }

    /** One of a job that is not rehearsed. */
    public static BuildInfo succeeded(String job) {
        return new BuildInfo(null, job, "SUCCESS");
    }

    /** Null as long as all is well and it has not ended. */
    public String getResult() {
        if (build == null) {
            return fixed;
        }
        return build.entry().result().isEmpty() ? build.result() : build.entry().result();
    }

    /** Null takes nothing back. */
    public void setResult(String result) {
        if (result != null && build != null && Results.isOne(result)) {
            build.worsen(result);
        }
    }

    public String getCurrentResult() {
        String result = getResult();
        return result == null ? "SUCCESS" : result;
    }

    public boolean resultIsBetterOrEqualTo(String other) {
        return Results.badness(getCurrentResult()) <= Results.badness(other);
    }

    public boolean resultIsWorseOrEqualTo(String other) {
        return Results.badness(getCurrentResult()) >= Results.badness(other);
    }

    public int getNumber() {
        return build == null ? 1 : build.number();
    }

    public String getId() {
        return String.valueOf(getNumber());
    }

    /** The build of the job before it; null if it is the first. */
    public BuildInfo getPreviousBuild() {
        return build == null
                ? null
                : build.job().before(build).map(BuildInfo::new).orElse(null);
    }

    @Override
    public Object getProperty(String name) {
        return switch (name) {
            case "fullProjectName" -> job;
            case "projectName" -> job.substring(job.lastIndexOf('/') + 1);
            case "displayName" -> "#" + getNumber();
            case "fullDisplayName" -> job + " #" + getNumber();
            case "absoluteUrl" -> "https://jenkins.example/job/" + job.replace("/", "/job/") + "/" + getNumber() + "/";
            case "changeSets", "upstreamBuilds" -> List.of();
            case "buildVariables" -> build == null ? Map.of() : build.env();
            case "durationString" -> "1 min";
            case "duration" ->
                build == null
                        ? 0L
                        : build.world().time().millis()
                                - Math.max(0, build.entry().started());
            case "startTimeInMillis", "timeInMillis" ->
                build == null ? 0L : Math.max(0, build.entry().started());
            case "description",
                    "rawBuild",
                    "keepLog",
                    "nextBuild",
                    "previousSuccessfulBuild",
                    "previousFailedBuild",
                    "previousBuildInProgress",
                    "previousCompletedBuild",
                    "previousNotFailedBuild",
                    "previousBuiltBuild" -> null;
            default -> super.getProperty(name);
        };
    }

    @Override
    public void setProperty(String name, Object value) {
        if (name.equals("result")) {
            setResult(value == null ? null : value.toString());
        }
        // Names and descriptions are for people.
    }

    public List<Object> getBuildCauses() {
        return List.of();
    }

    public List<Object> getBuildCauses(String type) {
        return List.of();
    }
}
