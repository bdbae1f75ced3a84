package io.jenkins.plugins.concurrency.pages;

import hudson.Util;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * The part of a page that renews itself. Its browser asks for it again and again, and gets it only if it is another than the
 * one it has: so an answer is cheap as long as nothing changes.
 */
final class LiveContent {
    /**
     * Durations and progress bars change although nothing happens: what a browser has is outdated after a minute or so. Not
     * all at once, as thousands may look at a page that a change has just renewed for all of them.
     */
    private static final long SHORTEST_MILLIS = 45_000;

    private static final long LONGEST_MILLIS = 75_000;

    /** A proxy that compresses may add something to it. */
    private static final Pattern TAG = Pattern.compile("([0-9a-f]{32})\\.(\\d{1,15})");

    private LiveContent() {}

    /**
     * Answers with the view {@code content} of a page, or says that it has not changed.
     *
     * @param state what the view shows; it is compared as text
     */
    static void serve(Object page, Supplier<?> state, StaplerRequest2 request, StaplerResponse2 response)
            throws IOException, ServletException {
        // A change that comes while the view is made is told next time.
        String digest = Util.getDigestOf(String.valueOf(state.get()));
        response.setHeader("Cache-Control", "no-cache, private");
        String known = request.getHeader("If-None-Match");
        Matcher tag = TAG.matcher(known == null ? "" : known);
        if (tag.find() && tag.group(1).equals(digest) && System.currentTimeMillis() < Long.parseLong(tag.group(2))) {
            response.setHeader("ETag", '"' + tag.group() + '"');
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
        } else {
            long until =
                    System.currentTimeMillis() + ThreadLocalRandom.current().nextLong(SHORTEST_MILLIS, LONGEST_MILLIS);
            response.setHeader("ETag", '"' + digest + '.' + until + '"');
            response.setContentType("text/html;charset=UTF-8");
            request.getView(page, "content.jelly").forward(request, response);
        }
    }
}
