package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.Grant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What a request got, and did to its groups, as the logs of steps and of limited builds tell it. */
@Restricted(NoExternalUse.class)
public final class GrantText {
    private GrantText() {}

    /** For a block of a Pipeline. */
    @NonNull
    public static List<String> ofBlock(@NonNull Effect.Granted effect, @NonNull String waited) {
        return lines(effect, Messages::GrantText_inBlock, waited);
    }

    /** For a whole build. */
    @NonNull
    public static List<String> ofBuild(@NonNull Effect.Granted effect, @NonNull String waited) {
        return lines(effect, Messages::GrantText_ride, waited);
    }

    /**
     * @param nested what to say of a group that is held already by whom the request is part of
     * @param waited for how long it waited; empty if that is not worth a word
     */
    private static List<String> lines(Effect.Granted effect, UnaryOperator<String> nested, String waited) {
        List<String> lines = new ArrayList<>();
        effect.nested().forEach(group -> lines.add(nested.apply(GroupLabels.label(group))));
        for (Grant grant : effect.grants()) {
            String group = GroupLabels.label(grant.group());
            lines.add(
                    waited.isEmpty()
                            ? Messages.GrantText_got(slots(grant), group)
                            : Messages.GrantText_gotAfter(slots(grant), group, waited));
        }
        if (effect.overLimit()) {
            lines.add(Messages.GrantText_overLimit());
        }
        return lines;
    }

    private static String slots(Grant grant) {
        if (grant.exclusive()) {
            return Messages.GrantText_all();
        }
        String numbers = grant.slots().stream().map(String::valueOf).collect(Collectors.joining(", "));
        return grant.slots().size() == 1 ? Messages.GrantText_slot(numbers) : Messages.GrantText_slots(numbers);
    }

    @NonNull
    public static String limitChanged(@NonNull Effect.LimitChanged effect) {
        return Messages.GrantText_limitChanged(GroupLabels.label(effect.group()), effect.from(), effect.to());
    }
}
