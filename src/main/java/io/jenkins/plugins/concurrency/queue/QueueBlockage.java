package io.jenkins.plugins.concurrency.queue;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.console.ModelHyperlinkNote;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.queue.CauseOfBlockage;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.Outcome;
import io.jenkins.plugins.concurrency.engine.RequestView;
import io.jenkins.plugins.concurrency.manager.BuildNames;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.GroupLabels;
import io.jenkins.plugins.concurrency.manager.OutcomeText;
import io.jenkins.plugins.concurrency.manager.VisibleItems;
import io.jenkins.plugins.concurrency.queue.EntryLife.State;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Why a queue item does not start: what it waits for, in which place, and who holds that, as far as whoever asks may read
 * those builds. Worked out when somebody asks, so that it is never outdated, and costs nothing under the queue's lock.
 */
@Restricted(NoExternalUse.class)
public final class QueueBlockage extends CauseOfBlockage {
    private static final int MOST_HOLDERS = 5;

    private final GateEntry entry;

    QueueBlockage(GateEntry entry) {
        this.entry = entry;
    }

    /** Where the job's groups are shown, below the root of Jenkins. */
    @NonNull
    public String getUrl() {
        return entry.job().getUrl() + "concurrency";
    }

    @NonNull
    @Override
    public String getShortDescription() {
        Outcome refused = entry.end().refused();
        if (refused != null) {
            return OutcomeText.inShort(refused);
        }
        if (entry.life().is(State.READY)) {
            return Messages.QueueBlockage_ready();
        }
        return view().map(QueueBlockage::text).orElseGet(Messages::QueueBlockage_asking)
                + (ConcurrencyManager.get().isRecovered() ? "" : " " + Messages.QueueBlockage_recovering());
    }

    /** The builds that hold what it waits for, and that the current user may read. */
    @NonNull
    public List<Run<?, ?>> getHolders() {
        return view().flatMap(QueueBlockage::group).stream()
                .flatMap(group -> group.running().stream())
                .map(RequestView::owner)
                .distinct()
                .flatMap(owner -> VisibleItems.build(owner).stream())
                .toList();
    }

    @Override
    public void print(TaskListener listener) {
        listener.getLogger()
                .println(getShortDescription() + " "
                        + ModelHyperlinkNote.encodeTo(
                                "/" + getUrl(), entry.job().getFullDisplayName()));
    }

    private Optional<RequestView> view() {
        return entry.waitsFor().flatMap(ConcurrencyManager.get()::find);
    }

    private static Optional<GroupView> group(RequestView view) {
        return view.waitingIn().flatMap(group -> ConcurrencyManager.get().group(group, 0, MOST_HOLDERS));
    }

    private static String text(RequestView view) {
        GroupKey group = view.waitingIn().orElse(view.claim().group());
        return Messages.QueueBlockage_waiting(GroupLabels.label(group), view.place())
                + group(view).map(QueueBlockage::holders).orElse("");
    }

    private static String holders(GroupView group) {
        if (group.paused()) {
            return " " + Messages.QueueBlockage_paused();
        }
        if (group.running().isEmpty()) {
            return "";
        }
        String names = group.running().stream()
                .map(RequestView::owner)
                .distinct()
                .map(BuildNames::plain)
                .collect(Collectors.joining(", "));
        int more = group.runningCount() - group.running().size();
        return " " + (more > 0 ? Messages.QueueBlockage_heldByMore(names, more) : Messages.QueueBlockage_heldBy(names));
    }
}
