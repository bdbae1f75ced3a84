package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.Grant;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What a request got, and did to its groups, as the logs of steps and of limited builds tell it. */
@Restricted(NoExternalUse.class)
public final class GrantText {
    private GrantText() {}

    /**
     * @param around whose lease holds the groups already of which the request takes nothing
     * @param after how long it waited, as the end of a sentence; may be empty
     */
    @NonNull
    public static List<String> granted(@NonNull Effect.Granted effect, @NonNull String around, @NonNull String after) {
        List<String> lines = new ArrayList<>();
        for (GroupKey group : effect.nested()) {
            lines.add(around + " holds " + GroupLabels.label(group) + " already; this one takes nothing more of it.");
        }
        for (Grant grant : effect.grants()) {
            lines.add("Got " + slots(grant) + " of " + GroupLabels.label(grant.group()) + after + ".");
        }
        if (effect.overLimit()) {
            lines.add("A person started this build over the limit.");
        }
        return lines;
    }

    private static String slots(Grant grant) {
        if (grant.exclusive()) {
            return "all";
        }
        String numbers = grant.slots().stream().map(String::valueOf).collect(Collectors.joining(", "));
        return (grant.slots().size() == 1 ? "slot " : "slots ") + numbers;
    }

    @NonNull
    public static String limitChanged(@NonNull Effect.LimitChanged effect) {
        return "This build gives " + GroupLabels.label(effect.group()) + " the limit " + effect.to()
                + "; other builds gave it " + effect.from() + ". The most recent one counts for all.";
    }
}
