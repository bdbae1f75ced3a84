package io.jenkins.plugins.concurrency.cluster;

import io.jenkins.plugins.concurrency.engine.Direction;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import java.nio.BufferUnderflowException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How calls are written in the log. */
final class CallCodec {
    private CallCodec() {}

    static byte[] encode(Call call) {
        Encoder out = new Encoder();
        out.text(call.getClass().getSimpleName());
        if (call instanceof Call.Ask ask) {
            out.request(ask.request());
        } else if (call instanceof Call.AskAgain again) {
            out.request(again.request());
            out.number(again.ticket());
            out.instant(again.since());
        } else if (call instanceof Call.End end) {
            out.key(end.key());
        } else if (call instanceof Call.Withdraw withdraw) {
            out.key(withdraw.key());
        } else if (call instanceof Call.Transfer transfer) {
            out.key(transfer.key());
            out.owner(transfer.to());
        } else if (call instanceof Call.StartNow start) {
            out.key(start.key());
        } else if (call instanceof Call.Move move) {
            out.key(move.key());
            out.constant(move.direction());
        } else if (call instanceof Call.OverrideLimit override) {
            out.group(override.group());
            out.optional(override.limit());
        } else if (call instanceof Call.Pause pause) {
            out.group(pause.group());
            out.flag(pause.on());
        } else if (call instanceof Call.Declare declare) {
            policies(out, declare.groups());
        } else if (call instanceof Call.Relocate relocate) {
            out.text(relocate.from());
            out.text(relocate.to());
        } else if (call instanceof Call.ComeBack back) {
            report(out, back.report());
        } else if (call instanceof Call.Forget forget) {
            out.text(forget.member());
        }
        return out.toBytes();
    }

    /**
     * @throws IllegalArgumentException if these bytes are no call that this version knows
     */
    static Call decode(byte[] bytes) {
        Decoder in = new Decoder(bytes);
        try {
            Call call = call(in);
            in.end();
            return call;
        } catch (BufferUnderflowException x) {
            throw new IllegalArgumentException("The entry is cut off.", x);
        }
    }

    private static Call call(Decoder in) {
        String name = in.text();
        return switch (name) {
            case "Ask" -> new Call.Ask(in.request());
            case "AskAgain" -> new Call.AskAgain(in.request(), in.longNumber(), in.instant());
            case "End" -> new Call.End(in.key());
            case "Withdraw" -> new Call.Withdraw(in.key());
            case "Transfer" -> new Call.Transfer(in.key(), in.owner());
            case "StartNow" -> new Call.StartNow(in.key());
            case "Move" -> new Call.Move(in.key(), in.constant(Direction.class));
            case "OverrideLimit" -> new Call.OverrideLimit(in.group(), in.optionalNumber());
            case "Pause" -> new Call.Pause(in.group(), in.flag());
            case "Declare" -> new Call.Declare(policies(in));
            case "Relocate" -> new Call.Relocate(in.text(), in.text());
            case "ComeBack" -> new Call.ComeBack(report(in));
            case "Forget" -> new Call.Forget(in.text());
            case "Tick" -> new Call.Tick();
            default -> throw new IllegalArgumentException("There is no call '" + name + "'.");
        };
    }

    static void policies(Encoder out, Map<GroupKey, SharedPolicy> policies) {
        out.list(new TreeMap<>(policies).entrySet(), policy -> {
            out.group(policy.getKey());
            out.policy(policy.getValue());
        });
    }

    static Map<GroupKey, SharedPolicy> policies(Decoder in) {
        Map<GroupKey, SharedPolicy> policies = new TreeMap<>();
        in.list(() -> policies.put(in.group(), in.sharedPolicy()));
        return policies;
    }

    private static void report(Encoder out, Report report) {
        out.list(report.holding(), out::key);
        out.list(report.waiting(), waiting -> {
            out.request(waiting.request());
            out.optional(waiting.place(), place -> {
                out.number(place.ticket());
                out.instant(place.since());
            });
        });
    }

    private static Report report(Decoder in) {
        List<io.jenkins.plugins.concurrency.engine.RequestKey> holding = in.list(in::key);
        return new Report(
                holding,
                in.list(() -> new Report.Waiting(
                        in.request(), in.optional(() -> new Report.Place(in.longNumber(), in.instant())))));
    }
}
