package io.jenkins.plugins.concurrency.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import hudson.security.Permission;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.SharedController;
import io.jenkins.plugins.concurrency.manager.SharedStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Says what is wrong with the groups that this controller shares with others, and what to do. */
@Extension
@Restricted(NoExternalUse.class)
public final class SharedGroupsMonitor extends AdministrativeMonitor {
    private static Optional<SharedStatus> status() {
        return ConcurrencyManager.get().sharing().status();
    }

    @Override
    public String getDisplayName() {
        return Messages.SharedGroupsMonitor_displayName();
    }

    @Override
    public Permission getRequiredPermission() {
        return Jenkins.MANAGE;
    }

    @Override
    public boolean isActivated() {
        return status().filter(SharedStatus::isTroubled).isPresent();
    }

    // For the view:

    /** Why the database does not answer; null if it does. */
    @CheckForNull
    public String getAway() {
        return status().flatMap(SharedStatus::away).orElse(null);
    }

    /** The name that another controller has too; null if none has. */
    @CheckForNull
    public String getCollision() {
        return status().filter(SharedStatus::fenced)
                .map(SharedStatus::controller)
                .orElse(null);
    }

    /** Why this controller is too old to take part; null if it is not. */
    @CheckForNull
    public String getOutdated() {
        return status().flatMap(SharedStatus::outdated).orElse(null);
    }

    /** The controllers with their versions, where these differ; null where they do not. */
    @CheckForNull
    public String getVersions() {
        return status().filter(SharedStatus::isMixed)
                .map(now -> now.controllers().stream()
                        .filter(member -> !member.lost())
                        .map(SharedGroupsMonitor::version)
                        .collect(Collectors.joining(", ")))
                .orElse(null);
    }

    private static String version(SharedController member) {
        return member.name() + ": " + member.version();
    }

    /** Which controllers declare which groups otherwise than the last one to do so. */
    @NonNull
    public List<String> getDiffering() {
        return status().map(now -> now.differing().entrySet().stream()
                        .map(member -> member.getKey() + ": " + String.join(", ", member.getValue()))
                        .sorted()
                        .toList())
                .orElse(List.of());
    }
}
