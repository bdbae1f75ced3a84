package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import jenkins.model.Jenkins;

/** Placeholder. */
public final class VisibleGroups {
    public boolean isVisible(@NonNull GroupKey group) {
        return Jenkins.get().hasPermission(Jenkins.MANAGE);
    }
}
