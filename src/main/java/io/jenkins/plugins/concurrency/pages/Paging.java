package io.jenkins.plugins.concurrency.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;

/** Which part of a long list a page shows. */
@Restricted(NoExternalUse.class)
public final class Paging {
    static final int SIZE = 50;

    private final String parameter;
    private final int from;
    private final int total;

    /**
     * @param parameter the name of the request's parameter that tells where the list starts, counted from 0
     */
    Paging(String parameter, int total) {
        this.parameter = parameter;
        this.total = total;
        this.from = Math.min(asked(parameter), total == 0 ? 0 : (total - 1) / SIZE * SIZE);
    }

    /** Where the list is to start: 0 if nothing, or nothing sensible, is asked for. */
    static int asked(String parameter) {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        String from = request == null ? null : request.getParameter(parameter);
        try {
            return from == null ? 0 : Math.max(0, Integer.parseInt(from));
        } catch (NumberFormatException x) {
            return 0;
        }
    }

    int from() {
        return from;
    }

    public String getParameter() {
        return parameter;
    }

    /** Counted from 1, as people do. */
    public int getFirst() {
        return total == 0 ? 0 : from + 1;
    }

    public int getLast() {
        return Math.min(total, from + SIZE);
    }

    public int getTotal() {
        return total;
    }

    /** Whether there is more than one page. */
    public boolean isNeeded() {
        return total > SIZE;
    }

    /** Where the next page starts; null on the last one. */
    @CheckForNull
    public Integer getNext() {
        return from + SIZE < total ? from + SIZE : null;
    }

    /** Where the page before this one starts; null on the first one. */
    @CheckForNull
    public Integer getPrevious() {
        return from == 0 ? null : Math.max(0, from - SIZE);
    }
}
