package io.jenkins.plugins.concurrency.lab.rehearse.steps;

import hudson.AbortException;
import io.jenkins.plugins.concurrency.arguments.AskedBlock;
import io.jenkins.plugins.concurrency.arguments.BlockArguments;
import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import io.jenkins.plugins.concurrency.lab.rehearse.build.Build;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The step {@code concurrency}: its arguments are read and checked by the code of the step itself. */
public final class ConcurrencyStep {
    private ConcurrencyStep() {}

    static Task start(Call call) throws AbortException {
        return task(call.build(), call.arguments(), call.block());
    }

    /**
     * Waits for slots, and has them while the body runs.
     *
     * @throws AbortException if the arguments are wrong
     */
    public static Task task(Build build, Map<String, Object> given, Task body) throws AbortException {
        Nearest.check("concurrency", given.keySet(), BlockArguments.names(), build);
        return HeldBlock.task(build, asked(given), body);
    }

    private static AskedBlock asked(Map<String, Object> given) throws AbortException {
        try {
            List<Map<?, ?>> extra = new ArrayList<>();
            for (Object element : BlockArguments.extra(given)) {
                if (!(element instanceof Map<?, ?> fields)) {
                    throw BlockArguments.noGroup(element);
                }
                extra.add(fields);
            }
            BlockArguments.check(given, extra);
            return BlockArguments.read(given, extra);
        } catch (InvalidRequestException x) {
            throw new AbortException(x.getMessage());
        }
    }
}
