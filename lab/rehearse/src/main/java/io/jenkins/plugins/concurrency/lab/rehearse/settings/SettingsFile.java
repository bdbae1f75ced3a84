package io.jenkins.plugins.concurrency.lab.rehearse.settings;

import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import io.jenkins.plugins.concurrency.engine.Order;
import io.jenkins.plugins.concurrency.engine.Overflow;
import io.jenkins.plugins.concurrency.engine.Policy;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.lab.simulator.Node;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads settings as configuration as code has them. */
public final class SettingsFile {
    private SettingsFile() {}

    /** A file that has, among others, {@code unclassified: concurrency:}. */
    public static Settings of(Path file) {
        return Node.read(file).get("unclassified").map(SettingsFile::read).orElse(Settings.NONE);
    }

    /** What is below {@code unclassified}. */
    public static Settings read(Node unclassified) {
        Node node = unclassified.get("concurrency").orElse(null);
        if (node == null) {
            return Settings.NONE;
        }
        // Where the groups are shared, there is one controller only in a rehearsal.
        node.only("groups", "undeclaredAllowed", "cap", "excludedFolders", "folderCaps", "database");
        Map<GroupKey, Settings.Declared> groups = new LinkedHashMap<>();
        for (Node group : node.get("groups").map(Node::list).orElse(List.of())) {
            add(group, groups);
        }
        checkParents(node, groups);
        return new Settings(
                groups,
                node.get("undeclaredAllowed").map(Node::bool).orElse(false),
                node.get("cap").map(cap -> cap.integer(1)).orElse(0),
                Folders.of(text(node, "excludedFolders")),
                node.get("folderCaps").map(Node::list).orElse(List.of()).stream()
                        .map(SettingsFile::folderCap)
                        .toList());
    }

    private static Settings.FolderCap folderCap(Node node) {
        node.only("folders", "limit");
        return new Settings.FolderCap(
                Folders.of(node.required("folders").text()),
                node.get("limit").map(limit -> limit.integer(1)).orElse(1));
    }

    private static void add(Node node, Map<GroupKey, Settings.Declared> groups) {
        node.only(
                "name",
                "limit",
                "description",
                "parent",
                "folders",
                "priority",
                "order",
                "maxQueued",
                "overflow",
                "shared",
                "whenLost");
        Scope scope = node.get("shared").map(Node::bool).orElse(false) ? Scope.SHARED : Scope.CONTROLLER;
        Policy policy = new Policy(
                node.get("limit").map(limit -> limit.integer(1)).orElse(1),
                node.get("order").map(order -> order.one(Order.class)).orElse(Order.FIFO),
                node.get("maxQueued")
                        .map(bound -> OptionalInt.of(bound.integer(0)))
                        .orElse(OptionalInt.empty()),
                node.get("overflow")
                        .map(overflow -> overflow.one(Overflow.class))
                        .orElse(Overflow.CANCEL),
                node.get("priority")
                        .map(priority -> priority.integer(Integer.MIN_VALUE))
                        .orElse(0),
                node.get("parent").map(parent -> key(scope, parent)));
        if (groups.put(
                        key(scope, node.required("name")),
                        new Settings.Declared(policy, Folders.of(text(node, "folders"))))
                != null) {
            throw node.wrong("two groups have this name");
        }
    }

    private static GroupKey key(Scope scope, Node name) {
        try {
            return new GroupKey(scope, "", name.text());
        } catch (InvalidRequestException x) {
            throw name.wrong(x.getMessage());
        }
    }

    private static void checkParents(Node node, Map<GroupKey, Settings.Declared> groups) {
        groups.forEach((key, declared) -> {
            Optional<GroupKey> parent = declared.policy().parent();
            int height = 0;
            while (parent.isPresent()) {
                Settings.Declared above = groups.get(parent.get());
                if (above == null) {
                    throw node.wrong("the parent '" + parent.get().name() + "' of the group '" + key.name()
                            + "' is not declared");
                }
                if (++height > groups.size()) {
                    throw node.wrong("the group '" + key.name() + "' would be its own ancestor");
                }
                if (declared.policy().limit() > above.policy().limit()) {
                    throw node.wrong("the group '" + key.name() + "' has more slots than its parent '"
                            + parent.get().name() + "'");
                }
                parent = above.policy().parent();
            }
        });
    }

    private static String text(Node node, String field) {
        return node.get(field).map(Node::text).orElse("");
    }
}
