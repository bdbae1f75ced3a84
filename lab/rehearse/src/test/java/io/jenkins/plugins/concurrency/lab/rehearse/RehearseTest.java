package io.jenkins.plugins.concurrency.lab.rehearse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import picocli.CommandLine;

/** The command line. */
class RehearseTest {
    private static final String PLAN = """
            jobs: {shop: {jenkinsfile: Jenkinsfile, builds: {every: 10s, count: 3}}}
            steps: {sh: 30s}
            expect:
              - never more than 1 in <x> & "y"
              - build 3 of shop ends ABORTED
            """;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine command = Rehearse.command();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        return command.execute(arguments);
    }

    private String file(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void allFormsOfTheReportSayTheSame() throws Exception {
        file("Jenkinsfile", "concurrency(group: '<x> & \"y\"') { sh 'x' }");
        int exit =
                run(file("plan.yaml", PLAN), "--report", at("p.html"), "--json", at("p.json"), "--junit", at("p.xml"));
        assertEquals(1, exit, err::toString);
        assertTrue(
                out.toString().contains("NOT EXPECTED  build 3 of shop ends ABORTED: shop#3 ends SUCCESS."),
                out.toString());

        Document junit = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(folder.resolve("p.xml").toFile());
        assertEquals("1", junit.getDocumentElement().getAttribute("failures"));
        assertEquals(2, junit.getElementsByTagName("testcase").getLength());

        JsonNode json = new ObjectMapper().readTree(folder.resolve("p.json").toFile());
        assertEquals("SUCCESS", json.at("/builds/2/result").asText());
        assertEquals(60_000, json.at("/stays/2/entered").asLong());
        assertEquals("shop#1", json.at("/stays/2/behind").asText());

        String page = Files.readString(folder.resolve("p.html"));
        assertTrue(page.contains("&lt;x&gt; &amp; &quot;y&quot;"));
        assertFalse(page.contains("<x>"), "a name of a Jenkinsfile is not markup");
        assertTrue(page.contains("prefers-color-scheme: dark") && page.contains("@media print"));
        assertFalse(page.contains("http"), "the page needs nothing but itself");
    }

    @Test
    void jenkinsfilesAreRehearsedWithoutAPlan() throws Exception {
        String one = file("one.Jenkinsfile", "concurrency(group: 'x') { sh 'x' }");
        String two = file("two.Jenkinsfile", "sh 'x'");
        assertEquals(0, run(one, two, "--builds", "4", "--every", "1m", "--no-report"), err::toString);
        assertTrue(out.toString().contains("8 builds in 3m 10s"), out.toString());
    }

    @Test
    void aMistakeInAJenkinsfileIsToldWithLineAndColumn() throws Exception {
        assertEquals(2, run(file("a.Jenkinsfile", "node {\n  sh 'x'\n"), "--no-report"));
        assertTrue(err.toString().matches("(?s)a.Jenkinsfile:\\d+:\\d+: .*"), err.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
    }

    @Test
    void aMistakeInAPlanIsToldWithItsLine() throws Exception {
        file("Jenkinsfile", "sh 'x'");
        assertEquals(2, run(file("plan.yaml", "jobs:\n  shop:\n    jenkinsfle: Jenkinsfile\n"), "--no-report"));
        assertTrue(
                err.toString().contains("plan.yaml:3: field 'jobs.shop.jenkinsfle': there is no such field"),
                err.toString());
    }

    @Test
    void aFileThatIsNotThereIsToldInASentence() {
        assertEquals(2, run(at("none.Jenkinsfile"), "--no-report"));
        assertTrue(err.toString().contains("there is no such file"), err.toString());
        assertEquals(2, run(at("none.yaml"), "--no-report"));
    }

    @Test
    void whatTakesTooMuchIsStopped() throws Exception {
        String jenkinsfile = file("a.Jenkinsfile", "def x = []; while (true) { x << 'a'; sleep 1 }");
        assertEquals(3, run(jenkinsfile, "--time-limit", "1", "--no-report", "--builds", "50"), out::toString);
        assertTrue(err.toString().contains("was stopped after 1 seconds"), err.toString());
    }

    @Test
    void theSameSeedGivesTheSameTimes() throws Exception {
        file("Jenkinsfile", "concurrency(group: 'x') { sh 'x' }");
        String plan = file("plan.yaml", """
                jobs: {shop: {jenkinsfile: Jenkinsfile, builds: {burst: 5}}}
                steps: {sh: {median: 30s, sigma: 0.5}}
                seed: 4
                """);
        run(plan, "--no-report");
        String first = out.toString();
        out.getBuffer().setLength(0);
        run(plan, "--no-report");
        assertEquals(first, out.toString());
    }
}
