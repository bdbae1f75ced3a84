package io.jenkins.plugins.concurrency.settings;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * How many builds may run at once at all, on the controller and in folders. Immutable.
 *
 * <p>A cap is a group that no request can name: each topmost build takes a slot of it.
 */
@Restricted(NoExternalUse.class)
public final class CapRules {
    /** What the groups are called; it is not free for others. */
    public static final String NAME = "all builds";

    static final CapRules NONE = new CapRules(null, null, List.of());

    private final Integer limit;
    private final FolderPatterns excluded;
    private final List<FolderCap> folders;

    /**
     * @throws IllegalArgumentException if a limit is below 1, or a rule is for no folder
     */
    CapRules(@CheckForNull Integer limit, @CheckForNull String excluded, List<FolderCap> folders) {
        this.limit = limit;
        this.excluded = FolderPatterns.of(excluded);
        this.folders = List.copyOf(folders);
        if (limit != null && limit < 1) {
            throw new IllegalArgumentException(Messages.CapRules_limit(limit));
        }
        for (FolderCap folder : folders) {
            folder.mistake().ifPresent(mistake -> {
                throw new IllegalArgumentException(mistake);
            });
        }
    }

    /**
     * Those that a file says, without what makes no sense.
     *
     * @param mistakes is told of that
     */
    static CapRules mended(
            @CheckForNull Integer limit,
            @CheckForNull String excluded,
            List<FolderCap> folders,
            Consumer<String> mistakes) {
        boolean never = limit != null && limit < 1;
        if (never) {
            mistakes.accept(Messages.CapRules_limit(limit));
        }
        folders.forEach(folder -> folder.mistake().ifPresent(mistakes));
        return new CapRules(
                never ? null : limit,
                excluded,
                folders.stream().filter(folder -> folder.mistake().isEmpty()).toList());
    }

    /** Whether nothing is capped. */
    public boolean isEmpty() {
        return limit == null && folders.isEmpty();
    }

    /** The caps that the builds of a job count for, the innermost first. */
    @NonNull
    public List<GroupKey> of(@NonNull String job) {
        List<GroupKey> caps = new ArrayList<>(1);
        for (String folder : FolderPatterns.foldersOf(job)) {
            if (!folder.isEmpty() && limitOf(key(folder)).isPresent()) {
                caps.add(key(folder));
            }
        }
        if (limit != null && !excluded.matchFolderOf(job)) {
            caps.add(key(""));
        }
        return caps;
    }

    /** How many slots a cap has; empty if it is none, or no longer one. The first rule counts that fits. */
    @NonNull
    public OptionalInt limitOf(@NonNull GroupKey cap) {
        if (cap.context().isEmpty()) {
            return limit == null ? OptionalInt.empty() : OptionalInt.of(limit);
        }
        return folders.stream()
                .filter(rule -> rule.isOf(cap.context()))
                .mapToInt(FolderCap::getLimit)
                .findFirst();
    }

    /** Whether a group is a cap. */
    public static boolean isCap(@NonNull GroupKey group) {
        return group.scope() == Scope.CONTROLLER && group.name().equalsIgnoreCase(NAME);
    }

    private static GroupKey key(String folder) {
        return new GroupKey(Scope.CONTROLLER, folder, NAME);
    }
}
