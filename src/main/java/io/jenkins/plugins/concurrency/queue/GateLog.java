package io.jenkins.plugins.concurrency.queue;

import hudson.Util;
import hudson.model.Job;
import hudson.model.Queue;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.manager.GrantText;
import io.jenkins.plugins.concurrency.manager.GroupLabels;
import io.jenkins.plugins.concurrency.manager.LogNames;
import io.jenkins.plugins.concurrency.manager.OutcomeText;
import java.util.List;

/** What a build's log tells about the time before it. */
final class GateLog {
    private static final long WORTH_TELLING = 1_000;

    private GateLog() {}

    static List<String> granted(Effect.Granted effect) {
        long waited = effect.waited().toMillis();
        return GrantText.ofBuild(
                effect, waited < WORTH_TELLING ? "" : Messages.GateLog_waited(Util.getTimeSpanString(waited)));
    }

    /** Why a build of a job could not have its slots. Other builds are named as far as it may read them. */
    static String failure(Effect.Ended effect, long id, Job<?, ?> job) {
        Queue.Item item = Queue.getInstance().getItem(id);
        return failure(effect, item == null ? LogNames.in(job) : LogNames.in(item, job));
    }

    private static String failure(Effect.Ended effect, LogNames names) {
        return effect.circle().size() == 1 ? deadlock(effect.circle().get(0), names) : OutcomeText.error(effect, names);
    }

    /** Who holds what it waits for waits for it to start. */
    private static String deadlock(Effect.Blockage link, LogNames names) {
        return Messages.GateLog_deadlock(GroupLabels.label(link.group()), names.plain(link.holder()));
    }
}
