package io.jenkins.plugins.concurrency.lab.simulator;

import java.util.Locale;

/** A picture of straight lines and words, whose colours come from the page around it. */
public final class Svg {
    private final StringBuilder out = new StringBuilder();

    public Svg(int width, int height, String label) {
        out.append(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" width=\"%d\" role=\"img\" aria-label=\"%s\">",
                width,
                height,
                width,
                escape(label)));
    }

    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    public Svg rectangle(double x, double y, double width, double height, String style, String title) {
        out.append(String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" class=\"%s\">",
                x,
                y,
                Math.max(0.6, width),
                height,
                style));
        out.append(title.isEmpty() ? "" : "<title>" + escape(title) + "</title>")
                .append("</rect>");
        return this;
    }

    public Svg line(double x1, double y1, double x2, double y2, String style) {
        out.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" class=\"%s\"/>",
                x1,
                y1,
                x2,
                y2,
                style));
        return this;
    }

    /** @param points pairs of coordinates, such as {@code 1,2 3,4} */
    public Svg path(String points, String style, String title) {
        out.append("<polyline points=\"")
                .append(points)
                .append("\" class=\"")
                .append(style)
                .append("\">");
        out.append("<title>").append(escape(title)).append("</title></polyline>");
        return this;
    }

    public Svg area(String points, String style) {
        out.append("<polygon points=\"")
                .append(points)
                .append("\" class=\"")
                .append(style)
                .append("\"/>");
        return this;
    }

    public Svg text(double x, double y, String style, String text) {
        out.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" class=\"%s\">", x, y, style));
        out.append(escape(text)).append("</text>");
        return this;
    }

    public static String point(double x, double y) {
        return String.format(Locale.ROOT, "%.1f,%.1f ", x, y);
    }

    @Override
    public String toString() {
        return out + "</svg>";
    }
}
