package io.jenkins.plugins.concurrency.pages;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.concurrency.Clients;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.GroupId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** The pages of all groups: of the controller and of a folder. */
@ExtendWith(OneJenkins.class)
class ControllerPageTest {
    private JenkinsRule jenkins;
    private Story story;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
        story = new Story(rule);
    }

    /** Pages renew themselves: that is for a real browser. */
    private JenkinsRule.WebClient client() {
        return Clients.of(jenkins);
    }

    private List<String> groups(String url) throws Exception {
        HtmlPage page = client().goTo(url);
        return page.querySelectorAll("#main-panel tbody tr td:first-child").stream()
                .map(cell -> cell.asNormalizedText())
                .toList();
    }

    @Test
    void whereMostWaitComesFirstAndAllCanBeSearchedFilteredAndSorted() throws Exception {
        WorkflowRun alpha = story.inside(story.job("one", "group: 'alpha', limit: 3"));
        WorkflowJob two = story.job("two", "group: 'beta'");
        WorkflowRun beta = story.inside(two);
        WorkflowRun waiting = story.waiting(two);
        assertEquals(List.of("beta", "alpha"), groups("concurrency/"));
        assertEquals(List.of("alpha", "beta"), groups("concurrency/?sort=NAME"));
        assertEquals(List.of("alpha"), groups("concurrency/?search=ALPH"));
        assertEquals(List.of("beta"), groups("concurrency/?state=WAITING"));
        assertEquals(List.of(), groups("concurrency/?scope=CONTROLLER"));
        assertEquals(List.of("beta", "alpha"), groups("concurrency/?sort=nonsense&state=%3Cb%3E&groups=-7"));
        story.finish(alpha);
        story.finish(beta);
        story.finish(waiting);
    }

    @Test
    void whoeverMaySeeNoGroupHasNoLinkAndNoPageOfOne() throws Exception {
        WorkflowJob open = story.job("open", "group: 'a', scope: 'JOB'");
        WorkflowJob secret = story.job("hush", "group: 'b', scope: 'JOB'");
        WorkflowRun first = story.inside(open);
        WorkflowRun second = story.inside(secret);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .toEveryone()
                .grant(Item.DISCOVER)
                .everywhere()
                .to("alice")
                .grant(Item.READ)
                .onItems(open)
                .to("alice"));
        JenkinsRule.WebClient alice = Clients.of(jenkins, "alice");
        String page = alice.goTo("concurrency/").getWebResponse().getContentAsString();
        assertThat(page, containsString(GroupId.of(new GroupKey(Scope.JOB, "open", "a"))));
        assertThat(page, not(containsString("hush")));
        String hidden = "concurrency/group/" + GroupId.of(new GroupKey(Scope.JOB, "hush", "b")) + "/";
        alice.assertFails(hidden, 404);
        alice.assertFails("concurrency/group/nonsense/", 404);
        client().assertFails(hidden, 404);
        ControllerPage link = ExtensionList.lookupSingleton(ControllerPage.class);
        try (ACLContext anonymous = ACL.as2(Jenkins.ANONYMOUS2)) {
            assertNull(link.getIconFileName());
        }
        try (ACLContext reader = ACL.as2(User.getById("alice", true).impersonate2())) {
            assertEquals("symbol-lock-closed", link.getIconFileName());
        }
        story.finish(first);
        story.finish(second);
    }

    @Test
    void theGroupOfAChainDoesNotNameTheHiddenBuildThatStartedIt() throws Exception {
        WorkflowJob open = story.job("open", "group: 'chain', scope: 'UPSTREAM'");
        WorkflowRun hush = story.start(story.script("hush", "build 'open'"));
        Gates.eventually("the build of the chain", () -> open.getLastBuild() != null);
        WorkflowRun run = open.getLastBuild();
        story.awaitInside(run);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .toEveryone()
                .grant(Item.READ)
                .onItems(open)
                .to("alice"));
        GroupKey key = new GroupKey(Scope.UPSTREAM, "hush#1", "chain");
        String list = "concurrency/?scope=UPSTREAM";
        String page = "concurrency/group/" + GroupId.of(key) + "/";
        JenkinsRule.WebClient alice = Clients.of(jenkins, "alice");
        for (String url : List.of(list, list + "&search=hush", page, "job/open/concurrency/")) {
            String html = alice.goTo(url).getWebResponse().getContentAsString();
            assertThat(html, not(containsString("hush#")));
            assertThat(html, not(containsString("job/hush")));
            assertThat(html, not(containsString(encoded(key))));
        }
        assertThat(alice.goTo(list).asNormalizedText(), containsString("chain"));
        assertThat(alice.goTo(list + "&search=hush").asNormalizedText(), not(containsString("chain")));
        assertThat(alice.goTo(page).asNormalizedText(), containsString("open #1"));
        story.finish(run);
        story.ended(hush, Result.SUCCESS);
    }

    private static String encoded(GroupKey key) {
        String text = key.scope() + "\n" + key.context() + "\n" + key.name();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aFolderShowsTheGroupsOfWhatIsInItAndAnEmptyOneHowToStart() throws Exception {
        Folder team = jenkins.jenkins.createProject(Folder.class, "team");
        Folder empty = jenkins.jenkins.createProject(Folder.class, "empty");
        WorkflowRun inside = story.inside(story.job(team, "deploy", "group: 'prod'"));
        WorkflowRun outside = story.inside(story.job("other", "group: 'elsewhere'"));
        assertEquals(List.of("prod"), groups("job/team/concurrency/"));
        assertThat(
                client().goTo("job/empty/concurrency/").asNormalizedText(),
                containsString("concurrency(group: 'deploy', limit: 2)"));
        assertNull(empty.getAction(FolderTab.class).getIconFileName());
        story.finish(inside);
        story.finish(outside);
    }

    @Test
    void theGroupsOfSingleBuildsAreShownWhenTheyAreAskedForAndAsOneOnTheJobsPage() throws Exception {
        WorkflowJob job = story.script("many", Gates.block("group: 'own', scope: 'BUILD'"));
        WorkflowRun first = story.start(job);
        WorkflowRun second = story.start(job);
        Gates.awaitAtGate(first, second);
        assertEquals(List.of(), groups("concurrency/"));
        assertEquals(List.of("own", "own"), groups("concurrency/?scope=BUILD"));
        String page = client().goTo("job/many/concurrency/").asNormalizedText();
        assertThat(page, containsString("2 groups, each for one build"));
        assertThat(page, containsString("many #2"));
        Gates.open(first, second);
        Gates.ended(first);
        Gates.ended(second);
    }
}
