package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionList;
import hudson.ExtensionPoint;

/**
 * Is told what happens in groups, a moment later.
 *
 * <p>Calls for one listener come one after the other, in order for each request, on a thread of its own that holds no lock: it
 * may take its time. One that is slow gets no news while 10,000 others wait for it, and one that fails gets the next; neither
 * holds up builds, nor other listeners. What happens while Jenkins goes down may not be told.
 *
 * @since 1.0
 */
public interface ConcurrencyListener extends ExtensionPoint {
    /** Something happened in a group. It may be over already. */
    void onEvent(@NonNull ConcurrencyEvent event);

    @NonNull
    static ExtensionList<ConcurrencyListener> all() {
        return ExtensionList.lookup(ConcurrencyListener.class);
    }
}
