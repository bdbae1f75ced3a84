package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.concurrency.engine.Direction;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.settings.Decision;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.stream.Collectors;

/** What people do by hand, as the logs of the builds concerned tell it, in the language of the current thread. */
final class HandText {
    private HandText() {}

    static String moved(Person by, Direction direction, GroupKey group) {
        String label = GroupLabels.label(group);
        return switch (direction) {
            case TOP -> Messages.HandText_top(by.name(), label);
            case UP -> Messages.HandText_up(by.name(), label);
            case DOWN -> Messages.HandText_down(by.name(), label);
            case BOTTOM -> Messages.HandText_bottom(by.name(), label);
        };
    }

    static String started(Person by, GroupKey group) {
        return Messages.HandText_started(by.name(), GroupLabels.label(group));
    }

    static String released(Person by, List<GroupKey> groups) {
        return Messages.HandText_released(by.name(), labels(groups));
    }

    static String cancelled(Person by, List<GroupKey> groups, boolean running) {
        return running
                ? Messages.HandText_cancelledRunning(by.name(), labels(groups))
                : Messages.HandText_cancelledWaiting(by.name(), labels(groups));
    }

    private static String labels(List<GroupKey> groups) {
        return groups.stream().map(GroupLabels::label).collect(Collectors.joining(", "));
    }

    static String decided(Person by, Decision decision) {
        String group = GroupLabels.label(decision.group());
        String what = decision.isPause()
                ? decision.until()
                        .map(end -> Messages.HandText_pausedUntil(by.name(), group, time(end)))
                        .orElseGet(() -> Messages.HandText_paused(by.name(), group))
                : Messages.HandText_limit(by.name(), group, decision.limit().getAsInt());
        String reason = decision.getReason();
        return reason == null ? what : what + " " + Messages.HandText_reason(reason);
    }

    private static String time(Instant end) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM)
                .withZone(ZoneId.systemDefault())
                .format(end);
    }

    /** @param by null if the end of the pause has come */
    static String takenBack(@CheckForNull Person by, Decision decision) {
        String group = GroupLabels.label(decision.group());
        if (by == null) {
            return Messages.HandText_pauseEnded(group);
        }
        return decision.isPause()
                ? Messages.HandText_resumed(by.name(), group)
                : Messages.HandText_limitReset(by.name(), group);
    }
}
