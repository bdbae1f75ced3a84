package io.jenkins.plugins.concurrency.manager;

import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.Policy;
import io.jenkins.plugins.concurrency.settings.Decision;
import io.jenkins.plugins.concurrency.settings.Decisions;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Declares groups to the engine. What people decided about one that was declared, and is not now, holds no more. */
final class PolicyDeclaration implements Consumer<Map<GroupKey, Policy>> {
    private final EngineDriver driver;

    PolicyDeclaration(EngineDriver driver) {
        this.driver = driver;
    }

    @Override
    public void accept(Map<GroupKey, Policy> policies) {
        List<GroupKey> removed = Decisions.get().all().stream()
                .map(Decision::group)
                .filter(group -> !policies.containsKey(group) && isDeclared(group))
                .toList();
        driver.change(engine -> engine.declare(policies));
        if (!removed.isEmpty()) {
            Decisions.get().forget(removed::contains);
        }
    }

    private boolean isDeclared(GroupKey group) {
        return driver.engine().group(group, 0, 0).flatMap(GroupView::declared).isPresent();
    }
}
