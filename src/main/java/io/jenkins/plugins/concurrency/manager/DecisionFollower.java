package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.RequestView;
import io.jenkins.plugins.concurrency.records.HistoryEvent;
import io.jenkins.plugins.concurrency.records.HistoryEvent.Kind;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import io.jenkins.plugins.concurrency.settings.Decision;
import io.jenkins.plugins.concurrency.settings.Decisions;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Carries out what people decide about groups, tells those who wait there, and lets pauses end that have an end. */
@Extension
@Restricted(NoExternalUse.class)
public final class DecisionFollower implements Decisions.Listener {
    private static final int PAGE = 100;

    private final DeadlineTimer ends = new DeadlineTimer(DecisionFollower::endPauses);

    static DecisionFollower get() {
        return ExtensionList.lookupSingleton(DecisionFollower.class);
    }

    @Override
    public void onDecided(@NonNull Decision decision) {
        Person by = Person.of(decision.getBy());
        HistoryEvent.Builder event = HistoryEvent.now(decision.isPause() ? Kind.PAUSED : Kind.LIMIT_SET)
                .byUser(by.id(), decision.getReason());
        decision.limit().ifPresent(event::limit);
        ConcurrencyManager.get().history().add(decision.group(), event.build());
        tellWaiting(decision.group(), () -> HandText.decided(by, decision));
        carryOut(decision.group());
        watch();
        // The settings may have lost the group since whoever decided looked at it.
        if (!ConcurrencySettings.get().mayBe(decision.group())) {
            Decisions.get().takeBack(decision);
        }
    }

    @Override
    public void onTakenBack(@NonNull Decision decision, @CheckForNull String userId) {
        Person by = userId == null ? null : Person.of(userId);
        HistoryEvent.Builder event = HistoryEvent.now(decision.isPause() ? Kind.RESUMED : Kind.LIMIT_RESET);
        if (by != null) {
            event.byUser(by.id(), null);
        }
        ConcurrencyManager.get().history().add(decision.group(), event.build());
        tellWaiting(decision.group(), () -> HandText.takenBack(by, decision));
        carryOut(decision.group());
    }

    /** Has the engine know what holds now: under a lock, as of two who decide at once the last one counts. */
    synchronized void carryOut(GroupKey group) {
        EngineDriver driver = ConcurrencyManager.get().driver();
        Decisions decisions = Decisions.get();
        driver.change(called -> called.pause(group, decisions.isPaused(group)));
        driver.change(called -> called.overrideLimit(group, decisions.limitOf(group)));
    }

    /** Before it is carried out: who goes on at once is told why. */
    private static void tellWaiting(GroupKey group, Supplier<String> line) {
        ConcurrencyManager manager = ConcurrencyManager.get();
        Set<RequestKey> told = new HashSet<>();
        List<RequestView> page;
        int from = 0;
        do {
            page = manager.group(group, from, PAGE).map(GroupView::waiting).orElse(List.of());
            page.stream()
                    .map(RequestView::key)
                    .filter(told::add)
                    .forEach(key -> manager.driver().tell(key, requester -> requester.told(line)));
            from += page.size();
        } while (page.size() == PAGE);
    }

    /** Sees to it that pauses end. Not before the gate opens: those who wait are to be told, too. */
    void watch() {
        if (ConcurrencyManager.get().isRecovered()) {
            Decisions.get().nextEnd().ifPresent(ends::at);
        }
    }

    private static void endPauses() {
        if (Jenkins.getInstanceOrNull() != null) {
            Decisions.get().endPauses(Instant.now());
            get().watch();
        }
    }
}
