/**
 * What pages remember of the past: which groups the jobs have used, which queue entries ended without a build, and what
 * happened in the groups.
 *
 * <p>Rule: nothing but pages depends on what is here. A file that cannot be read empties them, and nothing else. Each file is
 * bounded, for each job or for each group. This package knows the engine's values, and nothing of the manager: so it stores
 * names, and who asks for them finds out what the reader may see.
 *
 * <p>Threads: each class may be used on any thread, and no caller waits for the disk. What changed is written a second later
 * on a thread of Jenkins' timer; history some seconds later, and no more than the disk takes easily.
 *
 * <p>Callers: the manager notes down what happened and follows renames; the queue notes down what it refuses; the pages read.
 *
 * <p>On disk: {@code concurrency-used-groups.xml} and {@code concurrency-refusals.xml} in Jenkins' home, in which a record is
 * called {@code usedGroup} or {@code refusal}. In {@code concurrency-history} one {@code groupHistory} for each group, of at
 * most 1,000; who reads it knows nothing but {@code StoredHistory}. What a build waited for, {@code BuildWaits}, is a part of
 * the build, under the names in the manager's {@code StoredNames}. A {@link
 * io.jenkins.plugins.concurrency.records.BuildReference} is also part of a build, of a Pipeline's program and of log
 * annotations, where its class's name matters.
 */
package io.jenkins.plugins.concurrency.records;
