package io.jenkins.plugins.concurrency.pages;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Api;
import hudson.model.Job;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.records.UsedGroup;
import io.jenkins.plugins.concurrency.remote.GroupsBean;
import io.jenkins.plugins.concurrency.remote.HistoryCsv;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jenkins.management.Badge;
import jenkins.model.Tab;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.verb.GET;

/**
 * The Concurrency page of a job: its groups, who runs in them and who waits, as far as the viewer may read those. A job that
 * has never used a group has the page too, without a link to it: it tells how to start.
 */
@Restricted(NoExternalUse.class)
public final class ConcurrencyTab extends Tab {
    private final Job<?, ?> job;

    ConcurrencyTab(Job<?, ?> job) {
        super(job);
        this.job = job;
    }

    private static ConcurrencyManager manager() {
        return ConcurrencyManager.get();
    }

    @Override
    public String getIconFileName() {
        String name = job.getFullName();
        boolean used =
                manager().usedGroups().knows(name) || !manager().groupsOf(name).isEmpty();
        return used ? "symbol-lock-closed" : null;
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

    /** How many requests, of this job and of others, wait in the groups that the job uses now. */
    @Override
    public Badge getBadge() {
        int waiting = manager().groupsOf(job.getFullName()).stream()
                .flatMap(group -> manager().group(group, 0, 0).stream())
                .mapToInt(GroupView::waitingCount)
                .sum();
        return waiting == 0
                ? null
                : new Badge(String.valueOf(waiting), Messages.ConcurrencyTab_badge(waiting), Badge.Severity.INFO);
    }

    /** Whether the controller grants slots; not so for a moment after it started. */
    public boolean isRecovered() {
        return manager().isRecovered();
    }

    /** What the page shows now. */
    @NonNull
    public Content getContent() {
        return new Content();
    }

    /** The groups that it uses now, for programs. */
    @NonNull
    public Api getApi() {
        return new Api(GroupsBean.of(job.getFullName()));
    }

    /** The part of the page that renews itself. */
    @GET
    public void doContent(StaplerRequest2 request, StaplerResponse2 response) throws IOException, ServletException {
        LiveContent.serve(this, () -> getContent().state(), request, response);
    }

    /** Which slots its builds had, for spreadsheets and for the simulator. */
    @GET
    @WebMethod(name = "history.csv")
    public HttpResponse doHistory() {
        return HistoryCsv.of(job);
    }

    /** What the page shows at one moment. */
    public final class Content {
        private final List<UsedGroup> used = manager().usedGroups().of(job.getFullName());
        private final List<FoldedCard> folded;
        private final Paging paging;
        private final List<GroupKey> shown;
        /** Made when they are shown, as they cost more than to find out whether anything has changed. */
        private List<GroupCard> cards;

        Content() {
            Set<GroupKey> keys = new LinkedHashSet<>(manager().groupsOf(job.getFullName()));
            used.stream().map(UsedGroup::group).filter(GroupCard::isStillThere).forEach(keys::add);
            folded = fold(keys);
            paging = new Paging("groups", keys.size());
            shown = keys.stream().skip(paging.from()).limit(Paging.SIZE).toList();
        }

        private List<GroupCard> cards() {
            if (cards == null) {
                cards = shown.stream()
                        .map(key -> new GroupCard(
                                key,
                                used.stream()
                                        .filter(group -> group.group().equals(key))
                                        .findFirst()))
                        .toList();
            }
            return cards;
        }

        /** Takes those out that each build has for itself. */
        private List<FoldedCard> fold(Set<GroupKey> keys) {
            Map<String, List<GroupKey>> ofBuilds = keys.stream()
                    .filter(key -> !key.scope().outlivesBuilds())
                    .collect(Collectors.groupingBy(
                            key -> key.scope() + key.name(), LinkedHashMap::new, Collectors.toList()));
            ofBuilds.values().removeIf(list -> list.size() == 1);
            ofBuilds.values().forEach(list -> list.forEach(keys::remove));
            return ofBuilds.values().stream().map(FoldedCard::new).toList();
        }

        /** The groups that the job uses now or has decisions. */
        @NonNull
        public List<GroupCard> getGroups() {
            return cards().stream().filter(group -> !group.isIdle()).toList();
        }

        /** The groups that it has used, and nobody does now. */
        @NonNull
        public List<GroupCard> getIdle() {
            return cards().stream().filter(GroupCard::isIdle).toList();
        }

        @NonNull
        public List<FoldedCard> getFolded() {
            return folded;
        }

        @NonNull
        public Paging getPaging() {
            return paging;
        }

        /** Whether there is nothing to show. */
        public boolean isUnused() {
            return shown.isEmpty() && folded.isEmpty();
        }

        /** The builds that were dropped from the queue lately, the newest first. */
        @NonNull
        public List<RefusalRow> getRefusals() {
            return manager().refusals().of(job.getFullName()).stream()
                    .map(RefusalRow::new)
                    .toList();
        }

        /** What a browser has of it is outdated once this is another. */
        private String state() {
            return shown.stream().map(GroupCard::state).toList() + " "
                    + folded.stream().map(FoldedCard::getName).toList()
                    + (folded.isEmpty() ? "" : manager().lookups().changes())
                    + manager().refusals().of(job.getFullName()).stream()
                            .findFirst()
                            .map(refusal -> refusal.getAt().getTime())
                    + isRecovered();
        }
    }
}
