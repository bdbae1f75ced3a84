package io.jenkins.plugins.concurrency.remote;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.GroupId;
import io.jenkins.plugins.concurrency.manager.Requests;
import io.jenkins.plugins.concurrency.queue.ConcurrencyLimitProperty;
import io.jenkins.plugins.concurrency.queue.Limited;
import io.jenkins.plugins.concurrency.queue.Limited.Kind;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import jenkins.security.ApiTokenProperty;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** What programs are told, and may do, with an API token and nothing else. */
@ExtendWith(OneJenkins.class)
class RestTest {
    private static final GroupKey PROD = Requests.group("prod");
    private static final String GROUP = "concurrency/group/" + GroupId.of(PROD) + "/";

    private final HttpClient http = HttpClient.newHttpClient();
    private JenkinsRule jenkins;
    private Story story;
    private WorkflowJob job;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        story = new Story(rule);
        job = story.job("deploy", "group: 'prod', limit: 1, reason: 'release'");
        Callers.admit(jenkins);
    }

    private HttpResponse<String> send(String user, HttpRequest.Builder request) throws Exception {
        if (user != null) {
            String token = hudson.model.User.getById(user, true)
                    .getProperty(ApiTokenProperty.class)
                    .generateNewToken("test")
                    .plainValue;
            String login = Base64.getEncoder().encodeToString((user + ":" + token).getBytes(StandardCharsets.UTF_8));
            request.header("Authorization", "Basic " + login);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String user, String path) throws Exception {
        return send(user, HttpRequest.newBuilder(URI.create(jenkins.getURL() + path)));
    }

    private JSONObject json(String user, String path) throws Exception {
        HttpResponse<String> answer = get(user, path);
        assertEquals(200, answer.statusCode(), answer::body);
        return JSONObject.fromObject(answer.body());
    }

    private HttpResponse<String> act(String user, String parameters) throws Exception {
        return send(
                user,
                HttpRequest.newBuilder(URI.create(jenkins.getURL() + GROUP + "act"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(parameters)));
    }

    private static List<Integer> builds(JSONObject requests) {
        JSONArray rows = requests.getJSONArray("requests");
        return rows.stream()
                .map(row -> ((JSONObject) row).getJSONObject("build").getInt("number"))
                .toList();
    }

    @Test
    void aGroupTellsWhoRunsAndWhoWaits() throws Exception {
        WorkflowRun first = story.inside(job);
        List<WorkflowRun> waiting = story.waiting(job, 3);
        JSONObject groups = json("reader", "concurrency/api/json");
        assertTrue(groups.getBoolean("recovered"));
        JSONObject listed = groups.getJSONArray("groups").getJSONObject(0);
        assertEquals(GroupId.of(PROD), listed.getString("id"));
        assertEquals(3, listed.getInt("waitingCount"));
        assertFalse(listed.has("waiting"));

        JSONObject group = json("reader", GROUP + "api/json");
        assertEquals("prod", group.getString("name"));
        assertEquals(1, group.getInt("limit"));
        assertEquals(List.of(1), builds(group.getJSONObject("running")));
        assertEquals(List.of(2, 3, 4), builds(group.getJSONObject("waiting")));
        JSONObject last =
                group.getJSONObject("waiting").getJSONArray("requests").getJSONObject(2);
        assertEquals(3, last.getInt("place"));
        assertEquals("release", last.getString("reason"));
        assertEquals(Requests.of(waiting.get(2)).toString(), last.getString("key"));
        assertEquals(
                List.of(3),
                builds(json("reader", GROUP + "api/json?from=1&count=1").getJSONObject("waiting")));
        assertEquals(
                "{\"waiting\":{\"count\":3}}",
                JSONObject.fromObject(get("reader", GROUP + "api/json?tree=waiting[count]")
                                .body())
                        .discard("_class")
                        .toString()
                        .replaceAll("\"_class\":\"[^\"]*\",?", ""));
        assertEquals(
                GroupId.of(PROD),
                json("reader", "job/deploy/concurrency/api/json")
                        .getJSONArray("groups")
                        .getJSONObject(0)
                        .getString("id"));
        finish(first, waiting);
    }

    @Test
    void aBuildTellsWhoIsAheadOfItAndWhatItHolds() throws Exception {
        WorkflowRun first = story.inside(job);
        List<WorkflowRun> waiting = story.waiting(job, 2);
        JSONObject share = json("reader", "job/deploy/3/concurrency/api/json?depth=2")
                .getJSONArray("waiting")
                .getJSONObject(0);
        assertEquals(2, share.getInt("place"));
        assertEquals("prod", share.getJSONObject("group").getString("name"));
        assertEquals(List.of(2), builds(share.getJSONObject("ahead")));
        assertEquals(List.of(1), builds(share.getJSONObject("holders")));
        JSONObject holding = json("reader", "job/deploy/1/concurrency/api/json")
                .getJSONArray("holding")
                .getJSONObject(0);
        assertEquals("[1]", holding.getString("slots"));
        finish(first, waiting);
        assertEquals(404, get("reader", "job/deploy/1/concurrency/api/json").statusCode());
    }

    @Test
    void anItemOfTheBuildQueueIsToldByItsIdAndByTheNumberOnceItHasOne() throws Exception {
        ConcurrencyLimitProperty limit = new ConcurrencyLimitProperty();
        limit.setGroup("prod");
        Limited nightly = Limited.create(jenkins, Kind.FREESTYLE, "nightly", limit);
        WorkflowRun first = story.inside(job);
        Queue.Item item = nightly.waiting();
        JSONObject waiting = json("reader", GROUP + "api/json?depth=3")
                .getJSONObject("waiting")
                .getJSONArray("requests")
                .getJSONObject(0)
                .getJSONObject("build");
        assertEquals("nightly", waiting.getString("job"));
        assertEquals(item.getId(), waiting.getLong("queueId"));
        assertEquals("null", waiting.getString("number"));
        story.finish(first);
        Run<?, ?> build = nightly.inside(item);
        assertEquals(
                List.of(build.getNumber()),
                builds(json("reader", GROUP + "api/json").getJSONObject("running")));
        nightly.finish(build);
    }

    @Test
    void theAnswerSaysWhatAnActionChanged() throws Exception {
        WorkflowRun first = story.inside(job);
        List<WorkflowRun> waiting = story.waiting(job, 2);
        String second = Requests.of(waiting.get(0)).toString();
        String third = Requests.of(waiting.get(1)).toString();
        assertEquals("DONE", result(act("admin", "action=top&key=" + third)));
        assertEquals(List.of(3L, 2L), Requests.waiting(PROD));
        assertEquals("DONE", result(act("admin", "action=pause&reason=night&minutes=5")));
        JSONObject pause = json("admin", GROUP + "api/json").getJSONObject("pauseDecision");
        assertEquals("night", pause.getString("reason"));
        assertThat(pause.getLong("until"), greaterThan(pause.getLong("at")));
        assertEquals("DONE", result(act("admin", "action=resume")));
        assertEquals("DONE", result(act("admin", "action=limit&limit=2")));
        story.awaitInside(waiting.get(1));
        assertEquals("DONE", result(act("admin", "action=cancel&key=" + second)));
        story.ended(waiting.get(0), Result.ABORTED);
        assertEquals("DONE", result(act("admin", "action=resetLimit")));
        finish(first, List.of(waiting.get(1)));
        assertThat(json("admin", "concurrency/api/json?tree=groups[name]").toString(), not(containsString("\"prod\"")));
    }

    private static String result(HttpResponse<String> answer) {
        assertEquals(200, answer.statusCode(), answer::body);
        return JSONObject.fromObject(answer.body())
                .getJSONArray("results")
                .getJSONObject(0)
                .getString("result");
    }

    @Test
    void severalAreStartedAtOnceAndNoneIfOneIsUnknown() throws Exception {
        WorkflowRun first = story.inside(job);
        List<WorkflowRun> waiting = story.waiting(job, 2);
        String both = "&key=" + Requests.of(waiting.get(0)) + "&key=" + Requests.of(waiting.get(1));
        assertEquals(404, act("admin", "action=start&key=1" + both).statusCode());
        assertEquals(List.of(2L, 3L), Requests.waiting(PROD));
        assertEquals(
                2,
                JSONObject.fromObject(act("admin", "action=start" + both).body())
                        .getJSONArray("results")
                        .size());
        story.awaitInside(waiting.get(0));
        story.awaitInside(waiting.get(1));
        finish(first, waiting);
    }

    @Test
    void theAnswersAreAsTheDocumentedSchemaSays() throws Exception {
        OpenApi documented = new OpenApi();
        WorkflowRun first = story.inside(job);
        List<WorkflowRun> waiting = story.waiting(job, 2);
        HttpResponse<String> done = act("admin", "action=top&key=" + Requests.of(waiting.get(1)));
        assertEquals(List.of(), documented.mistakes("ActionResults", JSONObject.fromObject(done.body())));
        act("admin", "action=pause&reason=night&minutes=5");
        act("admin", "action=limit&limit=1");
        for (String[] page : new String[][] {
            {"Groups", "concurrency/api/json"},
            {"Groups", "job/deploy/concurrency/api/json"},
            {"GroupDetails", GROUP + "api/json"},
            {"BuildConcurrency", "job/deploy/1/concurrency/api/json"},
            {"BuildConcurrency", "job/deploy/2/concurrency/api/json"}
        }) {
            assertEquals(List.of(), documented.mistakes(page[0], json("admin", page[1] + "?depth=9")), page[1]);
        }
        act("admin", "action=resume");
        act("admin", "action=resetLimit");
        long came = ConcurrencyManager.get()
                .find(Requests.of(waiting.get(0)))
                .orElseThrow()
                .since()
                .toEpochMilli();
        Gates.eventually("it has waited long enough to be remembered", () -> System.currentTimeMillis() - came > 1_000);
        finish(first, List.of(waiting.get(1), waiting.get(0)));
        JSONObject past = json("admin", "job/deploy/2/concurrency/api/json?depth=9");
        assertEquals(List.of(), documented.mistakes("BuildConcurrency", past));
        // There is no estimate without a past.
        assertEquals(Set.of("Estimate"), documented.unseen());
    }

    @Test
    void theHistoryIsATableOfWhatEachBuildHad() throws Exception {
        WorkflowJob hush = story.job("hush", "group: 'prod', limit: 1");
        story.finish(story.inside(job));
        story.finish(story.inside(hush));
        WorkflowRun running = story.inside(job);
        ((MockAuthorizationStrategy) jenkins.jenkins.getAuthorizationStrategy())
                .grant(Item.READ)
                .onItems(job)
                .to("alice");
        Gates.eventually(
                "both have given back what they had", () -> rows("admin", GROUP).size() == 2);
        assertThat(rows("admin", GROUP).get(0), matchesRegex("prod,FOLDER,deploy,1,[^,]+Z,[0-9.]+,0\\.[0-9]+,1,1,0"));
        assertThat(rows("admin", GROUP).get(1), startsWith("prod,FOLDER,hush,1,"));
        assertThat(rows("alice", GROUP).get(0), startsWith("prod,FOLDER,deploy,1,"));
        assertThat(rows("alice", GROUP).get(1), startsWith("prod,FOLDER,hidden 1,,"));
        assertThat(
                rows("alice", "job/deploy/concurrency/"),
                is(rows("admin", GROUP).subList(0, 1)));
        assertEquals(404, get("stranger", GROUP + "history.csv").statusCode());
        story.finish(running);
    }

    private List<String> rows(String user, String page) throws Exception {
        HttpResponse<String> answer = get(user, page + "history.csv");
        assertEquals(
                "text/csv;charset=utf-8",
                answer.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT));
        List<String> lines = answer.body().lines().toList();
        assertEquals("group,scope,job,build,start,seconds,waited,slots,limit,priority", lines.get(0));
        return lines.subList(1, lines.size());
    }

    @Test
    void aStatusSaysWhyNot() throws Exception {
        WorkflowRun first = story.inside(job);
        WorkflowRun second = story.waiting(job);
        String key = Requests.of(second).toString();
        assertEquals(403, act("reader", "action=cancel&key=" + key).statusCode());
        assertEquals(403, act("reader", "action=pause").statusCode());
        assertEquals(404, act("stranger", "action=pause").statusCode());
        assertEquals(404, get("stranger", GROUP + "api/json").statusCode());
        assertEquals(404, act("admin", "action=cancel&key=1").statusCode());
        assertEquals(409, act("admin", "action=resume").statusCode());
        assertEquals(400, act("admin", "action=dance").statusCode());
        assertEquals(400, act("admin", "action=limit&limit=0").statusCode());
        assertEquals(404, get("admin", "concurrency/group/nonsense/api/json").statusCode());
        assertEquals(
                0,
                json("stranger", "concurrency/api/json").getJSONArray("groups").size());
        assertEquals(1, ConcurrencyManager.get().group(PROD, 0, 0).orElseThrow().waitingCount());
        finish(first, List.of(second));
    }

    @Test
    void whatIsHiddenIsCountedAndNotNamed() throws Exception {
        WorkflowJob hush = story.job("hush", "group: 'prod', limit: 1");
        WorkflowRun first = story.inside(hush);
        WorkflowRun second = story.waiting(job);
        ((MockAuthorizationStrategy) jenkins.jenkins.getAuthorizationStrategy())
                .grant(Item.READ)
                .onItems(job)
                .to("alice");
        String text = get("alice", GROUP + "api/json?depth=3").body()
                + get("alice", "concurrency/api/json?depth=3").body()
                + get("alice", "job/deploy/1/concurrency/api/json?depth=3").body();
        assertThat(text, not(containsString("hush")));
        JSONObject running = json("alice", GROUP + "api/json").getJSONObject("running");
        assertEquals(1, running.getInt("count"));
        assertEquals(1, running.getInt("hidden"));
        finish(first, List.of(second));
    }

    private void finish(WorkflowRun first, List<WorkflowRun> others) throws Exception {
        story.finish(first);
        for (WorkflowRun run : others) {
            story.finish(run);
        }
        Gates.eventually(
                "all is free",
                () -> ConcurrencyManager.get().groups().stream().noneMatch(group -> group.scope() == Scope.FOLDER));
    }
}
