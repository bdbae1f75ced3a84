package io.jenkins.plugins.concurrency.pages;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.Clients;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Outcome;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.Runs;
import io.jenkins.plugins.concurrency.records.BuildWait;
import io.jenkins.plugins.concurrency.records.BuildWaits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** What the page of a build, and its row in the list of builds, tell of its groups. */
@ExtendWith(OneJenkins.class)
class BuildPageTest {
    private static final GroupKey PROD = new GroupKey(Scope.FOLDER, "", "prod");

    private JenkinsRule jenkins;
    private Story story;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
        story = new Story(rule);
    }

    private String page(String user, String path) throws Exception {
        try (JenkinsRule.WebClient client = user == null ? Clients.of(jenkins) : Clients.of(jenkins, user)) {
            return client.goTo(path, null).getWebResponse().getContentAsString();
        }
    }

    /** Without tags, and with each blank once. */
    private String text(Run<?, ?> run) throws Exception {
        return page(null, run.getUrl())
                .replaceAll("<[^>]*>", " ")
                .replace("&#039;", "'")
                .replaceAll("\\s+", " ");
    }

    private String list(Job<?, ?> job) throws Exception {
        return page(null, job.getUrl() + "buildHistory/ajax")
                .replace("&#039;", "'")
                .replace("&#39;", "'");
    }

    private static List<String> badges(Run<?, ?> run) {
        return run.getActions(ConcurrencyBadge.class).stream()
                .map(ConcurrencyBadge::getText)
                .toList();
    }

    private static void awaitWaitedForASecond(WorkflowRun run) throws Exception {
        Gates.eventually(
                "it has waited for a while",
                () -> ConcurrencyManager.get().lookups().requestsOf(Runs.owner(run)).stream()
                        .flatMap(key -> ConcurrencyManager.get().find(key).stream())
                        .filter(view -> view.waitingIn().isPresent())
                        .allMatch(view -> view.since().plusSeconds(2).isBefore(Instant.now())));
    }

    private void finish(WorkflowRun... runs) throws Exception {
        for (WorkflowRun run : runs) {
            Gates.awaitAtGate(run);
            Gates.open(run);
            story.ended(run, Result.SUCCESS);
        }
    }

    @Test
    void aBuildTellsWhatItWaitsForAndThenForHowLongItHas() throws Exception {
        WorkflowJob job = story.script("deploy", Gates.block("'prod'"));
        WorkflowRun first = story.start(job);
        Gates.awaitAtGate(first);
        WorkflowRun second = story.waiting(job);

        assertThat(text(first), containsString("Has slots of group 'prod' of the top level: 1."));
        assertThat(
                text(second),
                matchesPattern(".*Waiting for group 'prod' of the top level, place 1\\. Held by: .*#1 .*Since .*"));
        assertThat(page(null, second.getUrl()), containsString("/" + job.getUrl() + "concurrency\""));
        assertEquals(List.of("Waiting for group 'prod' of the top level"), badges(second));
        assertEquals(List.of(), badges(first));
        assertThat(list(job), containsString("Waiting for group 'prod' of the top level"));

        awaitWaitedForASecond(second);
        finish(first, second);
        assertThat(text(second), containsString("Waited for group 'prod' of the top level: "));
        assertThat(text(second), not(containsString("Held by:")));
        assertEquals(List.of(), badges(second));
        assertEquals(1, BuildWaits.of(second).get(0).getSlots());
        assertEquals(List.of(), BuildWaits.of(first));
        assertNull(first.getAction(BuildSummary.class));
    }

    @Test
    void whoMayNotReadTheHolderSeesNothingOfItsName() throws Exception {
        WorkflowJob open = story.script("open", Gates.block("'prod'"));
        WorkflowJob secret = story.script("sesame", Gates.block("group: 'prod', exclusive: true"));
        WorkflowRun holder = story.start(secret);
        Gates.awaitAtGate(holder);
        WorkflowRun waiting = story.waiting(open);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .to("alice")
                .grant(Item.READ)
                .onItems(open)
                .to("alice"));
        for (String path : List.of(waiting.getUrl(), open.getUrl() + "buildHistory/ajax", open.getUrl())) {
            assertThat(path, page("alice", path), not(containsString("sesame")));
        }
        assertThat(page("alice", waiting.getUrl()), containsString("1 hidden"));
        assertThat(page("admin", waiting.getUrl()), containsString("sesame"));
        finish(holder, waiting);
    }

    @Test
    void whoStandsBehindOneThatWantsTheWholeGroupIsTold() throws Exception {
        WorkflowRun first = story.start(story.script("narrow", Gates.block("group: 'prod', limit: 3")));
        Gates.awaitAtGate(first);
        WorkflowRun wide = story.waiting(story.script("wide", Gates.block("group: 'prod', limit: 3, exclusive: true")));
        WorkflowRun behind = story.waiting(story.script("behind", Gates.block("group: 'prod', limit: 3")));
        jenkins.assertLogContains("place 1 in the queue. Held by narrow #1. This build wants the whole group.", wide);
        String why = "Behind wide #1, which wants the whole group.";
        jenkins.assertLogContains("place 2 in the queue. Held by narrow #1. " + why, behind);
        assertThat(text(behind), containsString(why));
        finish(first);
        Gates.awaitAtGate(wide);
        assertThat(text(wide), containsString("Has group 'prod' of the top level for itself."));
        finish(wide, behind);
    }

    @Test
    void itTellsWhenItProbablyStarts() throws Exception {
        WorkflowJob job = story.script("forecast", Gates.block("'prod'"));
        for (int hours = 1; hours <= 9; hours++) {
            ConcurrencyManager.get().history().held(PROD, "forecast", Duration.ofHours(hours));
        }
        WorkflowRun first = story.start(job);
        Gates.awaitAtGate(first);
        WorkflowRun second = story.waiting(job);
        String start = ".*Probably starts between [-0-9 ]*[0-9:]{5} and [-0-9 ]*[0-9:]{5}\\..*";
        assertThat(text(second), matchesPattern(".*Probably starts: .*[0-9:]{4}.* – .*[0-9:]{4}.*"));
        assertThat(JenkinsRule.getLog(second).replace("\n", " "), matchesPattern(start));
        finish(first, second);
    }

    @Test
    void eachBranchTellsItsOwn() throws Exception {
        WorkflowRun holder =
                story.start(story.script("holder", "concurrency('a') { concurrency('b') { semaphore 'gate' } }"));
        Gates.awaitAtGate(holder);
        WorkflowRun run = story.waiting(story.script("branches", """
                parallel one: { concurrency('a') { echo 'in a' } }, two: { concurrency('b') { echo 'in b' } }
                """));
        jenkins.waitForMessage("Waiting for group 'a'", run);
        jenkins.waitForMessage("Waiting for group 'b'", run);
        assertThat(text(run), containsString("Waiting for group 'a' of the top level, place 1."));
        assertThat(text(run), containsString("Waiting for group 'b' of the top level, place 1."));
        awaitWaitedForASecond(run);
        finish(holder);
        story.ended(run, Result.SUCCESS);
        assertEquals(
                List.of("a", "b"),
                BuildWaits.of(run).stream()
                        .map(wait -> wait.group().name())
                        .sorted()
                        .toList());
    }

    @Test
    void theListSaysForWhichBuildOneEndedAlsoWhenThatIsDeleted() throws Exception {
        WorkflowJob job = story.script("latest", Gates.block("group: 'prod', behavior: 'QUEUE_LATEST'"));
        WorkflowRun first = story.start(job);
        Gates.awaitAtGate(first);
        WorkflowRun second = story.waiting(job);
        WorkflowRun third = story.waiting(job);
        story.ended(second, Result.ABORTED);
        assertEquals(List.of("Superseded by #3"), badges(second));
        assertThat(list(job), containsString("Superseded by #3"));
        assertThat(text(second), containsString("Superseded by a newer build"));
        assertEquals(Outcome.SUPERSEDED, BuildWaits.of(second).get(0).getOutcome());
        finish(first, third);
        third.delete();
        assertEquals(List.of("Superseded by #3"), badges(second));
        assertThat(text(second), containsString("No slot of group 'prod' of the top level after"));
    }

    @Test
    void aCancelledBuildSaysForWhichOne() throws Exception {
        WorkflowJob job = story.script("newest", Gates.block("group: 'prod', behavior: 'CANCEL_RUNNING'"));
        WorkflowRun first = story.start(job);
        Gates.awaitAtGate(first);
        WorkflowRun second = story.start(job);
        story.ended(first, Result.ABORTED);
        assertEquals(List.of("Cancelled for #2"), badges(first));
        finish(second);
    }

    @Test
    void aNameIsTextInTheList() throws Exception {
        WorkflowJob job = story.script("deploy", Gates.block("'<b>x</b>'"));
        WorkflowRun first = story.start(job);
        Gates.awaitAtGate(first);
        WorkflowRun second = story.waiting(job);
        assertThat(list(job), not(containsString("<b>x")));
        assertThat(page(null, second.getUrl()), not(containsString("<b>x")));
        finish(first, second);
    }

    @Test
    void ofVeryManyWaitsTheLongestStay() throws Exception {
        FreeStyleBuild run = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());
        assertNull(run.getAction(BuildSummary.class));
        List<BuildWait> waits = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            waits.add(BuildWait.granted(PROD, Duration.ofMillis(100 * i), 1));
        }
        waits.forEach(wait -> BuildWaits.add(run, List.of(wait)));
        assertEquals(50, BuildWaits.of(run).size());
        waits.forEach(wait -> BuildWaits.add(
                run, List.of(BuildWait.granted(PROD, wait.waited().plusSeconds(9), 1))));
        assertTrue(BuildWaits.of(run).stream().allMatch(wait -> wait.waited().toMillis() >= 10_000));
        assertEquals(1, run.getActions(BuildWaits.class).size());
    }
}
