package io.jenkins.plugins.concurrency.lab.rehearse.steps;

import com.cloudbees.groovy.cps.Outcome;
import hudson.AbortException;
import io.jenkins.plugins.concurrency.arguments.AskedBlock;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.Grant;
import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.lab.rehearse.build.Build;
import io.jenkins.plugins.concurrency.lab.rehearse.build.Groups;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Context;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Once;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Running;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Task;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Event;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Stay;
import io.jenkins.plugins.concurrency.lab.rehearse.locks.Endings;
import io.jenkins.plugins.concurrency.lab.rehearse.locks.Waiter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** A block that waits for its slots, then runs, then gives them back. */
final class HeldBlock implements Running, Waiter {
    private final Build build;
    private final AskedBlock asked;
    private final Task body;
    private final Context context;
    private final Once then;
    private final RequestKey key;
    private Stay stay;
    private Running running;
    private boolean superseded;

    private HeldBlock(Build build, AskedBlock asked, Task body, Context context, Consumer<Outcome> then) {
        this.build = build;
        this.asked = asked;
        this.body = body;
        this.context = context;
        this.then = new Once(then);
        this.key = build.world().locks().nextKey();
    }

    static Task task(Build build, AskedBlock asked, Task body) {
        return (context, then) -> {
            HeldBlock block = new HeldBlock(build, asked, body, context, then);
            block.request();
            return block;
        };
    }

    private void request() {
        List<RequestKey> within = new ArrayList<>(context.leases());
        within.addAll(build.around());
        try {
            Request request = asked.request(
                    key, build.owner(), Groups.of(build), build.world().time(), within);
            stay = build.world()
                    .journal()
                    .asks(build.name(), String.join("/", context.branch()), request, context.agent() != null);
            build.world().locks().request(request, stay, this);
        } catch (InvalidRequestException x) {
            fail(new AbortException(x.getMessage()));
        }
    }

    private void fail(Throwable cause) {
        build.world().time().soon(() -> then.accept(new Outcome(null, cause)));
    }

    @Override
    public void granted(Effect.Granted effect) {
        build.world().journal().entered(stay, text(effect));
        Context slots = Blocks.with(context.inside(key), asked.variable(), slot(effect));
        Context inside = Blocks.with(
                slots, asked.fence(), String.valueOf(build.world().locks().nextFence()));
        running = body.start(inside, outcome -> {
            build.world().journal().ended(stay, Event.Kind.LEFT, "leaves");
            build.world().locks().end(key);
            then.accept(outcome);
        });
    }

    private static String text(Effect.Granted effect) {
        if (effect.grants().isEmpty()) {
            return "enters; an enclosing block has the slots";
        }
        return effect.grants().stream()
                .map(grant -> grant.exclusive()
                        ? "has all of '" + grant.group().name() + "'"
                        : "has " + slots(grant) + " of '" + grant.group().name() + "'")
                .collect(Collectors.joining(", "));
    }

    private static String slots(Grant grant) {
        return (grant.slots().size() == 1 ? "slot " : "slots ")
                + grant.slots().stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static String slot(Effect.Granted effect) {
        return effect.grants().isEmpty()
                ? ""
                : effect.grants().get(0).slots().stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    @Override
    public void ended(Effect.Ended effect) {
        String text = Endings.text(effect);
        build.world().journal().ended(stay, Endings.kind(effect.outcome()), text);
        switch (effect.outcome()) {
            case SKIPPED -> then.accept(new Outcome(null, null));
            case SUPERSEDED, DISPLACED -> {
                superseded = true;
                build.interrupt(new FlowInterruptedException(asked.result(), text));
            }
            case CANCELLED, QUEUE_FULL_CANCELLED ->
                then.accept(new Outcome(null, new FlowInterruptedException(asked.result(), text)));
            case EXPIRED -> {
                FlowInterruptedException gaveUp = new FlowInterruptedException("ABORTED", text);
                gaveUp.setActualInterruption(false);
                then.accept(new Outcome(null, gaveUp));
            }
            default -> then.accept(new Outcome(null, new AbortException(text)));
        }
    }

    @Override
    public void cancelled(Effect.CancelRunning effect) {
        String text =
                "Cancelled by " + effect.by() + " in group '" + effect.group().name() + "'";
        build.world().journal().told(stay, Event.Kind.CANCELLED, text);
        build.interrupt(new FlowInterruptedException(asked.result(), text));
    }

    @Override
    public void stop(Throwable cause) {
        if (running != null) {
            running.stop(cause);
            return;
        }
        if (!superseded && stay != null && stay.ended() == Stay.NEVER) {
            build.world().journal().ended(stay, Event.Kind.LEFT, "is stopped while it waits");
            build.world().locks().end(key);
        }
        fail(cause);
    }
}
