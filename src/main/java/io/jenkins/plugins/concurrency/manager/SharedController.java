package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Instant;
import java.util.Date;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * A controller that shares groups.
 *
 * @param url where its pages are; null if that is not known
 * @param version of what it writes: not that of the plugin
 * @param seen when it last said that it lives, by the database's clock
 * @param lost whether the others do not count on it any more
 * @param self whether it is this one
 */
@Restricted(NoExternalUse.class)
public record SharedController(
        @NonNull String name,
        @CheckForNull String url,
        int version,
        @NonNull Instant seen,
        boolean lost,
        boolean self) {
    // For pages:

    @NonNull
    public String getName() {
        return name;
    }

    @CheckForNull
    public String getUrl() {
        return url;
    }

    public int getVersion() {
        return version;
    }

    @NonNull
    public Date getSeen() {
        return Date.from(seen);
    }

    public boolean isLost() {
        return lost;
    }

    public boolean isSelf() {
        return self;
    }
}
