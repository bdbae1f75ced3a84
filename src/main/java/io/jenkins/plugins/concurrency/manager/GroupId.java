package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import jenkins.security.HMACConfidentialKey;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * A group's key as a part of a URL, with letters, digits, {@code -} and {@code _} only: names of groups come from
 * Jenkinsfiles, and may hold whatever servers and proxies trip over.
 *
 * <p>A group of the scope UPSTREAM is known to jobs of which some may not read the first build of the chain, whose name is in
 * the key. So the ids of groups that do not outlive their builds tell nothing, and are looked up.
 */
@Restricted(NoExternalUse.class)
public final class GroupId {
    /** No name or full name of an item can have it. */
    private static final String SEPARATOR = "\n";

    /** Comes in no other id, as its first letters are those of the name of a scope. */
    private static final String OPAQUE = "-";

    private static final HMACConfidentialKey SECRET = new HMACConfidentialKey(GroupId.class, "id", 16);

    private GroupId() {}

    @NonNull
    public static String of(@NonNull GroupKey group) {
        String text = String.join(SEPARATOR, group.scope().name(), group.context(), group.name());
        return group.scope().outlivesBuilds()
                ? Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8))
                : OPAQUE + SECRET.mac(text);
    }

    /** Empty if it is no id of a group, or that of one that is gone with its builds. */
    @NonNull
    public static Optional<GroupKey> parse(@CheckForNull String id) {
        if (id == null) {
            return Optional.empty();
        }
        return id.startsWith(OPAQUE)
                ? ConcurrencyManager.get().groups().stream()
                        .filter(group -> !group.scope().outlivesBuilds())
                        .filter(group -> of(group).equals(id))
                        .findFirst()
                : decode(id).filter(group -> group.scope().outlivesBuilds());
    }

    private static Optional<GroupKey> decode(String id) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(id), StandardCharsets.UTF_8).split(SEPARATOR, -1);
            return parts.length == 3
                    ? Optional.of(new GroupKey(Scope.valueOf(parts[0]), parts[1], parts[2]))
                    : Optional.empty();
        } catch (IllegalArgumentException x) {
            return Optional.empty();
        }
    }
}
