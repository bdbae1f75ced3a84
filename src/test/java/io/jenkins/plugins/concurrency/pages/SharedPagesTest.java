package io.jenkins.plugins.concurrency.pages;

import static io.jenkins.plugins.concurrency.Gates.eventually;
import static io.jenkins.plugins.concurrency.manager.SharedByMemory.shared;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AccessDeniedException3;
import io.jenkins.plugins.concurrency.Clients;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.cluster.Neighbour;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.GroupId;
import io.jenkins.plugins.concurrency.manager.Interventions;
import io.jenkins.plugins.concurrency.manager.SharedByMemory;
import io.jenkins.plugins.concurrency.manager.SharedController;
import io.jenkins.plugins.concurrency.manager.SharedInterventions;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import org.htmlunit.ElementNotFoundException;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** What pages show of groups that several controllers share, and what people do there. */
@ExtendWith(OneJenkins.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SharedPagesTest {
    private static final GroupKey RIG = new GroupKey(Scope.SHARED, "", "rig");

    private JenkinsRule rule;
    private Story story;
    private SharedByMemory shared;
    private Neighbour other;

    @BeforeEach
    void setUp(JenkinsRule jenkins) throws Exception {
        rule = jenkins;
        story = new Story(jenkins);
        shared = new SharedByMemory(shared("rig", 1));
        other = shared.neighbour("other");
    }

    @AfterEach
    void closeOther() {
        other.close();
    }

    private String page(String url) throws Exception {
        return Clients.of(rule).goTo(url).asNormalizedText();
    }

    private String groupPage() throws Exception {
        return page("concurrency/group/" + GroupId.of(RIG) + "/");
    }

    private String link(String url, String text) throws Exception {
        return Clients.of(rule).goTo(url).getAnchorByText(text).getHrefAttribute();
    }

    private static boolean isLost(String name) {
        return SharedByMemory.status()
                .find(name)
                .filter(SharedController::isLost)
                .isPresent();
    }

    @Test
    void whatALostControllerHoldsIsShownAndAPersonReleasesIt() throws Exception {
        RequestKey held = other.take(RIG);
        WorkflowRun waits = story.waiting(story.job("job", "group: 'rig', scope: 'SHARED'"));
        assertThat(groupPage(), containsString("Controller other: a build has slot 1"));
        assertThat(page(waits.getUrl()), containsString("a build on the controller other"));
        assertThat(page("concurrency/"), containsString("Controllers that share groups"));
        assertEquals("https://other.example.com/concurrency/", link("concurrency/", "other"));
        assertEquals(
                "https://other.example.com/concurrency/group/" + GroupId.of(RIG) + "/",
                link("concurrency/group/" + GroupId.of(RIG) + "/", "Show there"));
        assertEquals(Map.of(held, Interventions.Result.UNCHANGED), SharedInterventions.release(List.of(held)));
        assertEquals(Interventions.Result.OVER, SharedInterventions.forget("other"));

        other.close();
        eventually("the other controller is lost", () -> isLost("other"), Duration.ofMinutes(1));
        assertThat(groupPage(), containsString("The controller is lost"));
        assertThat(page("concurrency/"), containsString("Release all and forget"));
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(
                new MockAuthorizationStrategy().grant(Jenkins.READ).everywhere().to("reader"));
        try (ACLContext as = ACL.as(User.getById("reader", true))) {
            assertThrows(AccessDeniedException3.class, () -> SharedInterventions.release(List.of(held)));
            assertThrows(AccessDeniedException3.class, () -> SharedInterventions.forget("other"));
        }
        assertEquals(Map.of(held, Interventions.Result.DONE), SharedInterventions.release(List.of(held)));
        story.awaitInside(waits);
        story.finish(waits);
        assertEquals(Interventions.Result.DONE, SharedInterventions.forget("other"));
    }

    @Test
    void aControllerThatClaimsToBeAScriptIsNamedAndNotLinked() throws Exception {
        try (Neighbour hostile = shared.neighbour("hostile", "javascript:alert(1)//")) {
            eventually(
                    "it is known here",
                    () -> SharedByMemory.status().find("hostile").isPresent());
            assertThat(page("concurrency/"), containsString("hostile"));
            assertThrows(ElementNotFoundException.class, () -> link("concurrency/", "hostile"));
        }
    }

    @Test
    void aLimitAndAPauseCountOnAllControllers() throws Exception {
        RequestKey held = other.take(RIG);
        WorkflowRun waits = story.waiting(story.job("job", "group: 'rig', scope: 'SHARED'"));
        Interventions.setLimit(RIG, OptionalInt.of(2), null);
        story.awaitInside(waits);
        assertThat(groupPage(), containsString("2 of 2 slots in use"));
        Interventions.setLimit(RIG, OptionalInt.empty(), null);
        story.finish(waits);
        Interventions.pause(RIG, null, Optional.empty());
        eventually(
                "the group is paused",
                () -> ConcurrencyManager.get().group(RIG, 0, 0).orElseThrow().paused());
        other.end(held);
        RequestKey behind = other.ask(RIG);
        assertFalse(other.has(behind));
        Interventions.resume(RIG);
        eventually("the other controller goes on", () -> other.has(behind));
        other.end(behind);
    }

    @Test
    void administratorsAreToldWhatIsWrong() throws Exception {
        SharedGroupsMonitor monitor = ExtensionList.lookupSingleton(SharedGroupsMonitor.class);
        // The other one has declared the same by then.
        other.end(other.take(RIG));
        assertFalse(monitor.isActivated());
        ConcurrencySettings.get().setGroups(List.of(shared("rig", 2)));
        eventually("declarations differ", monitor::isActivated);
        assertEquals(List.of("other: rig"), monitor.getDiffering());
        assertThat(page("manage/"), containsString("Declare them alike."));
        ConcurrencySettings.get().setGroups(List.of(shared("rig", 1)));
        eventually("all is well", () -> !monitor.isActivated());
        shared.memory().setAway(true);
        eventually("the database is away", monitor::isActivated);
        assertThat(page("manage/"), containsString("The database of the shared groups does not answer."));
        assertThat(groupPage(), containsString("What is shown may be outdated"));
        shared.memory().setAway(false);
        eventually("it is back", () -> !monitor.isActivated());
        assertThat(page("manage/"), not(containsString("does not answer")));
        Neighbour twin = shared.neighbour(SharedByMemory.HERE);
        try {
            eventually("another has its name", () -> monitor.getCollision() != null);
            assertThat(page("manage/"), containsString("Another process takes part in the shared groups as here."));
        } finally {
            twin.close();
        }
        assertTrue(monitor.isActivated());
    }
}
