package io.jenkins.plugins.concurrency.remote;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.List;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A part of those who run, or of those who wait, in a group. */
@Restricted(NoExternalUse.class)
@ExportedBean(defaultVisibility = 9)
public final class RequestsBean {
    private final int count;
    private final List<RequestBean> shown;
    private final int hidden;

    /**
     * @param count how many there are in all
     * @param part those that were asked for; empty where the user may not read the build
     */
    RequestsBean(int count, List<Optional<RequestBean>> part) {
        this.count = count;
        this.shown = part.stream().flatMap(Optional::stream).toList();
        this.hidden = part.size() - shown.size();
    }

    /** How many there are in all, shown or not. */
    @Exported
    public int getCount() {
        return count;
    }

    /** How many of the part that was asked for the user may not see. */
    @Exported
    public int getHidden() {
        return hidden;
    }

    @Exported(inline = true)
    @NonNull
    public List<RequestBean> getRequests() {
        return shown;
    }
}
