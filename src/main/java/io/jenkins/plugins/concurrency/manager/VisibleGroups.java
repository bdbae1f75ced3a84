package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.records.UsedGroup;
import io.jenkins.plugins.concurrency.settings.CapRules;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Which groups the current user may know of: those that a job uses, or has used, that the user may read; those of a folder
 * that the user may read; and all for who manages Jenkins. It is the only place that answers this.
 *
 * <p>Make one for each web request, as it keeps what it found out: it costs a look at each job that uses groups, once,
 * however many groups are asked for. For one thread and one user.
 */
@Restricted(NoExternalUse.class)
public final class VisibleGroups {
    private final boolean all = Jenkins.get().hasPermission(Jenkins.MANAGE);
    private Set<GroupKey> used;

    /** Whether the current user may know of a group. It says nothing about whether there is one. */
    public boolean isVisible(@NonNull GroupKey group) {
        return all || isOfVisiblePlace(group) || used().contains(group);
    }

    /** That of the root, whose groups anybody would see, is not enough. */
    private static boolean isOfVisiblePlace(GroupKey group) {
        String context = group.context();
        if (context.isEmpty() || CapRules.isCap(group)) {
            return false;
        }
        return switch (group.scope()) {
            case BUILD -> VisibleItems.job(jobOf(context)).isPresent();
            case JOB -> VisibleItems.job(context).isPresent();
            case FOLDER -> VisibleItems.item(context).isPresent();
            // Who may read the first build of a chain may not read the one that named the group.
            case UPSTREAM, CONTROLLER, SHARED -> false;
        };
    }

    private static String jobOf(String build) {
        int number = build.lastIndexOf('#');
        return number < 0 ? build : build.substring(0, number);
    }

    private Set<GroupKey> used() {
        if (used == null) {
            used = new HashSet<>();
            ConcurrencyManager manager = ConcurrencyManager.get();
            Set<String> jobs = new TreeSet<>(manager.usedGroups().jobs());
            manager.lookups().owners().stream().map(Owner::job).forEach(jobs::add);
            for (String job : jobs) {
                if (VisibleItems.job(job).isPresent()) {
                    used.addAll(manager.groupsOf(job));
                    manager.usedGroups().of(job).stream().map(UsedGroup::group).forEach(used::add);
                }
            }
        }
        return used;
    }
}
