package io.jenkins.plugins.concurrency.lab.rehearse.settings;

import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import io.jenkins.plugins.concurrency.engine.Policy;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.lab.rehearse.steps.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an administrator says: declared groups and caps. Immutable.
 *
 * @param groups in their order, each with the folders whose jobs may use it
 * @param undeclaredAllowed whether builds may use groups of the controller that are not declared
 * @param cap how many builds may run at once; 0 for any number
 * @param excluded the folders that the cap is not for
 * @param folderCaps the caps of folders; the first that matches one counts
 */
public record Settings(
        Map<GroupKey, Declared> groups,
        boolean undeclaredAllowed,
        int cap,
        Folders excluded,
        List<FolderCap> folderCaps) {
    /** What caps are called; no other group may be. */
    public static final String CAP = "all builds";

    /** Of a lock of Lockable Resources, which is no declared group. */
    private static final String LOCK = "lock: ";

    /** A declared group. */
    public record Declared(Policy policy, Folders folders) {}

    /** A cap of each folder that matches. */
    public record FolderCap(Folders folders, int limit) {}

    /** None. */
    public static final Settings NONE = new Settings(Map.of(), false, 0, Folders.of(""), List.of());

    /** What the engine is told: the declared groups, and the caps that these jobs count for. */
    public Map<GroupKey, Policy> policies(List<String> jobs) {
        Map<GroupKey, Policy> policies = new LinkedHashMap<>();
        groups.forEach((key, declared) -> policies.put(key, declared.policy()));
        for (String job : jobs) {
            for (GroupKey key : capsOf(job)) {
                policies.put(key, Policy.ofLimit(key.context().isEmpty() ? cap : limitOf(key.context())));
            }
        }
        return policies;
    }

    /**
     * @throws InvalidRequestException if a job may not use a group of the controller
     */
    public void checkUse(GroupKey key, String job) {
        Declared declared = groups.get(key);
        boolean shared = key.scope() == Scope.SHARED;
        if (declared == null && (shared || !undeclaredAllowed && !key.name().startsWith(LOCK))) {
            throw new InvalidRequestException("There is no "
                    + (shared
                            ? "shared group '" + key.name() + "'."
                            : "group '" + key.name() + "' of the whole controller.")
                    + Nearest.hint(
                            key.name(),
                            groups.keySet().stream()
                                    .filter(known -> known.scope() == key.scope())
                                    .map(GroupKey::name)
                                    .toList())
                    + " Declare it in the settings, or choose another scope.");
        }
        if (declared != null
                && !declared.folders().isEmpty()
                && !declared.folders().matchFolderOf(job)) {
            throw new InvalidRequestException("The group '" + key.name() + "' is only for jobs in " + declared.folders()
                    + ". Use another group, or add the folder of '" + job + "' in the settings.");
        }
    }

    /** The caps that the builds of a job count for, the innermost first. */
    public List<GroupKey> capsOf(String job) {
        List<GroupKey> caps = new ArrayList<>();
        for (String folder : Folders.around(job)) {
            if (!folder.isEmpty() && limitOf(folder) > 0) {
                caps.add(cap(folder));
            }
        }
        if (cap > 0 && !excluded.matchFolderOf(job)) {
            caps.add(cap(""));
        }
        return caps;
    }

    private int limitOf(String folder) {
        return folderCaps.stream()
                .filter(rule -> rule.folders().match(folder))
                .mapToInt(FolderCap::limit)
                .findFirst()
                .orElse(0);
    }

    private static GroupKey cap(String folder) {
        return new GroupKey(Scope.CONTROLLER, folder, CAP);
    }
}
