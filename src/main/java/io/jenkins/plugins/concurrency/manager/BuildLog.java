package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.TaskListener;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Tells a build's log something, if that can be done: another plugin may fail to, or a name may not be had. Nothing depends
 * on it.
 */
@Restricted(NoExternalUse.class)
public final class BuildLog {
    private static final Logger LOGGER = Logger.getLogger(BuildLog.class.getName());

    private BuildLog() {}

    /** Writes a line. */
    public static void tell(@NonNull TaskListener listener, @NonNull Supplier<String> line) {
        try {
            listener.getLogger().println(line.get());
        } catch (RuntimeException x) {
            LOGGER.log(Level.FINE, "Cannot write to the log of a build", x);
        }
    }
}
