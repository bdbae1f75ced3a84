/**
 * Who holds slots of which group, and who waits for them: plain Java that imports nothing of Jenkins.
 *
 * <p>Rule: a call changes the state at once and returns what it caused; it does no I/O, logs nothing, and calls nothing foreign
 * under its lock. The clock is given to it.
 *
 * <p>Threads: it has none. {@link io.jenkins.plugins.concurrency.engine.Engine} may be called on any, under one short lock; what
 * goes in and comes out is immutable.
 *
 * <p>Callers: the manager, and the tools in {@code lab}. It is no API for other plugins, though it cannot carry the annotation
 * that says so, which is Jenkins'. Only {@link io.jenkins.plugins.concurrency.engine.Behavior}, {@link
 * io.jenkins.plugins.concurrency.engine.Scope}, {@link io.jenkins.plugins.concurrency.engine.Order} and {@link
 * io.jenkins.plugins.concurrency.engine.Overflow} are, as values of the step, the property and the settings.
 *
 * <p>On disk, by what stores them: the constants of those, {@link io.jenkins.plugins.concurrency.engine.Outcome} in records, and
 * {@link io.jenkins.plugins.concurrency.engine.GroupKey}, which also is in a Pipeline's program as serialized Java, as are scopes
 * and behaviors.
 */
package io.jenkins.plugins.concurrency.engine;
