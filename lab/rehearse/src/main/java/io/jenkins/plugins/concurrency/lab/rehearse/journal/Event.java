package io.jenkins.plugins.concurrency.lab.rehearse.journal;

/**
 * Something that happened in a build.
 *
 * @param at in milliseconds since the rehearsal began
 * @param build such as {@code team/shop#3}
 * @param branch the branches of {@code parallel} it happened in, with slashes between them; empty outside of them
 * @param group the group it is about; empty if none
 * @param text a sentence for people
 */
public record Event(long at, String build, String branch, Kind kind, String group, String text) {
    /** What can happen. */
    public enum Kind {
        SCHEDULED,
        STARTED,
        STAGE,
        STEP,
        STEP_DONE,
        STEP_STOPPED,
        EXECUTOR_AWAITED,
        EXECUTOR_TAKEN,
        EXECUTOR_RETURNED,
        WAITING,
        ENTERED,
        LEFT,
        SKIPPED,
        REFUSED,
        EXPIRED,
        SUPERSEDED,
        CANCELLED,
        DEADLOCK,
        NOTE,
        ENDED
    }
}
