package io.jenkins.plugins.concurrency.cluster;

import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.Engine;
import io.jenkins.plugins.concurrency.engine.Grant;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.RequestView;
import io.jenkins.plugins.concurrency.engine.SetAside;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A member has come back and tells what its builds have. Where that and the log disagree, the log is right. */
final class Comeback {
    private final Engine engine;
    private final SetAside aside;
    private final Presence presence;
    private final Leases leases;
    private final Declarations declarations;
    private final String member;
    private final Set<RequestKey> holding;
    private final Map<RequestKey, Report.Waiting> waiting;
    private final Report report;

    Comeback(
            Engine engine,
            SetAside aside,
            Presence presence,
            Leases leases,
            Declarations declarations,
            String member,
            Report report) {
        this.engine = engine;
        this.aside = aside;
        this.presence = presence;
        this.leases = leases;
        this.declarations = declarations;
        this.member = member;
        this.report = report;
        holding = new HashSet<>(report.holding());
        waiting = report.waiting().stream()
                .collect(Collectors.toMap(each -> each.request().key(), Function.identity(), (one, same) -> one));
    }

    void perform(EntryEffects told) {
        // As it was before: who ends because of this entry has been told so, and is not to be asked for anew.
        List<Report.Waiting> unknown = report.waiting().stream()
                .filter(each -> isUnknown(each.request().key()))
                .toList();
        List<RequestKey> granted = waiting.keySet().stream()
                .filter(presence::isRunning)
                .sorted(Comparator.comparingLong(RequestKey::value))
                .toList();
        takeOldPlaces(told);
        endWhatNobodyHas(told);
        tellHolders(told);
        granted.forEach(key -> told.tellAgain(granted(key)));
        unknown.forEach(each -> ask(each, told));
    }

    private boolean isUnknown(RequestKey key) {
        return !engine.isLive(key) && aside.find(key).isEmpty();
    }

    /** First of all, so that what comes free is given to whoever is in front. */
    private void takeOldPlaces(EntryEffects told) {
        List<RequestKey> back =
                presence.asideOf(member).stream().filter(waiting::containsKey).toList();
        waiting.keySet().forEach(told::asks);
        told.add(aside.bringBack(back));
    }

    private void endWhatNobodyHas(EntryEffects told) {
        presence.asideOf(member).forEach(key -> told.add(aside.end(key)));
        for (RequestKey key : presence.requestsOf(member)) {
            if (!holding.contains(key) && !waiting.containsKey(key)) {
                told.add(engine.end(key));
            }
        }
    }

    private void tellHolders(EntryEffects told) {
        for (RequestKey key : report.holding()) {
            Effect.CancelRunning cancel = leases.cancelled().get(key);
            if (!presence.isRunning(key)) {
                told.add(engine.end(key));
                told.stop(key);
            } else if (cancel != null) {
                told.tellAgain(ofItsOwner(cancel));
            }
        }
    }

    /** It may have become another's since it was told first. */
    private Effect.CancelRunning ofItsOwner(Effect.CancelRunning cancel) {
        return engine.find(cancel.request())
                .map(now -> new Effect.CancelRunning(cancel.request(), now.owner(), cancel.group(), cancel.by()))
                .orElse(cancel);
    }

    private void ask(Report.Waiting each, EntryEffects told) {
        Request request = each.request();
        try {
            declarations.check(request);
            told.add(
                    each.place().isPresent()
                            ? engine.requestAgain(
                                    request,
                                    each.place().get().ticket(),
                                    each.place().get().since())
                            : engine.request(request));
        } catch (RuntimeException x) {
            told.refused(request.key(), x);
        }
    }

    /** Once more as it was told, but for the groups of which it takes nothing. */
    private Effect.Granted granted(RequestKey key) {
        List<RequestView> shares = engine.shares(key);
        if (shares.isEmpty()) {
            return grantedNothing(waiting.get(key).request());
        }
        RequestView first = shares.get(0);
        return new Effect.Granted(
                key,
                first.owner(),
                first.ticket(),
                shares.stream()
                        .map(share -> new Grant(
                                share.claim().group(),
                                share.slots(),
                                share.claim().exclusive()))
                        .toList(),
                List.of(),
                Duration.between(first.since(), first.runningSince().orElseThrow()),
                first.overLimit());
    }

    /** A lease around it has all that it wants. */
    private static Effect.Granted grantedNothing(Request request) {
        return new Effect.Granted(request.key(), request.owner(), 0, List.of(), List.of(), Duration.ZERO, false);
    }
}
