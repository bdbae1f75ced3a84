package io.jenkins.plugins.concurrency.lab.rehearse.flow;

import java.util.List;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** How a build can end, from good to bad. */
public final class Results {
    private static final List<String> ORDER = List.of("SUCCESS", "UNSTABLE", "FAILURE", "NOT_BUILT", "ABORTED");

    private Results() {}

    /** Whether there is such a result. */
    public static boolean isOne(String result) {
        return ORDER.contains(result);
    }

    /** A number that is higher for a worse one; -1 for null. */
    public static int badness(String result) {
        return result == null ? -1 : ORDER.indexOf(result);
    }

    /** The worse of two, either of which may be null for none yet. */
    public static String worse(String one, String other) {
        return badness(one) >= badness(other) ? one : other;
    }

    /** What a failure that nobody catches makes of a build. */
    public static String of(Throwable failure) {
        return failure instanceof FlowInterruptedException interruption ? interruption.getResult() : "FAILURE";
    }
}
