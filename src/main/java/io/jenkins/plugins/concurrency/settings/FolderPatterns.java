package io.jenkins.plugins.concurrency.settings;

import hudson.Util;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.util.FormValidation;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jenkins.model.Jenkins;
import org.apache.tools.ant.types.selectors.SelectorUtils;

/**
 * Folders, named by Ant-style patterns with commas or line breaks between them. A pattern stands for the folders whose
 * full name it matches, and all that is below these; {@code **} stands for everything.
 */
final class FolderPatterns {
    private final List<String> patterns;

    private FolderPatterns(List<String> patterns) {
        this.patterns = patterns;
    }

    /** None for null. */
    static FolderPatterns of(String text) {
        return new FolderPatterns(
                text == null
                        ? List.of()
                        : Arrays.stream(text.split("[,\n]"))
                                .map(String::trim)
                                .map(FolderPatterns::withoutSlashes)
                                .filter(pattern -> !pattern.isEmpty())
                                .toList());
    }

    private static String withoutSlashes(String pattern) {
        return Util.removeTrailingSlash(pattern.startsWith("/") ? pattern.substring(1) : pattern);
    }

    /** Whether a job is in one of the folders, however deep. */
    boolean matchFolderOf(String job) {
        return foldersOf(job).stream().anyMatch(this::match);
    }

    /** Whether a folder itself is meant. */
    boolean match(String folder) {
        return patterns.stream().anyMatch(pattern -> SelectorUtils.matchPath(asFile(pattern), asFile(folder)));
    }

    /** The matcher takes the paths for those of files. */
    private static String asFile(String path) {
        return path.replace('/', File.separatorChar);
    }

    /** The full names of the folders that a job is in, the innermost first, the root, which has none, last. */
    static List<String> foldersOf(String job) {
        List<String> folders = new ArrayList<>();
        for (int slash = job.lastIndexOf('/'); slash >= 0; slash = job.lastIndexOf('/', slash - 1)) {
            folders.add(job.substring(0, slash));
        }
        folders.add("");
        return folders;
    }

    /** Tells somebody who types a pattern if it matches nothing that he or she can see. */
    static FormValidation check(String text) {
        if (!Jenkins.get().hasPermission(Jenkins.MANAGE)) {
            return FormValidation.ok();
        }
        for (String pattern : of(text).patterns) {
            FolderPatterns one = new FolderPatterns(List.of(pattern));
            if (!one.match("")
                    && !Jenkins.get()
                            .allItems(Item.class, one::isFolder)
                            .iterator()
                            .hasNext()) {
                return FormValidation.warning(Messages.FolderPatterns_noSuchFolder(pattern));
            }
        }
        return FormValidation.ok();
    }

    private boolean isFolder(Item item) {
        return item instanceof ItemGroup && match(item.getFullName());
    }
}
