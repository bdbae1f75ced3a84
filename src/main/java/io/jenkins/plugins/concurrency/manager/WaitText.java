package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.Claim;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.settings.Decisions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Why a request waits, in words, as logs, the queue and the page of a build tell it. */
@Restricted(NoExternalUse.class)
public final class WaitText {
    /** How many of those who hold a group are named in a sentence. */
    public static final int MOST_HOLDERS = 3;

    private WaitText() {}

    /**
     * All that there is to say besides the group and the place, as sentences; empty if there is nothing.
     *
     * @param names what other builds are called for the reader
     */
    @NonNull
    public static String why(@NonNull Wait wait, @NonNull Function<Owner, String> names) {
        return Stream.of(held(wait, names), wide(wait, names), start(wait), paused(wait))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" "));
    }

    private static Optional<String> held(Wait wait, Function<Owner, String> names) {
        if (wait.holders().isEmpty()) {
            return Optional.empty();
        }
        // Several may be called alike: those that are hidden, and those of one other controller.
        Map<String, Long> counts = wait.holders().stream()
                .collect(Collectors.groupingBy(names, LinkedHashMap::new, Collectors.counting()));
        String holders = counts.entrySet().stream()
                .map(holder -> holder.getKey() + (holder.getValue() > 1 ? " (" + holder.getValue() + ")" : ""))
                .collect(Collectors.joining(", "));
        return Optional.of(
                wait.moreHolders() > 0
                        ? Messages.WaitText_heldByMore(holders, wait.moreHolders())
                        : Messages.WaitText_heldBy(holders));
    }

    /** That its group grants nothing, who had that so, why, and until when. */
    @NonNull
    public static Optional<String> paused(@NonNull Wait wait) {
        return wait.group().paused() ? Optional.of(paused(wait.key())) : Optional.empty();
    }

    private static String paused(GroupKey group) {
        return Decisions.get()
                .pauseOf(group)
                .map(pause -> HandText.decided(Person.of(pause.getBy()), pause))
                .orElseGet(Messages::WaitText_paused);
    }

    /** That it needs many slots at once, or is behind one that does while there seem to be enough. */
    @NonNull
    public static Optional<String> wide(@NonNull Wait wait, @NonNull Function<Owner, String> names) {
        Claim own = wait.request().claim();
        if (own.exclusive()) {
            return Optional.of(Messages.WaitText_wantsAll());
        }
        if (wait.group().free() > 0 && own.slots() > wait.group().free()) {
            return Optional.of(Messages.WaitText_wantsMany(own.slots()));
        }
        return wait.wideOneBefore().map(first -> {
            String name = names.apply(first.owner());
            return first.claim().exclusive()
                    ? Messages.WaitText_behindAll(name)
                    : Messages.WaitText_behindMany(name, first.claim().slots());
        });
    }

    private static Optional<String> start(Wait wait) {
        return wait.estimate().map(EstimateText::start);
    }
}
