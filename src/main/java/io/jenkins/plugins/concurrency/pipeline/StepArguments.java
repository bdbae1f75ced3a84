package io.jenkins.plugins.concurrency.pipeline;

import hudson.AbortException;
import io.jenkins.plugins.concurrency.arguments.BlockArguments;
import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;

/** What a Jenkinsfile gives the step, before it is bound to that. */
final class StepArguments {
    static final String GROUP = BlockArguments.GROUP;

    private StepArguments() {}

    /**
     * What to bind. A group whose value is null, as that of a variable which is not set, is not one that was left out.
     * What cannot be bound ends the step with a sentence, as all else does that it cannot do.
     */
    static Map<String, Object> checked(Map<String, Object> given) {
        try {
            BlockArguments.check(given, furtherGroups(given));
        } catch (InvalidRequestException x) {
            throw StepArguments.<RuntimeException>asItIs(new AbortException(x.getMessage()));
        }
        if (!given.containsKey(GROUP) || given.get(GROUP) != null) {
            return given;
        }
        Map<String, Object> all = new HashMap<>(given);
        all.put(GROUP, "");
        return all;
    }

    /** Only an AbortException is told without a stack trace, and whoever asks for the arguments expects none that is checked. */
    @SuppressWarnings("unchecked")
    private static <X extends Throwable> X asItIs(Throwable failure) throws X {
        throw (X) failure;
    }

    private static List<Map<?, ?>> furtherGroups(Map<String, Object> given) {
        List<Map<?, ?>> groups = new ArrayList<>();
        for (Object further : BlockArguments.extra(given)) {
            if (further instanceof Map<?, ?> fields) {
                groups.add(fields);
            } else if (further instanceof UninstantiatedDescribable fields) {
                groups.add(fields.getArguments());
            } else if (!(further instanceof ExtraGroup)) {
                throw BlockArguments.noGroup(further);
            }
        }
        return groups;
    }
}
