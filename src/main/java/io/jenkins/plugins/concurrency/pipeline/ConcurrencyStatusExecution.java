package io.jenkins.plugins.concurrency.pipeline;

import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.RequestView;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.GroupResolver;
import io.jenkins.plugins.concurrency.manager.VisibleItems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.SynchronousStepExecution;

/** Looks at a group once, and returns what is to be seen with the permissions of the build. */
final class ConcurrencyStatusExecution extends SynchronousStepExecution<Map<String, Object>> {
    private static final long serialVersionUID = 1L;

    /** Nobody decides by more of them. */
    private static final int MOST_HOLDERS = 100;

    private final String group;
    private final Scope scope;

    ConcurrencyStatusExecution(StepContext context, String group, Scope scope) {
        super(context);
        this.group = group;
        this.scope = scope;
    }

    @Override
    protected Map<String, Object> run() throws Exception {
        GroupKey key = GroupResolver.resolve(getContext().get(Run.class), group, scope);
        Optional<GroupView> view = ConcurrencyManager.get().group(key, 0, MOST_HOLDERS);
        // Of the types that a Pipeline can keep over a restart.
        Map<String, Object> status = new HashMap<>();
        status.put("limit", view.map(GroupView::limit).orElse(null));
        status.put("used", view.map(GroupView::used).orElse(0));
        status.put("waiting", view.map(GroupView::waitingCount).orElse(0));
        status.put("paused", view.filter(GroupView::paused).isPresent());
        status.put("holders", holders(view));
        return status;
    }

    private List<Map<String, Object>> holders(Optional<GroupView> view) throws Exception {
        List<Map<String, Object>> holders = new ArrayList<>();
        try (ACLContext as =
                ACL.as2(getContext().get(FlowNode.class).getExecution().getAuthentication2())) {
            view.stream()
                    .flatMap(found -> found.running().stream())
                    .map(RequestView::owner)
                    .filter(owner -> !owner.queueItem())
                    .distinct()
                    .flatMap(owner -> holder(owner).stream())
                    .forEach(holders::add);
        }
        return holders;
    }

    /** Without a look at the build itself: that may be on a disk, which a program does not wait for. */
    private static Optional<Map<String, Object>> holder(Owner owner) {
        int number = (int) owner.number();
        return VisibleItems.job(owner.job())
                .map(job -> new HashMap<>(
                        Map.of("job", job.getFullName(), "number", number, "url", job.getUrl() + number + "/")));
    }
}
