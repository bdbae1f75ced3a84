package io.jenkins.plugins.concurrency.lab.rehearse.report;

import io.jenkins.plugins.concurrency.lab.rehearse.journal.BuildEntry;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Journal;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Stay;
import io.jenkins.plugins.concurrency.lab.simulator.DurationText;
import io.jenkins.plugins.concurrency.lab.simulator.Svg;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A row for each build: when it ran, when it waited, and in which group it was when. */
final class BuildChart {
    private static final int WIDTH = 1080;
    private static final int LEFT = 190;
    private static final int ROW = 18;
    private static final int MOST_ROWS = 200;
    private static final int COLOURS = 8;

    private final Journal journal;
    private final Scale time;
    private final List<String> groups;
    private final Map<String, Integer> rows = new HashMap<>();
    private final Svg svg;

    private BuildChart(Journal journal) {
        this.journal = journal;
        this.time = new Scale(journal.end(), LEFT, WIDTH - 60);
        this.groups = journal.stays().stream().map(Stay::group).distinct().toList();
        int height = Math.min(MOST_ROWS, journal.builds().size()) * ROW + 30;
        this.svg = new Svg(WIDTH, height, "When each build ran, waited, and was inside of groups");
    }

    static String of(Journal journal) {
        return new BuildChart(journal).draw();
    }

    private String draw() {
        List<BuildEntry> shown =
                journal.builds().subList(0, Math.min(MOST_ROWS, journal.builds().size()));
        for (BuildEntry build : shown) {
            rows.put(build.name(), rows.size());
            build(build, rows.get(build.name()) * ROW);
        }
        journal.stays().stream().filter(stay -> rows.containsKey(stay.build())).forEach(this::stay);
        time.draw(svg, shown.size() * ROW + 2);
        String more = shown.size() < journal.builds().size()
                ? "<p class=\"soft\">The first " + MOST_ROWS + " builds.</p>"
                : "";
        return key() + more + svg;
    }

    private void build(BuildEntry build, int y) {
        svg.text(LEFT - 8, y + 12.0, "end", build.name());
        if (build.started() != Stay.NEVER) {
            long end = build.ended() == Stay.NEVER ? journal.end() : build.ended();
            String took = build.name() + " ran for " + DurationText.of(end - build.started());
            svg.rectangle(time.at(build.started()), y + 5.0, time.at(end) - time.at(build.started()), 6, "run", took);
        }
        if (build.ended() != Stay.NEVER) {
            boolean good = build.result().equals("SUCCESS");
            svg.text(time.at(build.ended()) + 5, y + 12.0, good ? "" : "soft", good ? "" : build.result());
            svg.rectangle(
                    time.at(build.ended()) - 1,
                    y + 2.0,
                    2,
                    12,
                    good ? "good" : "bad",
                    build.result() + " " + build.reason());
        }
    }

    private void stay(Stay stay) {
        int y = rows.get(stay.build()) * ROW;
        String where = stay.branch().isEmpty() ? "" : " [" + stay.branch() + "]";
        long inside = stay.entered() == Stay.NEVER ? stay.ended() : stay.entered();
        if (stay.waited(journal.end()) > 0) {
            double from = time.at(stay.asked());
            double to = time.at(inside == Stay.NEVER ? journal.end() : inside);
            String text = "waits" + where + " for '" + stay.waitedIn() + "' behind " + stay.behind() + ", "
                    + DurationText.of(stay.waited(journal.end()))
                    + (stay.holdsExecutor() ? ", and holds an executor" : "");
            svg.rectangle(from, y + 6.0, to - from, 4, stay.holdsExecutor() ? "held" : "wait", text);
        }
        if (stay.entered() != Stay.NEVER) {
            long end = stay.ended() == Stay.NEVER ? journal.end() : stay.ended();
            String text = "inside" + where + " '" + stay.group() + "', " + DurationText.of(end - stay.entered());
            svg.rectangle(
                    time.at(stay.entered()),
                    y + 3.0,
                    time.at(end) - time.at(stay.entered()),
                    10,
                    colour(stay.group()),
                    text);
        }
    }

    private String colour(String group) {
        return "c" + groups.indexOf(group) % COLOURS;
    }

    private String key() {
        List<String> parts = new ArrayList<>();
        parts.add("<span><i style=\"background:var(--wait)\"></i>waits</span>");
        parts.add("<span><i style=\"background:var(--held)\"></i>waits, and holds an executor</span>");
        for (int i = 0; i < Math.min(COLOURS, groups.size()); i++) {
            parts.add("<span><i style=\"background:var(--c" + i + ")\"></i>inside '" + Svg.escape(groups.get(i))
                    + "'</span>");
        }
        return "<p class=\"key\">" + String.join("", parts) + "</p>";
    }
}
