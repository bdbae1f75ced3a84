package io.jenkins.plugins.concurrency.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.BuildBadgeAction;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.manager.GroupLabels;
import io.jenkins.plugins.concurrency.manager.Interruption;
import java.util.function.Supplier;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * A symbol beside a build in the list of its job's builds, with a few words. They are found when the list is shown.
 */
@Restricted(NoExternalUse.class)
public final class ConcurrencyBadge extends InvisibleAction implements BuildBadgeAction {
    private final String symbol;
    private final Supplier<String> text;

    private ConcurrencyBadge(String symbol, Supplier<String> text) {
        this.symbol = symbol;
        this.text = text;
    }

    static ConcurrencyBadge waiting(GroupKey group) {
        return new ConcurrencyBadge(
                "symbol-hourglass", () -> Messages.ConcurrencyBadge_waiting(GroupLabels.label(group)));
    }

    /** Of a build that ended, or is to end, for the sake of another one. */
    static ConcurrencyBadge ended(Run<?, ?> run, Interruption interruption) {
        String symbol =
                interruption.getKind() == Interruption.Kind.CANCELLED_RUNNING ? "symbol-close-circle" : "symbol-swap";
        return new ConcurrencyBadge(symbol, () -> interruption.inShort(run).orElse(null));
    }

    @NonNull
    public String getSymbol() {
        return symbol;
    }

    /** Null if there is nothing to say. */
    @CheckForNull
    public String getText() {
        return text.get();
    }
}
