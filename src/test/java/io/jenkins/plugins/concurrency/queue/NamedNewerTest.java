package io.jenkins.plugins.concurrency.queue;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.Clients;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.manager.BuildReferences;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.Idle;
import io.jenkins.plugins.concurrency.manager.Interruption;
import io.jenkins.plugins.concurrency.queue.Limited.Kind;
import jenkins.model.InterruptedBuildAction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;

/** Who had to go for a newer build is told which one, though that was an entry of the queue then. */
@ExtendWith(OneJenkins.class)
class NamedNewerTest {
    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        jenkins.jenkins.setNumExecutors(4);
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        Idle.await();
    }

    private String page(String path) throws Exception {
        try (JenkinsRule.WebClient client = Clients.of(jenkins)) {
            return client.goTo(path, null).getWebResponse().getContentAsString();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCancelledBuildNamesAndLinksTheNewerOne(Kind kind) throws Exception {
        Limited job = Limited.create(jenkins, kind, "deploy", LimitTest.limit(1, Behavior.CANCEL_RUNNING));
        Run<?, ?> first = job.inside();
        Run<?, ?> second = job.inside();
        job.ended(first, Result.ABORTED);
        Interruption cause = (Interruption)
                first.getAction(InterruptedBuildAction.class).getCauses().get(0);
        assertEquals(second, cause.getNewerBuild());
        assertEquals("Cancelled by deploy #2 in the group of this job", cause.getShortDescription());
        String link = "href=\"" + jenkins.contextPath + "/job/deploy/2/\"";
        String log = page("job/deploy/1/logText/progressiveHtml").replace('\'', '"');
        assertThat(log, containsString("Cancelled by "));
        assertThat(log, containsString(link));
        assertThat(log, containsString("deploy #2"));
        assertThat(page("job/deploy/1/"), containsString("<a " + link + ">Cancelled by deploy #2 in "));
        assertThat(page("job/deploy/1/api/json?tree=actions[causes[*]]"), containsString("Cancelled by deploy #2"));
        assertThat(page("job/deploy/concurrency/"), containsString("job/deploy/2/"));
        job.finish(second);
    }

    /** The one that comes later is the newer one, whatever their numbers. */
    @ParameterizedTest
    @EnumSource
    void aBuildOfAnotherJobThatAgreesIsCancelledAndNamesTheNewerOne(Kind kind) throws Exception {
        ConcurrencyLimitProperty limit = LimitTest.limit(1, Behavior.CANCEL_RUNNING);
        limit.setGroup("shared");
        Limited many = Limited.create(jenkins, kind, "many", limit);
        Limited one = Limited.create(jenkins, kind, "one", limit);
        many.job().updateNextBuildNumber(7);
        Run<?, ?> first = many.inside();
        Run<?, ?> newer = one.inside();
        many.ended(first, Result.ABORTED);
        Interruption cause = (Interruption)
                first.getAction(InterruptedBuildAction.class).getCauses().get(0);
        assertEquals("Cancelled by one #1 in group 'shared'", cause.getShortDescription());
        assertThat(page("job/many/7/logText/progressiveHtml"), containsString("/job/one/1/"));
        one.finish(newer);
    }

    @ParameterizedTest
    @EnumSource(names = "FREESTYLE")
    void anEntryThatLeftTheQueueNamesAndLinksTheNewerOneOnThePage(Kind kind) throws Exception {
        Limited job = Limited.create(jenkins, kind, "deploy", LimitTest.limit(1, Behavior.QUEUE_LATEST));
        Run<?, ?> first = job.inside();
        Queue.Item superseded = job.waiting();
        Queue.Item latest = job.waiting();
        Limited.gone(superseded);
        job.finish(first);
        Run<?, ?> second = job.inside(latest);
        assertEquals(
                second,
                ConcurrencyManager.get()
                        .refusals()
                        .of("deploy")
                        .get(0)
                        .by()
                        .flatMap(BuildReferences::find)
                        .orElseThrow());
        job.finish(second);
        String page = page("job/deploy/concurrency/");
        assertThat(page, containsString("Superseded by a newer build"));
        assertThat(page, containsString("job/deploy/2/"));
    }
}
