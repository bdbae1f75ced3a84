package io.jenkins.plugins.concurrency.cluster;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * One entry of the log.
 *
 * @param seq its number: each is one more than the one before
 * @param member who appended it, or whom it is about
 * @param epoch the member's stay: it gets a new one each time it joins
 * @param callNo the number of the call in this epoch, from 1 on; {@link #JOINED} or {@link #LOST}
 * @param at the database's time in milliseconds; never less than the one before
 * @param version the lowest version that a member needs to apply it
 * @param body a call; the process that has {@link #JOINED}; nothing where one was {@link #LOST}
 */
record Entry(long seq, String member, long epoch, long callNo, long at, int version, byte[] body) {
    /** The epoch begins. */
    static final long JOINED = 0;
    /** The epoch ends, as the member was not seen. */
    static final long LOST = -1;

    Entry {
        Objects.requireNonNull(member);
        Objects.requireNonNull(body);
    }

    /** Where somebody has joined: whether that was this process. */
    boolean isOf(String instance) {
        return new String(body, StandardCharsets.UTF_8).equals(instance);
    }

    /** Whether this is the same entry of the same history; one that a database lost and gave another number to is not. */
    boolean isSameAs(Entry other) {
        return seq == other.seq
                && epoch == other.epoch
                && callNo == other.callNo
                && at == other.at
                && member.equals(other.member);
    }
}
