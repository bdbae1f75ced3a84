package io.jenkins.plugins.concurrency.pages;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Job;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.records.UsedGroup;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jenkins.management.Badge;
import jenkins.model.Tab;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * The Concurrency page of a job: its groups, who runs in them and who waits, as far as the viewer may read those.
 */
@Restricted(NoExternalUse.class)
public final class ConcurrencyTab extends Tab {
    static final int PAGE = 50;

    private final Job<?, ?> job;

    ConcurrencyTab(Job<?, ?> job) {
        super(job);
        this.job = job;
    }

    @Override
    public String getIconFileName() {
        return "symbol-lock-closed";
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.ConcurrencyTab_displayName();
    }

    @Override
    public String getUrlName() {
        return "concurrency";
    }

    /** How many requests wait in the groups that the job uses now. */
    @Override
    public Badge getBadge() {
        ConcurrencyManager manager = ConcurrencyManager.get();
        int waiting = manager.groupsOf(job.getFullName()).stream()
                .flatMap(group -> manager.group(group, 0, 0).stream())
                .mapToInt(GroupView::waitingCount)
                .sum();
        return waiting == 0
                ? null
                : new Badge(String.valueOf(waiting), Messages.ConcurrencyTab_badge(waiting), Badge.Severity.INFO);
    }

    /** Whether the controller grants slots; not so for a moment after it started. */
    public boolean isRecovered() {
        return ConcurrencyManager.get().isRecovered();
    }

    /** The groups that the job uses now, then those that it has used. */
    @NonNull
    public List<GroupCard> getGroups() {
        ConcurrencyManager manager = ConcurrencyManager.get();
        List<UsedGroup> used = manager.usedGroups().of(job.getFullName());
        Set<GroupKey> keys = new LinkedHashSet<>(manager.groupsOf(job.getFullName()));
        used.stream().map(UsedGroup::group).filter(GroupCard::isStillThere).forEach(keys::add);
        int from = from();
        List<GroupCard> cards = new ArrayList<>();
        for (GroupKey key : keys) {
            Optional<UsedGroup> usage =
                    used.stream().filter(group -> group.group().equals(key)).findFirst();
            cards.add(new GroupCard(key, manager.group(key, from, PAGE), usage, from));
        }
        return cards;
    }

    /** The builds that were dropped from the queue lately, the newest first. */
    @NonNull
    public List<RefusalRow> getRefusals() {
        return ConcurrencyManager.get().refusals().of(job.getFullName()).stream()
                .map(RefusalRow::new)
                .toList();
    }

    /** Which entry of each list the page starts with, counted from 0. */
    private static int from() {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        String from = request == null ? null : request.getParameter("from");
        try {
            return from == null ? 0 : Math.max(0, Integer.parseInt(from));
        } catch (NumberFormatException x) {
            return 0;
        }
    }
}
