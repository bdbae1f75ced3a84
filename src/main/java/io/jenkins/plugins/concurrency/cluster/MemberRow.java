package io.jenkins.plugins.concurrency.cluster;

import java.time.Duration;
import java.util.Objects;

/**
 * A member as the database has it.
 *
 * @param beat a number that changes with each sign of life
 * @param lostAfter for how long it may be silent before it is lost
 */
record MemberRow(MemberView view, long beat, Duration lostAfter) {
    MemberRow {
        Objects.requireNonNull(view);
        Objects.requireNonNull(lostAfter);
    }

    String name() {
        return view.name();
    }
}
