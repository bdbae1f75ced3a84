package io.jenkins.plugins.concurrency.manager;

import io.jenkins.plugins.concurrency.engine.Estimate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Estimates in sentences. Times are in the time zone of Jenkins, as nobody knows who reads a log. */
final class EstimateText {
    private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("HH:mm");
    private static final DateTimeFormatter OTHER_DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private EstimateText() {}

    /** Such as: Probably starts between 14:05 and 14:20. */
    static String start(Estimate estimate) {
        String earliest = time(estimate.earliest());
        if (estimate.latest().isEmpty()) {
            return Messages.EstimateText_notBefore(earliest);
        }
        String latest = time(estimate.latest().get());
        return earliest.equals(latest)
                ? Messages.EstimateText_at(earliest)
                : Messages.EstimateText_between(earliest, latest);
    }

    /** The time of the day, with the day if that is another one than today. */
    private static String time(Instant instant) {
        ZonedDateTime at = instant.atZone(ZoneId.systemDefault());
        return at.format(at.toLocalDate().equals(LocalDate.now(at.getZone())) ? TODAY : OTHER_DAY);
    }
}
