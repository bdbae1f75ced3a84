package io.jenkins.plugins.concurrency.remote;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.Outcome;
import io.jenkins.plugins.concurrency.records.HistoryEvent;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** Something that happened in a group, if the current user may read the build that it concerns. */
@Restricted(NoExternalUse.class)
@ExportedBean(defaultVisibility = 9)
public final class EventBean {
    private final HistoryEvent event;
    private final BuildBean build;

    private EventBean(HistoryEvent event, BuildBean build) {
        this.event = event;
        this.build = build;
    }

    static List<EventBean> of(List<HistoryEvent> events) {
        return events.stream().flatMap(event -> of(event).stream()).toList();
    }

    private static Optional<EventBean> of(HistoryEvent event) {
        return event.build().isEmpty()
                ? Optional.of(new EventBean(event, null))
                : event.build().flatMap(BuildBean::of).map(build -> new EventBean(event, build));
    }

    /** When, in milliseconds since 1970. */
    @Exported
    public long getAt() {
        return event.getAt().getTime();
    }

    @Exported
    @NonNull
    public HistoryEvent.Kind getKind() {
        return event.getKind();
    }

    /** Null if it concerns the whole group. */
    @Exported
    @CheckForNull
    public BuildBean getBuild() {
        return build;
    }

    /** The newer build that it made way for; null if there is none, or the user may not read it. */
    @Exported
    @CheckForNull
    public BuildBean getNewer() {
        return event.by().flatMap(BuildBean::of).orElse(null);
    }

    /** For how long it waited, in milliseconds. */
    @Exported
    public long getWaited() {
        return event.waited().toMillis();
    }

    /** For how long it held its slots, in milliseconds. */
    @Exported
    public long getHeld() {
        return event.held().toMillis();
    }

    /** Why it got no slots; null if that is not what happened. */
    @Exported
    @CheckForNull
    public Outcome getOutcome() {
        return event.getOutcome();
    }

    /** The id of the user who did it; null if none did. */
    @Exported
    @CheckForNull
    public String getUser() {
        return event.getUser();
    }

    /** What the user said; null if nothing. */
    @Exported
    @CheckForNull
    public String getReason() {
        return event.getReason();
    }

    /** The limit that a user set; null if none did. */
    @Exported
    @CheckForNull
    public Integer getLimit() {
        OptionalInt limit = event.limit();
        return limit.isPresent() ? limit.getAsInt() : null;
    }
}
