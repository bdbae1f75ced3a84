package io.jenkins.plugins.concurrency.pages;

import hudson.Util;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * The part of a page that renews itself. Its browser asks for it again and again, and gets it only if it is another than the
 * one it has: so an answer is cheap as long as nothing changes.
 */
final class LiveContent {
    /** Durations and progress bars change although nothing happens: they are renewed as often. */
    private static final long MILLIS = 15_000;

    private LiveContent() {}

    /**
     * Answers with the view {@code content} of a page, or says that it has not changed.
     *
     * @param state what the view shows; it is compared as text
     */
    static void serve(Object page, Supplier<?> state, StaplerRequest2 request, StaplerResponse2 response)
            throws IOException, ServletException {
        // A change that comes while the view is made is told next time.
        String tag = Util.getDigestOf(state.get() + "@" + System.currentTimeMillis() / MILLIS);
        response.setHeader("ETag", '"' + tag + '"');
        response.setHeader("Cache-Control", "no-cache, private");
        String known = request.getHeader("If-None-Match");
        // A proxy that compresses may have added something.
        if (known != null && known.contains(tag)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
        } else {
            response.setContentType("text/html;charset=UTF-8");
            request.getView(page, "content.jelly").forward(request, response);
        }
    }

    /** What several things show. */
    static Supplier<List<?>> of(Object... things) {
        return () -> List.of(things);
    }
}
