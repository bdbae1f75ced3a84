package io.jenkins.plugins.concurrency.lab.rehearse.report;

import io.jenkins.plugins.concurrency.lab.simulator.DurationText;
import io.jenkins.plugins.concurrency.lab.simulator.Svg;

/** From moments to places on an axis. */
record Scale(long until, int from, int to) {
    double at(long moment) {
        return from + (to - from) * (double) Math.min(moment, until) / Math.max(1, until);
    }

    void draw(Svg svg, int y) {
        svg.line(from, y, to, y, "axis");
        for (int i = 0; i <= 4; i++) {
            double x = at(until * i / 4);
            svg.line(x, y, x, y + 4, "axis");
            svg.text(x, y + 17, i == 0 ? "start" : i == 4 ? "end" : "middle", DurationText.of(until * i / 4));
        }
    }
}
