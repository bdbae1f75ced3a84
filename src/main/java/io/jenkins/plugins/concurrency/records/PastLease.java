package io.jenkins.plugins.concurrency.records;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Duration;
import java.time.Instant;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Slots of a group that a build had. Immutable.
 *
 * @param job the full name that its job has now
 * @param ticket grows with each request, so that those of one moment have an order
 * @param since when the build asked for them
 * @param waited until it got them
 * @param held until it gave them back
 * @param limit how many the group had when it gave them back
 */
@Restricted(NoExternalUse.class)
public record PastLease(
        @NonNull String job,
        long build,
        long ticket,
        @NonNull Instant since,
        @NonNull Duration waited,
        @NonNull Duration held,
        int slots,
        int limit,
        int priority) {
    private static final char TAB = '\t';
    private static final int FIELDS = 9;

    /** A line without its end; the job comes last. */
    String line() {
        return String.join(
                String.valueOf(TAB),
                Long.toString(since.toEpochMilli()),
                Long.toString(waited.toMillis()),
                Long.toString(held.toMillis()),
                Integer.toString(slots),
                Integer.toString(limit),
                Integer.toString(priority),
                Long.toString(ticket),
                Long.toString(build),
                job);
    }

    /** Null if it is damaged. */
    @CheckForNull
    static PastLease parse(String line) {
        String[] fields = line.split(String.valueOf(TAB), FIELDS);
        if (fields.length < FIELDS) {
            return null;
        }
        try {
            return new PastLease(
                    fields[8],
                    Long.parseLong(fields[7]),
                    Long.parseLong(fields[6]),
                    Instant.ofEpochMilli(Long.parseLong(fields[0])),
                    Duration.ofMillis(Long.parseLong(fields[1])),
                    Duration.ofMillis(Long.parseLong(fields[2])),
                    Integer.parseInt(fields[3]),
                    Integer.parseInt(fields[4]),
                    Integer.parseInt(fields[5]));
        } catch (NumberFormatException x) {
            return null;
        }
    }

    PastLease of(String other) {
        return new PastLease(other, build, ticket, since, waited, held, slots, limit, priority);
    }
}
