package io.jenkins.plugins.concurrency.remote;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * Which part of a long list is asked for.
 *
 * @param from how many are left out before it
 * @param count how many it has at most
 */
@Restricted(NoExternalUse.class)
public record Slice(int from, int count) {
    private static final int USUAL = 100;
    private static final int MOST = 1_000;

    /** As the parameters {@code from} and {@code count} say; what is no number there is as if it were not there. */
    @NonNull
    public static Slice of(@NonNull StaplerRequest2 request) {
        return new Slice(number(request, "from", 0), Math.min(MOST, number(request, "count", USUAL)));
    }

    private static int number(StaplerRequest2 request, String parameter, int otherwise) {
        String text = Util.fixNull(request.getParameter(parameter));
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : otherwise;
    }
}
