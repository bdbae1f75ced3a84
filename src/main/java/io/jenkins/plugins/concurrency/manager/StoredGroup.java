package io.jenkins.plugins.concurrency.manager;

import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import java.io.Serializable;
import java.util.Optional;
import jenkins.model.Jenkins;

/** A group as it is kept with a Pipeline's program. */
final class StoredGroup implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Scope scope;
    private final String name;
    private String context;

    StoredGroup(GroupKey key) {
        this.scope = key.scope();
        this.name = key.name();
        this.context = key.context();
    }

    GroupKey key() {
        return new GroupKey(scope, context, name);
    }

    /** Whether that changes it. */
    boolean relocated(String from, String to) {
        String before = context;
        context = key().relocated(from, to).context();
        return !context.equals(before);
    }

    /** Follows what was renamed or moved while the controller was down. */
    void resumed(Job<?, ?> job, Optional<Run<?, ?>> build) {
        if (scope == Scope.BUILD) {
            context = build.map(run -> Contexts.context(run, scope)).orElse(context);
        } else if (scope == Scope.JOB || scope == Scope.FOLDER && !isFolder(context)) {
            context = Contexts.context(job, scope);
        }
    }

    private static boolean isFolder(String fullName) {
        return fullName.isEmpty() || Jenkins.get().getItemByFullName(fullName) instanceof ItemGroup;
    }
}
