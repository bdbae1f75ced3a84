package io.jenkins.plugins.concurrency.pipeline;

import hudson.AbortException;
import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import io.jenkins.plugins.concurrency.manager.Arguments;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;

/** What a Jenkinsfile gives the step, before it is bound to that. */
final class StepArguments {
    static final String GROUP = "group";

    private static final String EXAMPLE = "extra: [[group: 'licence', limit: 2]]";

    private StepArguments() {}

    /**
     * What to bind. A group whose value is null, as that of a variable which is not set, is not one that was left out.
     * What cannot be bound ends the step with a sentence, as all else does that it cannot do.
     */
    static Map<String, Object> checked(Map<String, Object> given) {
        try {
            check(given);
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

    private static void check(Map<String, Object> given) {
        Arguments.check(given);
        Arguments.checkChoice(given, "unit", TimeUnit.class);
        for (Object further : Arguments.list(given, "extra", EXAMPLE)) {
            if (further instanceof Map<?, ?> fields) {
                checkFurther(fields);
            } else if (further instanceof UninstantiatedDescribable fields) {
                checkFurther(fields.getArguments());
            } else if (!(further instanceof ExtraGroup)) {
                throw new InvalidRequestException(
                        "'extra' has the element '" + further + "'. Give each a 'group', such as " + EXAMPLE + ".");
            }
        }
    }

    private static void checkFurther(Map<?, ?> fields) {
        Map<String, Object> given = new HashMap<>();
        fields.forEach((name, value) -> given.put(String.valueOf(name), value));
        Arguments.check(given);
    }
}
