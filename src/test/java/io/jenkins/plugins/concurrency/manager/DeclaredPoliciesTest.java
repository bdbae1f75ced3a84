package io.jenkins.plugins.concurrency.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Policy;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/** Two threads tell the engine what is declared, as when builds are put back after a restart. */
@ExtendWith(OneJenkins.class)
class DeclaredPoliciesTest {
    private final List<Map<GroupKey, Policy>> told = new CopyOnWriteArrayList<>();
    private final DeclaredPolicies declared = new DeclaredPolicies(this::tellSlowly);
    private final Thread other = new Thread(this::useCap);
    private GroupKey cap;
    private volatile int knownThen;

    @BeforeEach
    void setUp(JenkinsRule jenkins) {
        ConcurrencySettings.get().setCap(3);
        cap = ConcurrencySettings.get().caps().of("job").get(0);
    }

    /** The first one to tell is overtaken by the other one, if that can be. */
    private void tellSlowly(Map<GroupKey, Policy> policies) {
        if (Thread.currentThread() != other) {
            other.start();
            try {
                Gates.eventually(
                        "the other one waits, or is through",
                        () -> other.getState() == Thread.State.BLOCKED || !other.isAlive());
            } catch (Exception x) {
                throw new AssertionError(x);
            }
        }
        told.add(policies);
    }

    private void useCap() {
        declared.use(List.of(cap));
        knownThen = told.size();
    }

    @Test
    void aCapThatIsUsedMeanwhileIsNotForgottenAgain() throws Exception {
        declared.tell();
        other.join();
        assertEquals(Policy.ofLimit(3), told.get(told.size() - 1).get(cap));
    }

    @Test
    void whoeverAsksForACapFindsThatItIsKnown() throws Exception {
        declared.use(List.of(cap));
        other.join();
        assertEquals(1, knownThen);
        assertEquals(List.of(Map.of(cap, Policy.ofLimit(3))), told);
    }
}
