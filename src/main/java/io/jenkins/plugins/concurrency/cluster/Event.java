package io.jenkins.plugins.concurrency.cluster;

import io.jenkins.plugins.concurrency.engine.GroupKey;
import java.util.Map;
import java.util.Set;

/**
 * What administrators may have to know.
 *
 * @since 1.0
 */
public sealed interface Event {
    /** The database does not answer. Bodies go on, ends are sent later, requests wait. */
    record Away(String cause) implements Event {}

    /** The database answers again. */
    record Back() implements Event {}

    /** This controller takes part, from now on; its builds have what the log says. */
    record TakesPart() implements Event {}

    /** This controller was silent for too long, and was declared lost; it comes back by itself. */
    record WasLost() implements Event {}

    /** Another process has joined under this controller's name. This one takes part no more. */
    record Fenced() implements Event {}

    /** The others write what this version of the plugin does not know. It takes part no more. */
    record Outdated(String message) implements Event {}

    /** Another member was declared lost. */
    record Lost(String member) implements Event {}

    /** Another member has come, or has come back. */
    record Joined(String member) implements Event {}

    /** Not all members have the same version; by name. */
    record VersionsDiffer(Map<String, Integer> versions) implements Event {
        public VersionsDiffer {
            versions = Map.copyOf(versions);
        }
    }

    /** These members declare these groups otherwise than is valid; nobody if they agree again. */
    record PoliciesDiffer(Map<String, Set<GroupKey>> members) implements Event {
        public PoliciesDiffer {
            members = Map.copyOf(members);
        }
    }

    /** What this controller knew after an entry was not what another one knew: a mistake. It goes on with the other's. */
    record ReplicaDiffered(long seq) implements Event {}

    /** The database lost entries that were in it: it was restored, or failed over. All was read anew. */
    record HistoryChanged() implements Event {}
}
