package io.jenkins.plugins.concurrency.lab.simulator;

import java.util.List;
import java.util.Map;

/** The pictures of the report. */
final class Charts {
    private static final int WIDTH = 860;
    private static final int LEFT = 64;
    private static final int RIGHT = 12;
    private static final int BAND = 18;
    private static final int MOST_SLOTS = 24;

    private Charts() {}

    /** Who was in which slot, and below it how many waited, over the same time. */
    static String timeline(GroupTally group, long end, List<String> jobs) {
        int slots = Math.min(
                MOST_SLOTS,
                Math.max(
                        group.limit(),
                        group.bars().stream()
                                .mapToInt(GroupTally.Bar::slot)
                                .max()
                                .orElse(1)));
        long until = group.hasAllBars()
                ? end
                : group.bars().stream().mapToLong(GroupTally.Bar::from).max().orElse(end);
        int queueTop = slots * BAND + 14;
        int height = queueTop + 70 + 24;
        Svg svg = new Svg(WIDTH, height, "Slots and queue of " + group.name());
        Scale time = new Scale(until, LEFT, WIDTH - RIGHT);
        for (int slot = 1; slot <= slots; slot++) {
            svg.rectangle(LEFT, (slot - 1) * BAND + 1.0, WIDTH - LEFT - RIGHT, BAND - 3, "empty", "");
            svg.text(LEFT - 8, (slot - 1) * BAND + 12.0, "end", "slot " + slot);
        }
        for (GroupTally.Bar bar : group.bars()) {
            if (bar.slot() <= slots) {
                double height2 = bar.whole() ? slots * BAND - 3.0 : BAND - 3.0;
                svg.rectangle(
                        time.at(bar.from()),
                        (bar.whole() ? 0 : (bar.slot() - 1) * BAND) + 1.0,
                        time.at(Math.min(bar.to(), until)) - time.at(bar.from()) - 0.5,
                        height2,
                        "c" + jobs.indexOf(bar.job()) % 8,
                        bar.job() + ": waited " + DurationText.of(bar.from() - bar.came()) + ", ran "
                                + DurationText.of(bar.to() - bar.from()));
            }
        }
        queue(group, until, time, queueTop, svg);
        axis(time, until, queueTop + 70, svg);
        return svg.toString();
    }

    private static void queue(GroupTally group, long until, Scale time, int top, Svg svg) {
        int max = Math.max(1, group.queue().max());
        StringBuilder points = new StringBuilder(Svg.point(LEFT, top + 70));
        for (int x = LEFT; x <= WIDTH - RIGHT; x++) {
            long moment = Math.min(until, time.valueAt(x));
            points.append(Svg.point(x, top + 70 - 64.0 * group.queue().at(moment) / max));
        }
        points.append(Svg.point(WIDTH - RIGHT, top + 70));
        svg.area(points.toString(), "queue");
        svg.text(LEFT - 8, top + 14, "end", max + " wait");
        svg.line(LEFT, top + 70, WIDTH - RIGHT, top + 70, "axis");
    }

    private static void axis(Scale time, long until, int y, Svg svg) {
        for (int i = 0; i <= 4; i++) {
            double x = time.at(until * i / 4);
            svg.line(x, y, x, y + 4, "axis");
            svg.text(x, y + 17, i == 0 ? "start" : i == 4 ? "end" : "middle", DurationText.of(until * i / 4));
        }
    }

    /** What share of the builds had waited how long at most: one line for each variant. */
    static String waits(Map<String, Figures> variants) {
        int width = 420;
        int height = 190;
        long most =
                variants.values().stream().mapToLong(f -> f.waited(0.99)).max().orElse(0);
        Svg svg = new Svg(width, height, "Waiting time");
        Scale time = new Scale(Math.max(1, most), 44, width - RIGHT - 8);
        for (int percent = 0; percent <= 100; percent += 25) {
            double y = 10 + 1.5 * (100 - percent);
            svg.line(44, y, width - RIGHT - 8, y, "grid");
            svg.text(38, y + 4, "end", percent + " %");
        }
        int number = 0;
        for (Map.Entry<String, Figures> variant : variants.entrySet()) {
            StringBuilder points = new StringBuilder();
            for (int percent = 1; percent <= 100; percent++) {
                double x = time.at(Math.min(most, variant.getValue().waited(percent / 100.0)));
                points.append(Svg.point(x, 10 + 1.5 * (100 - percent)));
            }
            if (variant.getValue().granted() > 0) {
                svg.path(points.toString(), "line l" + number % 8, variant.getKey());
            }
            number++;
        }
        for (int i = 0; i <= 2; i++) {
            svg.text(
                    time.at(most * i / 2),
                    178,
                    i == 0 ? "start" : i == 2 ? "end" : "middle",
                    i == 0 ? "0s" : DurationText.of(most * i / 2));
        }
        return svg.toString();
    }

    /** From values to places on an axis. */
    private record Scale(long max, int from, int to) {
        double at(long value) {
            return from + (to - from) * (double) value / Math.max(1, max);
        }

        long valueAt(double place) {
            return (long) ((place - from) / (to - from) * max);
        }
    }
}
