package io.jenkins.plugins.concurrency.records;

import edu.umd.cs.findbugs.annotations.NonNull;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The full names of jobs and folders, as far as a rename concerns them. */
@Restricted(NoExternalUse.class)
public final class FullNames {
    private FullNames() {}

    /** Whether a name is that of a folder or a job, or of something in it. */
    static boolean isIn(String name, String folder) {
        return name.startsWith(folder) && (name.length() == folder.length() || name.charAt(folder.length()) == '/');
    }

    /** What a job or a folder is called after {@code from} became {@code to}. */
    @NonNull
    public static String relocated(@NonNull String name, @NonNull String from, @NonNull String to) {
        return isIn(name, from) ? to + name.substring(from.length()) : name;
    }
}
