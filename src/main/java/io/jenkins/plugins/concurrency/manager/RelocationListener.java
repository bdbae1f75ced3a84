package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionPoint;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Keeps names of jobs and folders beside those that the engine, and whoever asks it for something, have. */
@Restricted(NoExternalUse.class)
public interface RelocationListener extends ExtensionPoint {
    /** A job or a folder has another full name. Nobody asks for anything before this returns, so it must not wait for others. */
    void relocated(@NonNull String from, @NonNull String to);
}
