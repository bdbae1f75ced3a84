package io.jenkins.plugins.concurrency.lab.rehearse.report;

/** Durations in words. */
final class Duration {
    private Duration() {}

    /** The two largest units, such as {@code 2h 5m}. */
    static String text(long millis) {
        if (millis > 0 && millis < 1000) {
            return millis + "ms";
        }
        long seconds = Math.round(millis / 1000.0);
        long[] parts = {seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60, seconds % 60};
        String units = "dhms";
        for (int i = 0; i < 3; i++) {
            if (parts[i] > 0) {
                return "" + parts[i] + units.charAt(i)
                        + (parts[i + 1] > 0 ? " " + parts[i + 1] + units.charAt(i + 1) : "");
            }
        }
        return parts[3] + "s";
    }
}
