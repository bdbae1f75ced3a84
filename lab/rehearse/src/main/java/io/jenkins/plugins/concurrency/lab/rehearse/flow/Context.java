package io.jenkins.plugins.concurrency.lab.rehearse.flow;

import io.jenkins.plugins.concurrency.engine.RequestKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where in a build a step is. Immutable.
 *
 * @param env the variables of the blocks around it
 * @param leases the leases of the blocks around it
 * @param agent the label of the executor it is on; null if it is on none
 * @param branch the names of the branches of {@code parallel} it is in
 * @param stage the stage it is in; empty outside of one
 */
public record Context(
        Map<String, String> env, List<RequestKey> leases, String agent, List<String> branch, String stage) {
    /** Outside of all blocks. */
    public static final Context ROOT = new Context(Map.of(), List.of(), null, List.of(), "");

    /** The same with more variables. */
    public Context withEnv(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(env);
        all.putAll(more);
        return new Context(all, leases, agent, branch, stage);
    }

    /** The same inside one more lease. */
    public Context inside(RequestKey lease) {
        return new Context(env, and(leases, lease), agent, branch, stage);
    }

    /** The same on an executor. */
    public Context on(String label) {
        return new Context(env, leases, label, branch, stage);
    }

    /** The same in a branch. */
    public Context inBranch(String name) {
        return new Context(env, leases, agent, and(branch, name), stage);
    }

    /** The same in a stage. */
    public Context inStage(String name) {
        return new Context(env, leases, agent, branch, name);
    }

    private static <T> List<T> and(List<T> some, T one) {
        List<T> all = new ArrayList<>(some);
        all.add(one);
        return List.copyOf(all);
    }
}
