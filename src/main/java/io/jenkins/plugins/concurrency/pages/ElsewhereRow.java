package io.jenkins.plugins.concurrency.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import io.jenkins.plugins.concurrency.engine.RequestView;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.OtherControllers;
import io.jenkins.plugins.concurrency.manager.SharedController;
import java.util.Optional;
import java.util.stream.Collectors;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What a page shows of a request of another controller: that controller's name. Who may read its build is not known here.
 */
@Restricted(NoExternalUse.class)
public final class ElsewhereRow {
    private final RequestView view;
    private final String controller;

    private ElsewhereRow(RequestView view, String controller) {
        this.view = view;
        this.controller = controller;
    }

    /** Empty for a request of this controller. */
    static Optional<ElsewhereRow> of(RequestView view) {
        return OtherControllers.controllerOf(view.owner()).map(controller -> new ElsewhereRow(view, controller));
    }

    /** Names the request, for the browser and for what it asks to be done. */
    @NonNull
    public String getKey() {
        return view.key().toString();
    }

    @NonNull
    public String getController() {
        return controller;
    }

    /** Whether the others do not hear of that controller any more. */
    public boolean isLost() {
        return known().filter(SharedController::isLost).isPresent();
    }

    /** Where the other controller is; null if it does not say. */
    @CheckForNull
    public String getUrl() {
        return known().map(SharedController::getUrl).orElse(null);
    }

    private Optional<SharedController> known() {
        return ConcurrencyManager.get().sharing().controller(controller);
    }

    public int getPlace() {
        return view.place();
    }

    /** The numbers of its slots. */
    @NonNull
    public String getSlots() {
        return view.claim().exclusive()
                ? Messages.RequestRow_all()
                : view.slots().stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    @NonNull
    public String getDuration() {
        long since = view.runningSince().orElse(view.since()).toEpochMilli();
        return Util.getTimeSpanString(Math.max(0, System.currentTimeMillis() - since));
    }
}
