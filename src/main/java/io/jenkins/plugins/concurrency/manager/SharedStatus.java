package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * How this controller shares groups with others, as it was when somebody looked.
 *
 * @param controller the name of this one
 * @param takesPart whether requests are carried out
 * @param away why the database does not answer; empty if it does
 * @param fenced whether another process has taken this one's name
 * @param outdated why this controller's version is too old to take part; empty if it is not
 * @param controllers all that share groups, by name, this one among them
 * @param differing which controllers declare which groups otherwise than is valid, by name
 */
@Restricted(NoExternalUse.class)
public record SharedStatus(
        @NonNull String controller,
        boolean takesPart,
        @NonNull Optional<String> away,
        boolean fenced,
        @NonNull Optional<String> outdated,
        @NonNull List<SharedController> controllers,
        @NonNull Map<String, Set<String>> differing) {
    public SharedStatus {
        controllers = List.copyOf(controllers);
        differing = Map.copyOf(differing);
    }

    /** Whether those that live have different versions. */
    public boolean isMixed() {
        return controllers.stream()
                        .filter(member -> !member.lost())
                        .map(SharedController::version)
                        .distinct()
                        .count()
                > 1;
    }

    /** Whether somebody has something to do. */
    public boolean isTroubled() {
        return away.isPresent() || fenced || outdated.isPresent() || isMixed() || !differing.isEmpty();
    }

    /** What pages show of it that renew themselves: the same as long as that is the same. */
    @NonNull
    public String digest() {
        return takesPart + " "
                + controllers.stream()
                        .map(member -> member.name() + (member.lost() ? " lost" : ""))
                        .toList();
    }

    /** One of them; empty if it was forgotten. */
    @NonNull
    public Optional<SharedController> find(@NonNull String name) {
        return controllers.stream().filter(member -> member.name().equals(name)).findFirst();
    }
}
