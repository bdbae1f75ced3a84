package io.jenkins.plugins.concurrency.lab.rehearse.plan;

import java.util.List;
import java.util.Optional;

/**
 * How long a step takes, and what it returns.
 *
 * @param step its name; {@code *} for each
 * @param pattern of its first argument, with {@code *} for any text; null for any
 * @param median in milliseconds
 * @param sigma how far a log-normal distribution spreads; 0 if it always takes the same time
 * @param returns null if nothing
 * @param fails the runs of it that fail: every so many; 0 if none
 */
public record StepPlan(String step, String pattern, long median, double sigma, Object returns, int fails) {
    /** Whether it is about this step. */
    public boolean matches(String name, String argument) {
        return (step.equals("*") || step.equals(name))
                && (pattern == null || argument.trim().matches(asRegex(pattern)));
    }

    private static String asRegex(String pattern) {
        StringBuilder regex = new StringBuilder("(?s)");
        for (String part : pattern.split("\\*", -1)) {
            regex.append(regex.length() > 4 ? ".*" : "").append(java.util.regex.Pattern.quote(part));
        }
        return regex.toString();
    }

    /** The first that is about a step: those with a pattern are asked before those without. */
    public static Optional<StepPlan> first(List<StepPlan> plans, String name, String argument) {
        return plans.stream()
                .filter(plan -> plan.pattern != null && plan.matches(name, argument))
                .findFirst()
                .or(() -> plans.stream()
                        .filter(plan -> plan.pattern == null && plan.step.equals(name))
                        .findFirst())
                .or(() -> plans.stream()
                        .filter(plan -> plan.pattern == null && plan.matches(name, argument))
                        .findFirst());
    }
}
