package io.jenkins.plugins.concurrency.lab.rehearse.report;

import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Journal;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Stay;
import io.jenkins.plugins.concurrency.lab.simulator.Svg;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** For each group, how many were inside and how many waited, over time. */
final class GroupChart {
    private static final int WIDTH = 1080;
    private static final int LEFT = 60;
    private static final int HEIGHT = 60;
    private static final int MOST_GROUPS = 24;

    private GroupChart() {}

    static List<String> of(Journal journal) {
        Map<GroupKey, List<Stay>> groups = new LinkedHashMap<>();
        journal.stays()
                .forEach(stay -> groups.computeIfAbsent(stay.claim().group(), key -> new ArrayList<>())
                        .add(stay));
        List<String> charts = new ArrayList<>();
        groups.entrySet().stream()
                .limit(MOST_GROUPS)
                .forEach(group -> charts.add(chart(group.getKey(), group.getValue(), journal.end())));
        if (groups.size() > MOST_GROUPS) {
            charts.add("<p class=\"soft\">The first " + MOST_GROUPS + " of " + groups.size() + " groups.</p>");
        }
        return charts;
    }

    private static String chart(GroupKey key, List<Stay> stays, long until) {
        TreeMap<Long, Integer> inside = new TreeMap<>();
        TreeMap<Long, Integer> waiting = new TreeMap<>();
        for (Stay stay : stays) {
            long end = stay.ended() == Stay.NEVER ? until : stay.ended();
            long from = stay.entered() == Stay.NEVER ? end : stay.entered();
            span(waiting, stay.asked(), from);
            span(inside, from, end);
        }
        int most = Math.max(1, Math.max(highest(inside), highest(waiting)));
        Scale time = new Scale(until, LEFT, WIDTH - 12);
        Svg svg = new Svg(WIDTH, HEIGHT + 28, "Inside and waiting of " + key.name());
        svg.text(LEFT - 8, 12, "end", String.valueOf(most)).text(LEFT - 8, HEIGHT, "end", "0");
        svg.path(line(waiting, time, most), "waits", "waiting").path(line(inside, time, most), "line", "inside");
        time.draw(svg, HEIGHT + 4);
        return "<h3>" + Svg.escape(key.name()) + " <span class=\"soft\">" + Svg.escape(place(key)) + ": at most "
                + highest(inside) + " inside, " + highest(waiting) + " waiting</span></h3>" + svg;
    }

    private static String place(GroupKey key) {
        return key.context().isEmpty() ? key.scope().toString() : key.scope() + " " + key.context();
    }

    private static void span(TreeMap<Long, Integer> changes, long from, long to) {
        if (to > from) {
            changes.merge(from, 1, Integer::sum);
            changes.merge(to, -1, Integer::sum);
        }
    }

    private static int highest(TreeMap<Long, Integer> changes) {
        int now = 0;
        int most = 0;
        for (int change : changes.values()) {
            now += change;
            most = Math.max(most, now);
        }
        return most;
    }

    private static String line(TreeMap<Long, Integer> changes, Scale time, int most) {
        StringBuilder points = new StringBuilder(Svg.point(LEFT, HEIGHT));
        int now = 0;
        for (Map.Entry<Long, Integer> change : changes.entrySet()) {
            double x = time.at(change.getKey());
            points.append(Svg.point(x, y(now, most)));
            now += change.getValue();
            points.append(Svg.point(x, y(now, most)));
        }
        return points.append(Svg.point(time.to(), y(now, most))).toString();
    }

    private static double y(int value, int most) {
        return HEIGHT - (HEIGHT - 8.0) * value / most;
    }
}
