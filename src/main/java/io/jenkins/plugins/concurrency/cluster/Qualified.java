package io.jenkins.plugins.concurrency.cluster;

import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import java.util.Set;

/** Gives a controller's owners its name, as all see them. */
final class Qualified {
    private Qualified() {}

    static Call call(Call call, String member) {
        if (call instanceof Call.Ask ask) {
            return new Call.Ask(request(ask.request(), member));
        } else if (call instanceof Call.AskAgain again) {
            return new Call.AskAgain(request(again.request(), member), again.ticket(), again.since());
        } else if (call instanceof Call.Transfer transfer) {
            return new Call.Transfer(transfer.key(), new SharedOwner(member, transfer.to()).toShared());
        }
        return call;
    }

    /** @param asked requests of which a call is on its way, which is right before the report */
    static Report report(Report report, String member, Set<RequestKey> asked) {
        return new Report(
                report.holding(),
                report.waiting().stream()
                        .filter(waiting -> !asked.contains(waiting.request().key()))
                        .map(waiting -> new Report.Waiting(request(waiting.request(), member), waiting.place()))
                        .toList());
    }

    private static Request request(Request request, String member) {
        return new Request(
                request.key(),
                new SharedOwner(member, request.owner()).toShared(),
                request.claims(),
                request.behavior(),
                request.priority(),
                request.maxQueued(),
                request.deadline(),
                request.within(),
                request.stalls());
    }
}
