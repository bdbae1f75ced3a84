package io.jenkins.plugins.concurrency.records;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.Claim;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Outcome;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

class JobRecordsTest {
    private static final GroupKey GROUP = new GroupKey(Scope.FOLDER, "", "prod");

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Test
    void whatWasNotedDownJustBeforeAShutdownIsThereAfterwards() throws Throwable {
        sessions.then(jenkins -> {
            ConcurrencyManager manager = ConcurrencyManager.get();
            manager.usedGroups()
                    .add(Request.of(RequestKey.random(), Owner.build("deploy", 1), Behavior.QUEUE, Claim.of(GROUP, 1)));
            manager.refusals().add("deploy", GROUP, Outcome.SUPERSEDED, Optional.empty(), List.of());
        });
        sessions.then(jenkins -> {
            ConcurrencyManager manager = ConcurrencyManager.get();
            assertEquals(
                    List.of(GROUP),
                    manager.usedGroups().of("deploy").stream()
                            .map(UsedGroup::group)
                            .toList());
            assertEquals(1, manager.refusals().of("deploy").size());
        });
    }
}
