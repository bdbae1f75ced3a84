package io.jenkins.plugins.concurrency.records;

/** The full names of jobs and folders, as far as a rename concerns them. */
final class FullNames {
    private FullNames() {}

    /** Whether a name is that of a folder or a job, or of something in it. */
    static boolean isIn(String name, String folder) {
        return name.startsWith(folder) && (name.length() == folder.length() || name.charAt(folder.length()) == '/');
    }

    static String relocated(String name, String from, String to) {
        return isIn(name, from) ? to + name.substring(from.length()) : name;
    }
}
