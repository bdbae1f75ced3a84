package io.jenkins.plugins.concurrency.settings;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.regex.Pattern;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What a user wrote, as one line of a log or a file. It breaks no line, turns no text around it, and is of a bounded length.
 */
@Restricted(NoExternalUse.class)
public final class OneLine {
    /** In characters, as Java counts them. */
    public static final int LONGEST = 500;

    private static final Pattern UNFIT = Pattern.compile(
            "[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069\\uFFFE\\uFFFF]+");

    private OneLine() {}

    /** The text without what does not fit into a line; null if nothing is left. */
    @CheckForNull
    public static String of(@CheckForNull String text) {
        if (text == null) {
            return null;
        }
        String line = UNFIT.matcher(text).replaceAll(" ").strip();
        if (line.length() > LONGEST) {
            int end = Character.isHighSurrogate(line.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
            line = line.substring(0, end).strip() + "…";
        }
        return line.isEmpty() ? null : line;
    }
}
