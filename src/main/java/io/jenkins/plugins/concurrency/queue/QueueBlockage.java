package io.jenkins.plugins.concurrency.queue;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.console.ModelHyperlinkNote;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.queue.CauseOfBlockage;
import io.jenkins.plugins.concurrency.engine.Outcome;
import io.jenkins.plugins.concurrency.manager.BuildNames;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.GroupLabels;
import io.jenkins.plugins.concurrency.manager.Labels;
import io.jenkins.plugins.concurrency.manager.OutcomeText;
import io.jenkins.plugins.concurrency.manager.VisibleItems;
import io.jenkins.plugins.concurrency.manager.Wait;
import io.jenkins.plugins.concurrency.manager.WaitText;
import io.jenkins.plugins.concurrency.queue.EntryLife.State;
import java.util.List;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Why a queue item does not start: what it waits for, in which place, and who holds that, as far as whoever asks may read
 * those builds. Worked out when somebody asks, so that it is never outdated, and costs nothing under the queue's lock.
 */
@Restricted(NoExternalUse.class)
public final class QueueBlockage extends CauseOfBlockage {
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
        return waits().map(QueueBlockage::text).orElseGet(Messages::QueueBlockage_asking)
                + (ConcurrencyManager.get().isRecovered() ? "" : " " + Labels.recovering());
    }

    /** The builds that hold what it waits for, and that the current user may read. */
    @NonNull
    public List<Run<?, ?>> getHolders() {
        return waits().stream()
                .flatMap(wait -> wait.holders().stream())
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

    private Optional<Wait> waits() {
        return entry.waitsFor().flatMap(request -> Wait.of(request, WaitText.MOST_HOLDERS));
    }

    private static String text(Wait wait) {
        String why = WaitText.why(wait, BuildNames::plain);
        return Messages.QueueBlockage_waiting(GroupLabels.label(wait.key()), wait.place())
                + (why.isEmpty() ? "" : " " + why);
    }
}
