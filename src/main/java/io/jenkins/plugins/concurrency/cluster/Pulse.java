package io.jenkins.plugins.concurrency.cluster;

import java.util.List;

/**
 * How the realm is.
 *
 * @param now the database's time in milliseconds
 * @param version what entries are written in
 * @param members all that ever joined and were not forgotten
 */
record Pulse(long now, int version, List<MemberRow> members) {
    Pulse {
        members = List.copyOf(members);
    }
}
