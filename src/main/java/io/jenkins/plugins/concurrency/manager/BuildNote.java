package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.MarkupText;
import hudson.Util;
import hudson.console.ConsoleAnnotationDescriptor;
import hudson.console.ConsoleAnnotator;
import hudson.console.ConsoleNote;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.records.BuildReference;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * Names another build in a log, to those of its readers who may read that build. The others see only the words that stand
 * in its place. So a log can be written when nobody knows yet who will read it, or what number the other build will have.
 */
@Restricted(NoExternalUse.class)
public final class BuildNote extends ConsoleNote<Object> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(BuildNote.class.getName());

    private final BuildReference build;
    private final int length;

    private BuildNote(BuildReference build, int length) {
        this.build = build;
        this.length = length;
    }

    /** The words for a log, with the note in front of them. */
    @NonNull
    static String encode(BuildReference build, String words) {
        try {
            return new BuildNote(build, words.length()).encode() + words;
        } catch (IOException x) {
            LOGGER.log(
                    Level.WARNING,
                    x,
                    () -> "Cannot link the build of " + build.owner().job() + " in a log");
            return words;
        }
    }

    @Override
    @SuppressWarnings("rawtypes")
    public ConsoleAnnotator annotate(Object context, MarkupText text, int charPos) {
        BuildReferences.find(build)
                .ifPresent(run -> name(run, text, charPos, Math.min(charPos + length, text.length())));
        return null;
    }

    private static void name(Run<?, ?> run, MarkupText text, int from, int to) {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        String root = request == null ? Jenkins.get().getRootUrl() : request.getContextPath() + "/";
        text.addHyperlink(from, to, Util.fixNull(root) + run.getUrl());
        text.addMarkup(to, " (" + Util.escape(run.getFullDisplayName()) + ")");
    }

    /** For the links' style and script. */
    @Extension
    public static final class DescriptorImpl extends ConsoleAnnotationDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.BuildNote_displayName();
        }
    }
}
