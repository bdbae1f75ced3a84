package io.jenkins.plugins.concurrency.lab.rehearse.report;

import io.jenkins.plugins.concurrency.lab.rehearse.expect.Verdict;
import java.util.List;

/** Expectations as JUnit writes the results of tests. */
public final class JUnitReport {
    private JUnitReport() {}

    public static String of(String title, List<Verdict> verdicts) {
        long failures = verdicts.stream().filter(verdict -> !verdict.isMet()).count();
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append("<testsuite name=\"")
                .append(escape(title))
                .append("\" tests=\"")
                .append(verdicts.size());
        xml.append("\" failures=\"").append(failures).append("\" errors=\"0\" skipped=\"0\">\n");
        for (Verdict verdict : verdicts) {
            xml.append("  <testcase classname=\"rehearsal\" name=\"")
                    .append(escape(verdict.expectation()))
                    .append("\"");
            if (verdict.isMet()) {
                xml.append("/>\n");
            } else {
                xml.append(">\n    <failure message=\"")
                        .append(escape(verdict.problem()))
                        .append("\"/>\n  </testcase>\n");
            }
        }
        return xml.append("</testsuite>\n").toString();
    }

    /** What XML 1.0 cannot have at all is left out. */
    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().filter(JUnitReport::isAllowed).forEach(point -> {
            switch (point) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(point);
            }
        });
        return escaped.toString();
    }

    private static boolean isAllowed(int point) {
        return point >= 0x20 && point <= 0xD7FF || point >= 0xE000 && point <= 0xFFFD || point >= 0x10000;
    }
}
