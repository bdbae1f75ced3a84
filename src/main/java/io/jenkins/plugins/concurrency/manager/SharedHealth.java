package io.jenkins.plugins.concurrency.manager;

import io.jenkins.plugins.concurrency.cluster.Event;
import io.jenkins.plugins.concurrency.cluster.MemberView;
import io.jenkins.plugins.concurrency.cluster.SharedGroups;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What is wrong with the shared groups, as far as this controller was told. Safe for use by several threads. */
final class SharedHealth {
    private static final Pattern WEB = Pattern.compile("https?://.+/");

    private volatile String away;
    private volatile boolean fenced;
    private volatile String outdated;

    boolean isAway() {
        return away != null;
    }

    /** Whether this controller takes part no more, and will not by itself. */
    boolean isStopped() {
        return fenced || outdated != null;
    }

    void clear() {
        away = null;
        fenced = false;
        outdated = null;
    }

    /** @return whether an administrator should know */
    boolean onEvent(Event event) {
        if (event instanceof Event.Away now) {
            away = now.cause();
        } else if (event instanceof Event.Back || event instanceof Event.TakesPart) {
            away = null;
            return false;
        } else if (event instanceof Event.Fenced) {
            fenced = true;
        } else if (event instanceof Event.Outdated now) {
            outdated = now.message();
        } else if (event instanceof Event.Joined) {
            return false;
        }
        return true;
    }

    SharedStatus status(String controller, Optional<SharedGroups> groups) {
        return new SharedStatus(
                controller,
                groups.filter(SharedGroups::takesPart).isPresent(),
                Optional.ofNullable(away),
                fenced,
                Optional.ofNullable(outdated),
                groups.map(now -> now.members().stream()
                                .map(member -> of(controller, member))
                                .toList())
                        .orElse(List.of()),
                groups.map(SharedGroups::differing).map(SharedHealth::names).orElse(Map.of()));
    }

    private static SharedController of(String self, MemberView member) {
        return new SharedController(
                member.name(),
                // Others may write there what they like: no scripts in a link.
                WEB.matcher(member.url()).matches() ? member.url() : null,
                member.version(),
                member.seen(),
                member.lost(),
                member.name().equals(self));
    }

    private static Map<String, Set<String>> names(Map<String, Set<GroupKey>> differing) {
        Map<String, Set<String>> names = new TreeMap<>();
        differing.forEach((controller, groups) -> {
            Set<String> sorted = new TreeSet<>();
            groups.forEach(group -> sorted.add(group.name()));
            names.put(controller, sorted);
        });
        return names;
    }
}
