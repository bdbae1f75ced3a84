package io.jenkins.plugins.concurrency.remote;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.RequestView;
import java.time.Instant;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A request in one group. */
@Restricted(NoExternalUse.class)
@ExportedBean(defaultVisibility = 9)
public abstract class ShareView {
    private final RequestView view;

    ShareView(RequestView view) {
        this.view = view;
    }

    RequestView view() {
        return view;
    }

    /** Names the request for actions. */
    @Exported
    @NonNull
    public String getKey() {
        return view.key().toString();
    }

    /** 1 for who is served next; 0 if it does not wait in this group. */
    @Exported
    public int getPlace() {
        return view.place();
    }

    /** The numbers of its slots. */
    @Exported
    @NonNull
    public List<Integer> getSlots() {
        return view.slots();
    }

    /** How many slots it asked for. */
    @Exported
    public int getAsked() {
        return view.claim().slots();
    }

    /** Whether it asked for the whole group. */
    @Exported
    public boolean isExclusive() {
        return view.claim().exclusive();
    }

    /** When it began to wait, in milliseconds since 1970; also if it did not have to. */
    @Exported
    public long getSince() {
        return view.since().toEpochMilli();
    }

    /** When it got all its slots, in milliseconds since 1970; null if it still waits. */
    @Exported
    @CheckForNull
    public Long getRunningSince() {
        return view.runningSince().map(Instant::toEpochMilli).orElse(null);
    }
}
