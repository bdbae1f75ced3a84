/**
 * Limits on whole builds: the property of a job, the gate that keeps queue items from starting, and caps.
 *
 * <p>Rule: under the lock of Jenkins' queue nothing is done but to read and change the state of an entry ({@code EntryLife}).
 * Whatever goes wrong ends in a build that says so. An entry is known by the id of its queue item.
 *
 * <p>Threads: the queue asks on any thread, under its lock, again and again. All else happens on one thread of this package, in
 * the order in which the items came, or on the manager's; both wait for the lock of the one entry that they are about.
 *
 * <p>Callers: Jenkins. Meant for others are {@link io.jenkins.plugins.concurrency.queue.ConcurrencyLimitProperty}, its {@link
 * io.jenkins.plugins.concurrency.queue.CauseKind}, and {@link io.jenkins.plugins.concurrency.queue.RequestFailedCause} as data.
 *
 * <p>On disk: the property in {@code config.xml}; an entry, as a {@code StoredEntry}, in {@code queue.xml} and {@code build.xml}.
 * What the classes are called there is in {@code QueueStoredNames}; their fields and constants by their own names. Nothing here
 * is serialized Java.
 */
package io.jenkins.plugins.concurrency.queue;
