/**
 * Groups that many controllers share by one database: each applies the same list of calls to its own copy of the engine.
 *
 * <p>Rule: what is done to a copy follows from the entries of the log alone, so that all copies are the same: time comes with an
 * entry, and keys with a request. It knows nothing of Jenkins; JDBC and the engine are all that it needs.
 *
 * <p>Threads: {@link io.jenkins.plugins.concurrency.cluster.SharedGroups} has three: one reads and applies, one appends, one
 * watches for how long the database did not answer. The listener is called on an executor of its own, in the order of the log.
 * Nothing foreign is called under a lock.
 *
 * <p>Callers: the manager, by {@code SharedGroups}, its calls, answers, news and events; and the settings, for a test of the
 * connection. Where no database is configured, nothing of this is loaded. The database is behind {@code Log}, so that the
 * simulation in {@code lab} can have one that fails in all ways.
 *
 * <p>In the database, by the numbered scripts in {@code schema/}: calls and snapshots, as {@code CallCodec} and {@code
 * StateCodec} write them. Whoever changes how they are written, or what an entry does, raises {@code Version}.
 */
package io.jenkins.plugins.concurrency.cluster;
