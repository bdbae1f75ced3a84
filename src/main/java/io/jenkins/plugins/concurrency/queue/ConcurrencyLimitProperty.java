package io.jenkins.plugins.concurrency.queue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Cause;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.util.XStream2;
import io.jenkins.plugins.concurrency.arguments.Choice;
import io.jenkins.plugins.concurrency.arguments.EndResult;
import io.jenkins.plugins.concurrency.arguments.RequestParameters;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.settings.HandWritten;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import jenkins.model.OptionalJobProperty;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.Stapler;

/**
 * Limits how many builds of a job, or of several, run at once: they wait in the queue, and hold no executor meanwhile.
 *
 * <p>A value that can never make sense is refused where it is set. Whether they make sense together, for one build, is
 * checked when that asks: one that cannot, starts and fails at once, so that its log says why.
 */
public class ConcurrencyLimitProperty extends OptionalJobProperty<Job<?, ?>> {
    private String group;
    private Scope scope;
    /** Null where a hand-made file leaves it out. */
    private Integer limit = 1;

    private Integer slots = 1;
    private boolean exclusive;
    private Behavior behavior = Behavior.QUEUE;
    private int priority;
    private Integer maxQueued;
    private long waitTimeout;
    private TimeUnit unit = TimeUnit.MINUTES;
    private EndResult result = EndResult.DEFAULT;
    private List<CauseKind> causes = new ArrayList<>();
    /** What the job's file said that cannot be; until the job is known. */
    private transient List<String> mistakes;

    @DataBoundConstructor
    public ConcurrencyLimitProperty() {}

    /** A file that was made by hand, or by an older version, need not name everything. */
    protected Object readResolve() {
        limit = Objects.requireNonNullElse(limit, 1);
        slots = Objects.requireNonNullElse(slots, 1);
        behavior = Objects.requireNonNullElse(behavior, Behavior.QUEUE);
        unit = Objects.requireNonNullElse(unit, TimeUnit.MINUTES);
        result = Objects.requireNonNullElse(result, EndResult.DEFAULT);
        causes = causes == null ? new ArrayList<>() : causes;
        causes.removeIf(Objects::isNull);
        return this;
    }

    /** For files. */
    public static final class ConverterImpl extends HandWritten<ConcurrencyLimitProperty> {
        public ConverterImpl(XStream2 xstream) {
            super(xstream);
        }

        @Override
        protected void read(@NonNull ConcurrencyLimitProperty read, @NonNull List<String> unreadable) {
            read.mistakes = LimitFile.mend(read, unreadable);
        }
    }

    @Override
    protected void setOwner(Job<?, ?> job) {
        super.setOwner(job);
        SavedLimits.set(job, this);
        if (mistakes != null) {
            LimitFile.warn(job, mistakes);
            mistakes = null;
        }
    }

    /** With parameters of the build, such as {@code deploy-${ENVIRONMENT}}; null for the job's own group. */
    @CheckForNull
    public String getGroup() {
        return group;
    }

    /**
     * @throws IllegalArgumentException if it is null or blank where it was given on purpose, as opposed to a field of a form
     *     that was left empty; or if it cannot be the name of a group
     */
    @DataBoundSetter
    public void setGroup(@CheckForNull String group) {
        boolean left = Stapler.getCurrentRequest2() != null && Util.fixEmptyAndTrim(group) == null;
        String name = left ? null : RequestParameters.givenGroup(group).trim();
        if (name != null && !name.contains("$")) {
            new GroupKey(Scope.FOLDER, "", name);
        }
        this.group = name;
    }

    /** The name of a {@link Scope}; null for the usual one: the folder's for a named group, the job's for its own. */
    @CheckForNull
    public String getScope() {
        return scope == null ? null : scope.name();
    }

    /**
     * @throws IllegalArgumentException if there is no such scope, or it is that of one build
     */
    @DataBoundSetter
    public void setScope(@CheckForNull String scope) {
        Scope given = Choice.optional(Scope.class, "scope", Util.fixEmptyAndTrim(scope));
        this.scope = RequestParameters.scopeOfWholeBuild(given);
    }

    Optional<Scope> scope() {
        return Optional.ofNullable(scope);
    }

    public int getLimit() {
        return limit;
    }

    /**
     * @throws IllegalArgumentException if it is below 1
     */
    @DataBoundSetter
    public void setLimit(int limit) {
        this.limit = RequestParameters.limit(limit);
    }

    public int getSlots() {
        return slots;
    }

    /**
     * @throws IllegalArgumentException if it is below 1, or more than a build may take
     */
    @DataBoundSetter
    public void setSlots(int slots) {
        this.slots = RequestParameters.slots(slots);
    }

    public boolean isExclusive() {
        return exclusive;
    }

    @DataBoundSetter
    public void setExclusive(boolean exclusive) {
        this.exclusive = exclusive;
    }

    @NonNull
    public Behavior getBehavior() {
        return behavior;
    }

    @DataBoundSetter
    public void setBehavior(@NonNull Behavior behavior) {
        this.behavior = Choice.given("behavior", behavior);
    }

    public int getPriority() {
        return priority;
    }

    @DataBoundSetter
    public void setPriority(int priority) {
        this.priority = priority;
    }

    /** Null for a queue without bound. */
    @CheckForNull
    public Integer getMaxQueued() {
        return maxQueued;
    }

    /**
     * @throws IllegalArgumentException if it is below 0
     */
    @DataBoundSetter
    public void setMaxQueued(@CheckForNull Integer maxQueued) {
        RequestParameters.maxQueued(maxQueued);
        this.maxQueued = maxQueued;
    }

    /** In units of {@link #getUnit}; 0 for as long as it takes. */
    public long getWaitTimeout() {
        return waitTimeout;
    }

    /**
     * @throws IllegalArgumentException if it is below 0
     */
    @DataBoundSetter
    public void setWaitTimeout(long waitTimeout) {
        this.waitTimeout = RequestParameters.waitTimeout(waitTimeout);
    }

    @NonNull
    public TimeUnit getUnit() {
        return unit;
    }

    @DataBoundSetter
    public void setUnit(@NonNull TimeUnit unit) {
        this.unit = Choice.given("unit", unit);
    }

    /** What a running build that is cancelled for a newer one ends as. */
    @NonNull
    public EndResult getResult() {
        return result;
    }

    @DataBoundSetter
    public void setResult(@NonNull EndResult result) {
        this.result = Choice.given("result", result);
    }

    /** To which builds it applies: those that nothing else started; empty for all. */
    @NonNull
    public List<CauseKind> getCauses() {
        return List.copyOf(causes);
    }

    @DataBoundSetter
    public void setCauses(@NonNull List<CauseKind> causes) {
        this.causes = new ArrayList<>();
        Choice.given("causes", causes).forEach(kind -> this.causes.add(Choice.given("causes", kind)));
    }

    /** Whether a build with these causes asks for a slot. One that a person wanted too is not for a timer's limit. */
    boolean appliesTo(List<Cause> started) {
        return causes.isEmpty()
                || !started.isEmpty()
                        && started.stream().allMatch(cause -> causes.stream().anyMatch(kind -> kind.includes(cause)));
    }

    @Extension
    @Symbol("concurrencyLimit")
    public static class DescriptorImpl extends LimitForm {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ConcurrencyLimitProperty_displayName();
        }

        @Override
        @SuppressWarnings("rawtypes")
        public boolean isApplicable(Class<? extends Job> jobType) {
            return Queue.Task.class.isAssignableFrom(jobType);
        }
    }
}
