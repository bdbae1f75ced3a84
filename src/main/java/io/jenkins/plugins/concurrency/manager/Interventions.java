package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Item;
import io.jenkins.plugins.concurrency.engine.Direction;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.Policy;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.records.HistoryEvent;
import io.jenkins.plugins.concurrency.records.HistoryEvent.Kind;
import io.jenkins.plugins.concurrency.settings.CapRules;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import io.jenkins.plugins.concurrency.settings.Decisions;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import jenkins.model.CauseOfInterruption;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What people do by hand to requests and groups, in the name of the current user. Pages, REST and commands call it.
 *
 * <p>Each method first checks what the user may do, then acts. Whoever may not read the job of a request, or know of a group,
 * gets an {@link UnknownTargetException}, as for one that does not exist; who may not act, an {@link
 * hudson.security.AccessDeniedException3}; nothing has changed then, of several requests neither. The log of the build
 * concerned, and the history of the group, tell what was done by whom.
 *
 * <p>It may be called on any thread that holds no lock. Builds and their logs follow a moment later.
 */
@Restricted(NoExternalUse.class)
public final class Interventions {
    private static final Duration LONGEST_PAUSE = Duration.ofDays(3653);

    private Interventions() {}

    /** What came of it. */
    public enum Result {
        /** It was done. */
        DONE,
        /** There was nothing to do: it is so already, or that cannot be done now. */
        UNCHANGED,
        /** Too late: the request has ended, or no longer waits; or there is nothing to take back. */
        OVER
    }

    /** Ends the build of a request, as the stop button does, or takes its entry out of the queue. Needs Item.CANCEL on its job. */
    @NonNull
    public static Result cancel(@NonNull RequestKey request) {
        return cancel(List.of(request)).get(request);
    }

    /** The same for several. */
    @NonNull
    public static Map<RequestKey, Result> cancel(@NonNull Collection<RequestKey> requests) {
        List<RequestTarget> targets = RequestTarget.all(requests);
        targets.forEach(target -> target.job().checkPermission(Item.CANCEL));
        return each(targets, Interventions::cancel);
    }

    private static Result cancel(RequestTarget target) {
        List<GroupKey> groups = target.groups();
        if (target.view().isEmpty() || groups.isEmpty()) {
            return Result.OVER;
        }
        Person by = Person.current();
        CauseOfInterruption cause = new CauseOfInterruption.UserInterruption(by.id());
        driver().tell(target.key(), requester -> {
            requester.told(() -> HandText.cancelled(by, groups, target.isRunning()));
            if (!requester.leaveQueue(groups.get(0), cause)) {
                interrupt(target.key(), cause);
            }
            groups.forEach(group -> note(Kind.CANCELLED, target, group, by));
        });
        return Result.DONE;
    }

    private static void interrupt(RequestKey request, CauseOfInterruption cause) {
        ConcurrencyManager.get()
                .find(request)
                .flatMap(view -> Runs.find(view.owner()))
                .ifPresent(run -> Runs.interrupt(run, hudson.model.Result.ABORTED, cause));
    }

    /** Moves a waiting request in its group's queue. One place at a time is for the first places only. Needs Jenkins.MANAGE. */
    @NonNull
    public static Result move(@NonNull RequestKey request, @NonNull Direction direction) {
        return move(List.of(request), direction).get(request);
    }

    /** The same for several, which keep their order among each other. */
    @NonNull
    public static Map<RequestKey, Result> move(@NonNull Collection<RequestKey> requests, @NonNull Direction direction) {
        List<RequestTarget> targets = managed(requests);
        Map<RequestKey, Result> results =
                each(targets, target -> target.waitingIn().isPresent() ? Result.UNCHANGED : Result.OVER);
        List<RequestTarget> waiting = targets.stream()
                .filter(target -> target.waitingIn().isPresent())
                .toList();
        results.putAll(each(MovesTogether.inOrder(waiting, direction), target -> move(target, direction)));
        return results;
    }

    private static Result move(RequestTarget target, Direction direction) {
        Person by = Person.current();
        GroupKey group = target.waitingIn().orElseThrow();
        if (SplitRequest.isShared(group)) {
            driver().tell(target.key(), requester -> requester.told(() -> HandText.moved(by, direction, group)));
            SharedInterventions.move(target.key(), direction);
            note(Kind.MOVED, target, group, by);
            return Result.DONE;
        }
        List<Effect> effects = driver().changeByHand(
                        target.key(),
                        requester -> requester.told(() -> HandText.moved(by, direction, group)),
                        engine -> engine.move(target.key(), direction));
        if (effects.stream().noneMatch(Effect.Moved.class::isInstance)) {
            return Result.UNCHANGED;
        }
        note(Kind.MOVED, target, group, by);
        return Result.DONE;
    }

    /**
     * Gives a waiting request its slots at once, over the limit if need be. Not while Jenkins finds out, after a restart, who
     * holds slots. Needs Jenkins.MANAGE.
     */
    @NonNull
    public static Result startNow(@NonNull RequestKey request) {
        return startNow(List.of(request)).get(request);
    }

    /** The same for several. */
    @NonNull
    public static Map<RequestKey, Result> startNow(@NonNull Collection<RequestKey> requests) {
        return each(managed(requests), Interventions::startNow);
    }

