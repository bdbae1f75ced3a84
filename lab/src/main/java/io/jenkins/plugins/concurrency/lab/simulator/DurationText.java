package io.jenkins.plugins.concurrency.lab.simulator;

/** Durations in words. */
public final class DurationText {
    private DurationText() {}

    /** The two largest units of a duration, such as {@code 2h 5m}. */
    public static String of(long millis) {
        if (millis < 1000 && millis > 0) {
            return millis + "ms";
        }
        long seconds = Math.round(millis / 1000.0);
        long[] parts = {seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60, seconds % 60};
        String units = "dhms";
        for (int i = 0; i < 3; i++) {
            if (parts[i] > 0) {
                String next = parts[i + 1] > 0 ? " " + parts[i + 1] + units.charAt(i + 1) : "";
                return "" + parts[i] + units.charAt(i) + next;
            }
        }
        return parts[3] + "s";
    }
}
