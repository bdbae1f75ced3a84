package io.jenkins.plugins.concurrency.settings;

import hudson.Util;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The groups that are declared while somebody fills in the form. */
final class SavedGroups {
    private SavedGroups() {}

    private static List<DeclaredGroup> all() {
        return ConcurrencySettings.get().getGroups();
    }

    static Optional<DeclaredGroup> find(String name) {
        String wanted = Util.fixEmptyAndTrim(name);
        return all().stream()
                .filter(group -> group.getName().equalsIgnoreCase(wanted))
                .findFirst();
    }

    /** Whether a group is another one, or a descendant of it. */
    static boolean isInside(String name, String other) {
        Optional<DeclaredGroup> ancestor = find(name);
        for (int height = 0; ancestor.isPresent() && height <= all().size(); height++) {
            if (ancestor.get().getName().equalsIgnoreCase(other.trim())) {
                return true;
            }
            ancestor = find(ancestor.get().getParent());
        }
        return false;
    }

    static List<String> namesThatStartWith(String typed) {
        String start = typed.toLowerCase(Locale.ROOT);
        return all().stream()
                .map(DeclaredGroup::getName)
                .filter(name -> name.toLowerCase(Locale.ROOT).startsWith(start))
                .toList();
    }
}