    private static Result startNow(RequestTarget target) {
        GroupKey group = target.waitingIn().orElse(null);
        if (group == null) {
            return Result.OVER;
        }
        if (!ConcurrencyManager.get().isRecovered()) {
            return Result.UNCHANGED;
        }
        Person by = Person.current();
        if (SplitRequest.isShared(group)) {
            driver().tell(target.key(), requester -> requester.told(() -> HandText.started(by, group)));
            SharedInterventions.startNow(target.key());
            note(Kind.STARTED, target, group, by);
            return Result.DONE;
        }
        List<Effect> effects = driver().changeByHand(
                        target.key(),
                        requester -> requester.told(() -> HandText.started(by, group)),
                        engine -> engine.startNow(target.key()));
        if (effects.isEmpty()) {
            return Result.OVER;
        }
        note(Kind.STARTED, target, group, by);
        return Result.DONE;
    }

    /**
     * Takes away what a build holds, while it goes on, over restarts too. An entry that has not become a build yet keeps it.
     * Needs Jenkins.MANAGE.
     */
    @NonNull
    public static Result release(@NonNull RequestKey request) {
        return release(List.of(request)).get(request);
    }

    /** The same for several. */
    @NonNull
    public static Map<RequestKey, Result> release(@NonNull Collection<RequestKey> requests) {
        return each(managed(requests), Interventions::release);
    }

    private static Result release(RequestTarget target) {
        List<GroupKey> groups = target.groups();
        if (target.view().isEmpty() || groups.isEmpty()) {
            return Result.OVER;
        }
        if (!target.isRunning() || target.view().orElseThrow().owner().queueItem()) {
            return Result.UNCHANGED;
        }
        Person by = Person.current();
        driver().tell(target.key(), requester -> {
            if (requester.release()) {
                requester.told(() -> HandText.released(by, groups));
                groups.forEach(group -> note(Kind.RELEASED_BY_HAND, target, group, by));
            }
        });
        return Result.DONE;
    }

    /**
     * Gives a group another limit for now, or takes that back. Needs Jenkins.MANAGE.
     *
     * @throws IllegalArgumentException if the limit is below 1
     */
    @NonNull
    public static Result setLimit(@NonNull GroupKey group, @NonNull OptionalInt limit, @CheckForNull String reason) {
        GroupKey known = managed(group);
        if (SplitRequest.isShared(known)) {
            limit.ifPresent(Policy::checkLimit);
            SharedInterventions.setLimit(known, limit);
            return Result.DONE;
        }
        return Decisions.get().overrideLimit(known, limit, reason) ? Result.DONE : Result.OVER;
    }

    /**
     * Stops a group from granting anything. Needs Jenkins.MANAGE.
     *
     * @param until when it goes on by itself
     * @throws IllegalArgumentException if that is not in the future, or more than ten years from now
     */
    @NonNull
    public static Result pause(@NonNull GroupKey group, @CheckForNull String reason, @NonNull Optional<Instant> until) {
        GroupKey known = managed(group);
        Instant now = Instant.now();
        if (until.filter(end -> !end.isAfter(now) || end.isAfter(now.plus(LONGEST_PAUSE)))
                .isPresent()) {
            throw new IllegalArgumentException(Messages.Interventions_until());
        }
        if (SplitRequest.isShared(known)) {
            if (until.isPresent()) {
                throw new IllegalArgumentException(Messages.Interventions_noEnd());
            }
            SharedInterventions.pause(known, true);
            return Result.DONE;
        }
        Decisions.get().pause(known, reason, until);
        return Result.DONE;
    }

    /** Lets a group go on that is paused. Needs Jenkins.MANAGE. */
    @NonNull
    public static Result resume(@NonNull GroupKey group) {
        GroupKey known = managed(group);
        if (SplitRequest.isShared(known)) {
            SharedInterventions.pause(known, false);
            return Result.DONE;
        }
        return Decisions.get().resume(known) ? Result.DONE : Result.OVER;
    }

    private static List<RequestTarget> managed(Collection<RequestKey> requests) {
        List<RequestTarget> targets = RequestTarget.all(requests);
        Jenkins.get().checkPermission(Jenkins.MANAGE);
        return targets;
    }

    /** The group as it is written where it is known, if there is one, and the user may change it. */
    private static GroupKey managed(GroupKey group) {
        if (!new VisibleGroups().isVisible(group)) {
            throw new UnknownTargetException();
        }
        ConcurrencyManager manager = ConcurrencyManager.get();
        if (CapRules.isCap(group)
                && ConcurrencySettings.get().caps().limitOf(group).isPresent()) {
            // Nobody may have asked for it yet.
            manager.useCaps(List.of(group));
        }
        GroupKey known = manager.group(group, 0, 0).map(GroupView::key).orElseThrow(UnknownTargetException::new);
        Jenkins.get().checkPermission(Jenkins.MANAGE);
        return known;
    }

    private static Map<RequestKey, Result> each(List<RequestTarget> targets, Function<RequestTarget, Result> action) {
        Map<RequestKey, Result> results = new LinkedHashMap<>();
        targets.forEach(target -> results.put(target.key(), action.apply(target)));
        return results;
    }

    private static void note(Kind what, RequestTarget target, GroupKey group, Person by) {
        HistoryEvent event = HistoryEvent.now(what)
                .of(BuildReferences.to(target.view().orElseThrow().owner()))
                .byUser(by.id(), null)
                .build();
        ConcurrencyManager.get().history().add(group, event);
    }

    private static EngineDriver driver() {
        return ConcurrencyManager.get().driver();
    }
}
