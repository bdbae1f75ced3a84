/**
 * What somebody wrote in a Jenkinsfile or a form, read and checked: plain Java that imports nothing of Jenkins, so that a
 * rehearsal without a Jenkins reads it as the plugin does.
 *
 * <p>Rule: it knows {@code engine} alone, keeps nothing, and each error says what to do.
 *
 * <p>Threads: any; all is immutable or without state.
 *
 * <p>Callers: {@code manager}, {@code pipeline}, {@code queue}, and the rehearser in {@code lab}. It is no API for other plugins,
 * though it cannot carry the annotation that says so, which is Jenkins'. Only {@link
 * io.jenkins.plugins.concurrency.arguments.EndResult} is, as a value of the property.
 *
 * <p>On disk: the constants of that, by what stores them.
 */
package io.jenkins.plugins.concurrency.arguments;
