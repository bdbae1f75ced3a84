package io.jenkins.plugins.concurrency.queue;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.manager.Idle;
import io.jenkins.plugins.concurrency.queue.Limited.Kind;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.Level;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A job's file that was made by hand, and does not name everything. */
@WithJenkins
class LimitFileTest {
    private static final List<String> ELEMENTS =
            List.of("causes", "unit", "result", "behavior", "limit", "slots", "exclusive", "priority", "waitTimeout");

    private static String without(String element, String xml) {
        String less = xml.replaceAll("(?s)\\s*<" + element + "(/>|>.*?</" + element + ">)", "");
        assertThat(less, not(containsString("<" + element)));
        return less;
    }

    @ParameterizedTest
    @EnumSource
    void whatItLeavesOutIsAsUsualAndTheJobIsLimited(Kind kind, JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setNumExecutors(4);
        Limited model = Limited.create(jenkins, kind, "model", new ConcurrencyLimitProperty());
        String xml = model.job().getConfigFile().asString().replaceAll("(?s)<builders>.*</builders>", "");
        String bare = xml;
        for (String element : ELEMENTS) {
            assertLimited(jenkins, "no-" + element, without(element, xml));
            bare = without(element, bare);
        }
        assertLimited(jenkins, "bare", bare);
        post(jenkins, model.job(), bare);
        assertLimited(jenkins, model);
        Idle.await();
    }

    private static String with(String element, String value, String xml) {
        String other = "<" + element + ">" + value + "</" + element + ">";
        return without(element, xml).replace("<exclusive>", other + "<exclusive>");
    }

    @Test
    void whatCannotBeIsAsUsualTheJobIsLimitedAndTheLogSaysSo(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setNumExecutors(4);
        Limited model = Limited.create(jenkins, Kind.FREESTYLE, "model", new ConcurrencyLimitProperty());
        String xml = model.job().getConfigFile().asString().replaceAll("(?s)<builders>.*</builders>", "");
        String cause = "<" + CauseKind.class.getName() + ">MOON</" + CauseKind.class.getName() + ">";
        String all = xml;
        for (String[] bad : new String[][] {
            {"limit", "99999999999"},
            {"slots", "-4"},
            {"behavior", "WAIT"},
            {"unit", "FORTNIGHTS"},
            {"result", "FAILURE"},
            {"priority", "high"},
            {"maxQueued", "-1"},
            {"waitTimeout", "-7"},
            {"scope", "PLANET"}
        }) {
            all = with(bad[0], bad[1], all);
        }
        all = with("causes", cause, all);
        try (LogRecorder log = new LogRecorder()) {
            log.record(LimitFile.class, Level.WARNING).capture(10);
            assertLimited(jenkins, "bad", all);
            assertLimited(jenkins, "worse", with("limit", "-2", with("slots", "2000", all)));
            assertEquals(2, log.getMessages().size(), () -> "" + log.getMessages());
            for (String told : List.of(
                    "The configuration of 'bad' has a concurrency limit with invalid values.",
                    "99999999999",
                    "The number of slots is -4.",
                    "Behavior.WAIT",
                    "TimeUnit.FORTNIGHTS",
                    "EndResult.FAILURE",
                    "\"high\"",
                    "'maxQueued' is -1.",
                    "'waitTimeout' is -7.",
                    "Scope.PLANET",
                    "CauseKind.MOON")) {
                assertThat(log.getMessages().get(0), containsString(told));
            }
            assertThat(log.getMessages().get(1), containsString("The limit is -2. The number of slots is 2000."));
        }
        Idle.await();
    }

    private static void assertLimited(JenkinsRule jenkins, String name, String xml) throws Exception {
        Job<?, ?> job = (Job<?, ?>) jenkins.jenkins.createProjectFromXML(
                name, new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        assertLimited(jenkins, new Limited(jenkins, job));
    }

    private static void assertLimited(JenkinsRule jenkins, Limited job) throws Exception {
        if (job.job() instanceof FreeStyleProject freestyle) {
            // It is a class of the tests, which Jenkins does not find.
            freestyle.getBuildersList().add(new Limited.Held());
        }
        jenkins.assertEqualDataBoundBeans(
                new ConcurrencyLimitProperty(), job.job().getProperty(ConcurrencyLimitProperty.class));
        Run<?, ?> first = job.inside();
        Queue.Item second = job.waiting();
        job.finish(first);
        job.finish(job.inside(second));
    }

    private static void post(JenkinsRule jenkins, Job<?, ?> job, String xml) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            WebRequest request = new WebRequest(client.createCrumbedUrl(job.getUrl() + "config.xml"), HttpMethod.POST);
            request.setAdditionalHeader("Content-Type", "application/xml");
            request.setRequestBody(xml);
            assertEquals(200, client.getPage(request).getWebResponse().getStatusCode());
        }
    }
}
