package io.jenkins.plugins.concurrency.cluster;

import io.jenkins.plugins.concurrency.engine.Engine;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.SetAside;

/** Makes the calls of entries to a replica's engine. */
final class Calls {
    private final Engine engine;
    private final SetAside aside;
    private final Declarations declarations;
    private final Presence presence;
    private final Leases leases;

    Calls(Engine engine, SetAside aside, Declarations declarations, Presence presence, Leases leases) {
        this.engine = engine;
        this.aside = aside;
        this.declarations = declarations;
        this.presence = presence;
        this.leases = leases;
    }

    void perform(Entry entry, Call call, EntryEffects told) {
        if (call instanceof Call.Ask ask) {
            if (isNew(ask.request().key())) {
                declarations.check(ask.request());
                told.asks(ask.request().key());
                told.add(engine.request(ask.request()));
            }
        } else if (call instanceof Call.AskAgain again) {
            if (isNew(again.request().key())) {
                declarations.check(again.request());
                told.asks(again.request().key());
                told.add(engine.requestAgain(again.request(), again.ticket(), again.since()));
            }
        } else if (call instanceof Call.End end) {
            told.add(engine.end(end.key()));
            told.add(aside.end(end.key()));
        } else if (call instanceof Call.Withdraw withdraw) {
            told.add(engine.withdraw(withdraw.key()));
            told.add(aside.end(withdraw.key()));
        } else if (call instanceof Call.Transfer transfer) {
            engine.transfer(transfer.key(), transfer.to());
            aside.transfer(transfer.key(), transfer.to());
        } else if (call instanceof Call.Relocate relocate) {
            String from = SharedOwner.path(entry.member(), relocate.from());
            String to = SharedOwner.path(entry.member(), relocate.to());
            engine.relocate(from, to);
            aside.relocate(from, to);
        } else if (call instanceof Call.ComeBack back) {
            new Comeback(engine, aside, presence, leases, declarations, entry.member(), back.report()).perform(told);
            presence.present(entry.member(), entry.epoch());
        } else if (call instanceof Call.Forget forget) {
            presence.forget(forget.member(), told);
            declarations.remove(forget.member());
            told.add(engine.declare(declarations.policies()));
        } else if (call instanceof Call.Declare declare) {
            declarations.put(entry.member(), new Declarations.Declared(entry.seq(), declare.groups()));
            told.add(engine.declare(declarations.policies()));
        } else {
            byHand(call, told);
        }
    }

    private void byHand(Call call, EntryEffects told) {
        if (call instanceof Call.StartNow start) {
            told.add(engine.startNow(start.key()));
        } else if (call instanceof Call.Move move) {
            told.add(engine.move(move.key(), move.direction()));
        } else if (call instanceof Call.OverrideLimit override) {
            told.add(engine.overrideLimit(override.group(), override.limit()));
        } else if (call instanceof Call.Pause pause) {
            told.add(engine.pause(pause.group(), pause.on()));
        }
    }

    /** An entry that was thought lost may have come in after all, in another epoch. */
    private boolean isNew(RequestKey key) {
        return !engine.isLive(key) && aside.find(key).isEmpty();
    }
}
