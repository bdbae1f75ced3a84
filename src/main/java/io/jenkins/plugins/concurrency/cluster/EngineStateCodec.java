package io.jenkins.plugins.concurrency.cluster;

import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.EngineSnapshot;

/** How the part of a snapshot is written that is the engine's. */
final class EngineStateCodec {
    private EngineStateCodec() {}

    static void write(Encoder out, EngineSnapshot engine) {
        out.number(engine.lastTicket());
        out.number(engine.lastMove());
        out.flag(engine.disordered());
        out.list(engine.groups(), group -> write(out, group));
        out.list(engine.requests(), request -> write(out, request));
        out.list(engine.blocked(), out::key);
    }

    static EngineSnapshot read(Decoder in) {
        return new EngineSnapshot(
                in.longNumber(),
                in.longNumber(),
                in.flag(),
                in.list(() -> group(in)),
                in.list(() -> request(in)),
                in.list(in::key));
    }

    private static void write(Encoder out, EngineSnapshot.OfGroup group) {
        out.group(group.key());
        out.optional(group.declared(), out::policy);
        out.optional(group.override());
        out.flag(group.paused());
        out.number(group.newestLimit());
        out.number(group.newestTicket());
        out.list(group.turns(), turns -> {
            write(out, turns.level());
            out.list(turns.jobs(), out::text);
        });
    }

    private static EngineSnapshot.OfGroup group(Decoder in) {
        return new EngineSnapshot.OfGroup(
                in.group(),
                in.optional(in::policy),
                in.optionalNumber(),
                in.flag(),
                in.number(),
                in.longNumber(),
                in.list(() -> new EngineSnapshot.Turns(level(in), in.list(in::text))));
    }

    private static void write(Encoder out, EngineSnapshot.Level level) {
        out.number(level.hand());
        out.number(level.groupPriority());
        out.number(level.priority());
    }

    private static EngineSnapshot.Level level(Decoder in) {
        return new EngineSnapshot.Level(in.longNumber(), in.number(), in.number());
    }

    private static void write(Encoder out, EngineSnapshot.OfRequest request) {
        out.key(request.key());
        out.owner(request.owner());
        out.constant(request.behavior());
        out.number(request.priority());
        out.optional(request.maxQueued());
        out.optional(request.deadline());
        out.list(request.within(), out::key);
        out.list(request.stalls(), out::key);
        out.list(request.nested(), out::group);
        out.number(request.ticket());
        out.number(request.since());
        out.list(request.shares(), share -> write(out, share));
        out.number(request.taken());
        out.optional(request.level(), level -> write(out, level));
        out.optional(request.runningSince());
        out.flag(request.leaving());
        out.flag(request.overLimit());
        out.flag(request.putBack());
        out.optional(request.moved(), out::place);
    }

    private static EngineSnapshot.OfRequest request(Decoder in) {
        return new EngineSnapshot.OfRequest(
                in.key(),
                in.owner(),
                in.constant(Behavior.class),
                in.number(),
                in.optionalNumber(),
                in.optionalLong(),
                in.list(in::key),
                in.list(in::key),
                in.list(in::group),
                in.longNumber(),
                in.longNumber(),
                in.list(() -> share(in)),
                in.number(),
                in.optional(() -> level(in)),
                in.optionalLong(),
                in.flag(),
                in.flag(),
                in.flag(),
                in.optional(in::place));
    }

    private static void write(Encoder out, EngineSnapshot.OfShare share) {
        out.group(share.group());
        out.number(share.asked());
        out.number(share.wanted());
        out.number(share.limit());
        out.list(share.slots(), out::number);
    }

    private static EngineSnapshot.OfShare share(Decoder in) {
        return new EngineSnapshot.OfShare(in.group(), in.number(), in.number(), in.number(), in.list(in::number));
    }
}
