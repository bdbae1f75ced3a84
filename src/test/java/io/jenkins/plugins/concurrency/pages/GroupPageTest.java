package io.jenkins.plugins.concurrency.pages;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Item;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import io.jenkins.plugins.concurrency.Clients;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.RequestView;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.GroupId;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** What can be done from the page of a group, and by whom. */
@ExtendWith(OneJenkins.class)
class GroupPageTest {
    private static final GroupKey PROD = new GroupKey(Scope.FOLDER, "", "prod");

    private JenkinsRule jenkins;
    private Story story;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
        story = new Story(rule);
    }

    private static GroupView group() {
        return ConcurrencyManager.get().group(PROD, 0, 10).orElseThrow();
    }

    private static String running(int index) {
        return group().running().get(index).key().toString();
    }

    private static String waiting(int index) {
        return group().waiting().get(index).key().toString();
    }

    private static List<Long> waitingBuilds() {
        return group().waiting().stream()
                .map(RequestView::owner)
                .map(owner -> owner.number())
                .toList();
    }

    private String url(GroupKey group) {
        return "concurrency/group/" + GroupId.of(group) + "/";
    }

    private Page act(JenkinsRule.WebClient client, String... parameters) throws Exception {
        WebRequest request = new WebRequest(new URL(client.getContextPath() + url(PROD) + "act"), HttpMethod.POST);
        List<NameValuePair> form = new ArrayList<>();
        for (int i = 0; i < parameters.length; i += 2) {
            form.add(new NameValuePair(parameters[i], parameters[i + 1]));
        }
        request.setRequestParameters(form);
        client.addCrumb(request);
        return client.getPage(request);
    }

    private JenkinsRule.WebClient client() {
        return Clients.of(jenkins).withThrowExceptionOnFailingStatusCode(false);
    }

    private JenkinsRule.WebClient client(String user) throws Exception {
        return client().withBasicCredentials(user);
    }

    private int status(JenkinsRule.WebClient client, String... parameters) throws Exception {
        return act(client, parameters).getWebResponse().getStatusCode();
    }

    @Test
    void aPersonMovesStartsAndCancelsThoseThatWait() throws Exception {
        WorkflowJob job = story.job("deploy", "group: 'prod'");
        WorkflowRun first = story.inside(job);
        List<WorkflowRun> waiting = story.waiting(job, 3);
        assertEquals(200, status(client(), "action", "up", "key", waiting(2)));
        assertEquals(List.of(2L, 4L, 3L), waitingBuilds());
        assertEquals(200, status(client(), "action", "bottom", "key", waiting(0)));
        assertEquals(List.of(4L, 3L, 2L), waitingBuilds());
        assertEquals(200, status(client(), "action", "start", "key", waiting(1)));
        story.awaitInside(waiting.get(1));
        assertEquals(200, status(client(), "action", "cancel", "key", waiting(0)));
        story.ended(waiting.get(2), Result.ABORTED);
        String page = client().goTo(url(PROD)).asNormalizedText();
        assertThat(page, containsString("Started over the limit"));
        story.finish(first);
        story.finish(waiting.get(1));
        story.finish(waiting.get(0));
    }

    @Test
    void aPersonPausesAndGivesAnotherLimit() throws Exception {
        WorkflowJob job = story.job("deploy", "group: 'prod'");
        WorkflowRun first = story.inside(job);
        WorkflowRun second = story.waiting(job);
        assertEquals(200, status(client(), "action", "pause", "reason", "<b>maintenance</b>", "minutes", "90"));
        assertTrue(group().paused());
        assertThat(client().goTo(url(PROD)).asNormalizedText(), containsString("<b>maintenance</b>"));
        assertEquals(200, status(client(), "action", "resume"));
        assertFalse(group().paused());
        assertEquals(200, status(client(), "action", "limit", "limit", "2"));
        story.awaitInside(second);
        assertThat(client().goTo(url(PROD)).asNormalizedText(), containsString("2 of 2 slots in use"));
        assertEquals(200, status(client(), "action", "resetLimit"));
        assertEquals(1, group().limit());
        story.finish(first);
        story.finish(second);
    }

    @Test
    void aPersonReleasesALeaseAndTheNextOneStartsBesideIt() throws Exception {
        WorkflowJob job = story.job("deploy", "group: 'prod'");
        WorkflowRun first = story.inside(job);
        WorkflowRun second = story.waiting(job);
        assertEquals(200, status(client(), "action", "release", "key", running(0)));
        story.awaitInside(second);
        story.finish(first);
        story.finish(second);
    }

    @ParameterizedTest
    @CsvSource({
        "action, nonsense",
        "action, cancel",
        "action, limit",
        "'action,limit', '0'",
        "'action,limit', '99999999999'",
        "'action,limit', 'two'",
        "'action,minutes', '-1'"
    })
    void whatMakesNoSenseIsRefusedWithASentence(String names, String value) throws Exception {
        WorkflowRun run = story.inside(story.job("deploy", "group: 'prod'"));
        String[] name = names.split(",");
        Page answer = name.length == 1
                ? act(client(), "action", value)
                : act(client(), "action", name[1].equals("minutes") ? "pause" : name[1], name[1], value);
        assertEquals(400, answer.getWebResponse().getStatusCode());
        assertThat(answer.getWebResponse().getContentType(), containsString("text/plain"));
        assertThat(answer.getWebResponse().getContentAsString(), containsString("."));
        assertFalse(group().paused());
        story.finish(run);
    }

    @Test
    void whatIsOverIsAConflict() throws Exception {
        WorkflowJob job = story.job("deploy", "group: 'prod'");
        WorkflowRun first = story.inside(job);
        assertEquals(409, status(client(), "action", "start", "key", running(0)));
        assertEquals(409, status(client(), "action", "resume"));
        assertEquals(404, status(client(), "action", "cancel", "key", "1234"));
        story.finish(first);
    }

    @Test
    void nothingIsDoneByGet() throws Exception {
        WorkflowRun run = story.inside(story.job("deploy", "group: 'prod'"));
        Page answer = client().getPage(new URL(jenkins.getURL(), url(PROD) + "act?action=pause"));
        assertEquals(404, answer.getWebResponse().getStatusCode());
        assertFalse(group().paused());
        story.finish(run);
    }

    @Test
    void eachMayDoWhatHisPermissionsAllow() throws Exception {
        WorkflowJob job = story.job("deploy", "group: 'prod'");
        WorkflowRun first = story.inside(job);
        List<WorkflowRun> waiting = story.waiting(job, 2);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.MANAGE, Jenkins.READ, Item.READ, Item.CANCEL)
                .everywhere()
                .to("manager")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ, Item.READ, Item.CANCEL)
                .everywhere()
                .to("canceller")
                .grant(Jenkins.READ, Item.DISCOVER)
                .everywhere()
                .to("discoverer")
                .grant(Jenkins.READ)
                .everywhere()
                .toEveryone());
        String[][] actions = {
            {"action", "up", "key", waiting(1)},
            {"action", "start", "key", waiting(0)},
            {"action", "release", "key", running(0)},
            {"action", "pause"},
            {"action", "limit", "limit", "5"},
            {"action", "cancel", "key", waiting(1)}
        };
        for (String[] action : actions) {
            assertEquals(404, status(client(), action), "anonymous " + action[1]);
            assertEquals(404, status(client("discoverer"), action), "discoverer " + action[1]);
            assertEquals(403, status(client("reader"), action), "reader " + action[1]);
            if (!action[1].equals("cancel")) {
                assertEquals(403, status(client("canceller"), action), "canceller " + action[1]);
            }
        }
        assertEquals(List.of(2L, 3L), waitingBuilds());
        assertFalse(group().paused());
        String readersPage = client("reader").goTo(url(PROD)).asXml();
        assertThat(readersPage, not(containsString("data-concurrency-action=\"pause\"")));
        assertThat(readersPage, not(containsString("data-concurrency-action=\"up\"")));
        assertThat(client("canceller").goTo(url(PROD)).asXml(), containsString("data-concurrency-action=\"cancel\""));
        assertEquals(200, status(client("canceller"), "action", "cancel", "key", waiting(1)));
        story.ended(waiting.get(1), Result.ABORTED);
        assertEquals(200, status(client("manager"), "action", "start", "key", waiting(0)));
        story.awaitInside(waiting.get(0));
        story.finish(first);
        story.finish(waiting.get(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"><script>alert(1)</script>",
                "${jndi:ldap://x/y}",
                "../..",
                "%2F..%2f",
                "🚀 & 'quotes'",
                "a;b?c#d"
            })
    void aGroupOfAnyNameHasAPageAndIsListed(String name) throws Exception {
        WorkflowJob job = story.script("deploy", Gates.block("group: env.NAME, reason: env.NAME"));
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("NAME", name)));
        WorkflowRun run = story.start(job);
        Gates.awaitAtGate(run);
        GroupKey key = new GroupKey(Scope.FOLDER, "", name);
        for (String page : List.of(url(key), "concurrency/", "job/deploy/concurrency/")) {
            String html = client().goTo(page).getWebResponse().getContentAsString();
            assertThat(html, not(containsString("<script>alert(1)")));
            assertThat(client().goTo(page).asNormalizedText(), containsString(name));
        }
        client().goTo("concurrency/")
                .getAnchorByHref(jenkins.contextPath + "/" + url(key))
                .click();
        Gates.open(run);
        Gates.ended(run);
    }

    @Test
    void aPollThatFindsNoChangeGetsNothing() throws Exception {
        WorkflowJob job = story.job("deploy", "group: 'prod'");
        WorkflowRun first = story.inside(job);
        for (String page : List.of(url(PROD), "concurrency/", "job/deploy/concurrency/")) {
            URL content = new URL(jenkins.getURL(), page + "content");
            // The tag changes every fifteen seconds, too.
            Gates.eventually("an answer without content", () -> {
                Page answer = client().getPage(content);
                WebRequest again = new WebRequest(content);
                again.setAdditionalHeader(
                        "If-None-Match", answer.getWebResponse().getResponseHeaderValue("ETag"));
                return client().getPage(again).getWebResponse().getStatusCode() == 304;
            });
        }
        WorkflowRun second = story.waiting(job);
        assertThat(client().goTo(url(PROD) + "content").asNormalizedText(), containsString("Waiting (1)"));
        story.finish(first);
        story.finish(second);
    }
}
