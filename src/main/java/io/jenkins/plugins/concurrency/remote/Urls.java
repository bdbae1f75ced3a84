package io.jenkins.plugins.concurrency.remote;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import jenkins.model.Jenkins;

/** Addresses of pages. */
final class Urls {
    private Urls() {}

    /**
     * @param path below the root of Jenkins
     * @return with the root, as far as that is known: an administrator may not have set it, and a command has no web request
     */
    @NonNull
    static String of(@NonNull String path) {
        return Util.fixNull(Jenkins.get().getRootUrl()) + path;
    }
}
