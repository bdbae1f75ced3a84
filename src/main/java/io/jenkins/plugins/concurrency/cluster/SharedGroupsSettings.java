package io.jenkins.plugins.concurrency.cluster;

import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * How a controller takes part.
 *
 * @param member its name, which no other one has: it is kept over restarts
 * @param url where people find it, for those of the other controllers; empty if that is not known
 * @param lostAfter for how long it may be silent before it is lost
 * @param margin how long before that it stops the bodies whose slots would be given on: what it takes to stop them, and for
 *     clocks that do not run alike
 * @param touchEvery how often it says that it lives
 * @param lookEvery how often it looks for new entries, should a notification be lost
 * @param snapshotEvery after how many entries a snapshot is taken
 * @since 1.0
 */
public record SharedGroupsSettings(
        String member,
        String url,
        Duration lostAfter,
        Duration margin,
        Duration touchEvery,
        Duration lookEvery,
        int snapshotEvery) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /**
     * @throws IllegalArgumentException if the name is none, or the times leave no room to live
     */
    public SharedGroupsSettings {
        Objects.requireNonNull(member);
        Objects.requireNonNull(url);
        if (!NAME.matcher(member).matches()) {
            throw new IllegalArgumentException(
                    "The name of a controller is '" + member
                            + "'. Give it 1 to 64 letters, digits, dots, underscores or dashes; the first is a letter or a digit.");
        }
        Duration safe = lostAfter.minus(margin);
        if (margin.isNegative() || safe.compareTo(touchEvery.multipliedBy(2)) < 0 || touchEvery.toMillis() < 1) {
            throw new IllegalArgumentException("A controller that says every " + touchEvery.toSeconds()
                    + " s that it lives cannot be lost after " + lostAfter.toSeconds() + " s with a margin of "
                    + margin.toSeconds() + " s. Give more time until it is lost.");
        }
        if (lookEvery.toMillis() < 1 || snapshotEvery < 1) {
            throw new IllegalArgumentException(
                    "There must be time between two looks, and entries between two snapshots.");
        }
    }

    /** What is usual: lost after 2 minutes with a margin of 30 seconds. */
    public static SharedGroupsSettings of(String member) {
        return new SharedGroupsSettings(
                member,
                "",
                Duration.ofMinutes(2),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                1000);
    }

    /** The same, lost after another time, of which a quarter is the margin. */
    public SharedGroupsSettings lostAfter(Duration other) {
        Duration touch = other.dividedBy(24);
        return new SharedGroupsSettings(member, url, other, other.dividedBy(4), touch, lookEvery, snapshotEvery);
    }

    /** The same of a controller that people find there. */
    public SharedGroupsSettings withUrl(String other) {
        return new SharedGroupsSettings(member, other, lostAfter, margin, touchEvery, lookEvery, snapshotEvery);
    }
}
