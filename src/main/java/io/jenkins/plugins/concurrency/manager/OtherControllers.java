package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.Owner;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * The owners of requests that builds of other controllers made of shared groups. What may be read there is not known here: so
 * they are called after their controller, and nobody sees their jobs. No job of this controller can have the name that they have.
 */
@Restricted(NoExternalUse.class)
public final class OtherControllers {
    /** A colon is in no name of an item. */
    private static final String PREFIX = "controller:";

    private OtherControllers() {}

    /** A build, or a queue item, of another controller. */
    static Owner owner(String controller, Owner there) {
        return new Owner(PREFIX + controller + '/' + there.job(), there.number(), there.queueItem());
    }

    /** On which controller it is; empty if it is on this one. */
    @NonNull
    public static Optional<String> controllerOf(@NonNull Owner owner) {
        if (!owner.job().startsWith(PREFIX)) {
            return Optional.empty();
        }
        int end = owner.job().indexOf('/');
        return Optional.of(
                owner.job().substring(PREFIX.length(), end < 0 ? owner.job().length() : end));
    }

    /** What it is called for people; empty if it is on this controller. */
    @NonNull
    public static Optional<String> name(@NonNull Owner owner) {
        return controllerOf(owner).map(controller -> "a build on the controller '" + controller + "'");
    }
}
