package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.security.AccessDeniedException3;
import io.jenkins.plugins.concurrency.cluster.Call;
import io.jenkins.plugins.concurrency.engine.Direction;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.RequestView;
import io.jenkins.plugins.concurrency.manager.Interventions.Result;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What people do by hand to shared groups, beside {@link Interventions}. It is done on all controllers, as soon as the database
 * answers; nobody waits for that.
 */
@Restricted(NoExternalUse.class)
public final class SharedInterventions {
    private static final Logger LOGGER = Logger.getLogger(SharedInterventions.class.getName());

    private SharedInterventions() {}

    /**
     * Gives on what controllers hold that are lost, or ends that they wait. What another controller has that lives is its own
     * business. Needs Jenkins.MANAGE.
     *
     * @throws AccessDeniedException3 if the current user may not
     */
    @NonNull
    public static Map<RequestKey, Result> release(@NonNull Collection<RequestKey> requests) {
        Jenkins.get().checkPermission(Jenkins.MANAGE);
        Map<RequestKey, Result> results = new LinkedHashMap<>();
        requests.stream().distinct().forEach(key -> results.put(key, release(key)));
        return results;
    }

    private static Result release(RequestKey key) {
        ConcurrencyManager manager = ConcurrencyManager.get();
        Optional<String> controller = manager.find(key).map(RequestView::owner).flatMap(OtherControllers::controllerOf);
        if (controller.isEmpty()) {
            return Result.OVER;
        }
        if (!isLost(controller.get())) {
            return Result.UNCHANGED;
        }
        submit("releases what " + controller.get() + " has of it", new Call.End(key));
        return Result.DONE;
    }

    /**
     * Ends all that a lost controller has and waits for, and forgets it, as it will not come back. Needs Jenkins.MANAGE.
     *
     * @return not if there is none of that name that is lost
     */
    @NonNull
    public static Result forget(@NonNull String controller) {
        Jenkins.get().checkPermission(Jenkins.MANAGE);
        if (!isLost(controller)) {
            return Result.OVER;
        }
        submit("has the controller " + controller + " forgotten", new Call.Forget(controller));
        return Result.DONE;
    }

    static void setLimit(GroupKey group, OptionalInt limit) {
        submit("sets the limit of " + group + " to " + limit, new Call.OverrideLimit(group, limit));
    }

    static void pause(GroupKey group, boolean on) {
        submit((on ? "pauses " : "resumes ") + group, new Call.Pause(group, on));
    }

    static void move(RequestKey key, Direction direction) {
        submit("moves " + key, new Call.Move(key, direction));
    }

    static void startNow(RequestKey key) {
        submit("starts " + key, new Call.StartNow(key));
    }

    private static void submit(String what, Call call) {
        LOGGER.log(Level.INFO, "{0} {1}", new Object[] {Person.current().id(), what});
        ConcurrencyManager.get().sharing().submit(call);
    }

    private static boolean isLost(String controller) {
        return ConcurrencyManager.get()
                .sharing()
                .controller(controller)
                .filter(SharedController::isLost)
                .isPresent();
    }
}
