package io.jenkins.plugins.concurrency.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * A group's key as a part of a URL, with letters, digits, {@code -} and {@code _} only: names of groups come from
 * Jenkinsfiles, and may hold whatever servers and proxies trip over.
 */
@Restricted(NoExternalUse.class)
public final class GroupId {
    /** No name or full name of an item can have it. */
    private static final String SEPARATOR = "\n";

    private GroupId() {}

    @NonNull
    public static String of(@NonNull GroupKey group) {
        String text = String.join(SEPARATOR, group.scope().name(), group.context(), group.name());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Empty if it is no id of a group. */
    @NonNull
    public static Optional<GroupKey> parse(@CheckForNull String id) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(id == null ? "" : id), StandardCharsets.UTF_8)
                    .split(SEPARATOR, -1);
            return parts.length == 3
                    ? Optional.of(new GroupKey(Scope.valueOf(parts[0]), parts[1], parts[2]))
                    : Optional.empty();
        } catch (IllegalArgumentException x) {
            return Optional.empty();
        }
    }
}
