package io.jenkins.plugins.concurrency.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.LoadState;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import io.jenkins.plugins.concurrency.settings.Decisions;
import io.jenkins.plugins.concurrency.settings.DeclaredGroup;
import io.jenkins.plugins.concurrency.settings.FolderCap;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

@ExtendWith(OneJenkins.class)
@InBrowser
class SettingsPageTest {
    private JenkinsRule jenkins;
    private Page page;

    @BeforeEach
    void setUp(JenkinsRule rule, Page page) {
        jenkins = rule;
        this.page = page;
    }

    private static void pause(String group) {
        Decisions.get().pause(new GroupKey(Scope.CONTROLLER, "", group), true);
    }

    private static void declare(List<String> names) {
        ConcurrencySettings.get()
                .setGroups(names.stream().map(DeclaredGroup::new).toList());
    }

    @Test
    void everybodyCanReadAndFillInAllOfIt() throws Exception {
        declare(List.of("production", "staging"));
        ConcurrencySettings.get().setFolderCaps(List.of(new FolderCap("**", 3)));
        pause("production");
        SettingsPage shown = SettingsPage.open(page, jenkins.getURL());
        shown.unfoldAll();
        assertThat(shown.decisions()).containsText("production");
        Axe.assertClean(page);
        Look.assertFitsAnyScreen(page);
    }

    @Test
    void aNameIsTextAndHasRoomWhateverItIs() throws Exception {
        declare(HostileNames.ALL);
        HostileNames.ALL.forEach(SettingsPageTest::pause);
        SettingsPage shown = SettingsPage.open(page, jenkins.getURL());
        shown.unfoldAll();
        for (String name : HostileNames.ALL) {
            assertThat(shown.decisionOn(name)).isVisible();
        }
        assertThat(shown.groupHeaders()).hasText(HostileNames.ALL.toArray(String[]::new));
        assertThat(page).not().hasTitle("gone");
        Look.assertFitsAnyScreen(page);
    }

    @Test
    void eachGroupOfTheFormIsHeadedByItsNameAsItIsTyped() throws Exception {
        declare(List.of("production"));
        SettingsPage shown = SettingsPage.open(page, jenkins.getURL());
        shown.button("Add a group").click();
        assertThat(shown.groupHeaders()).hasText(new String[] {"production", "Group"});
        shown.field("Name").last().fill("staging");
        assertThat(shown.groupHeaders()).hasText(new String[] {"production", "staging"});
    }

    @Test
    void nothingIsWrongBeforeAnybodyHasTyped() throws Exception {
        SettingsPage shown = SettingsPage.open(page, jenkins.getURL());
        page.waitForResponse(
                answer -> answer.url().contains("checkName"),
                () -> shown.button("Add a group").click());
        page.waitForResponse(
                answer -> answer.url().contains("FolderCap/checkFolders"),
                () -> shown.button("Add a folder cap").click());
        page.waitForLoadState(LoadState.NETWORKIDLE);
        assertThat(shown.errors()).hasCount(0);
    }

    @Test
    void whatIsRefusedStaysInTheFormAndWhatIsSavedToo() throws Exception {
        declare(List.of("production", "staging"));
        SettingsPage shown = SettingsPage.open(page, jenkins.getURL());
        shown.field("Concurrent builds").fill("40");
        shown.field("Name").last().fill("production");
        shown.save();
        assertThat(page.getByText("declared twice")).isVisible();
        assertThat(shown.field("Name").last()).hasValue("production");
        assertThat(shown.field("Concurrent builds")).hasValue("40");
        shown.field("Name").last().fill("test");
        shown.save();
        assertThat(page.getByText("Saved")).isVisible();
        assertThat(shown.field("Concurrent builds")).hasValue("40");
        assertEquals(40, ConcurrencySettings.get().getCap());
        assertEquals("test", ConcurrencySettings.get().getGroups().get(1).getName());
    }

    @Test
    void whoOnlyReadsThemIsOfferedNothingToChange() throws Exception {
        declare(List.of("production", "staging"));
        ConcurrencySettings.get().setFolderCaps(List.of(new FolderCap("apps/*", 2)));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Jenkins.SYSTEM_READ)
                .everywhere()
                .to("alice"));
        Login.as("alice", page, jenkins);
        SettingsPage shown = SettingsPage.open(page, jenkins.getURL());
        assertThat(shown.groupHeaders()).hasText(new String[] {"production", "staging"});
        for (String button : List.of("Add a group", "Add a folder cap", "Delete", "Save")) {
            assertThat(shown.button(button)).hasCount(0);
        }
    }

    @Test
    void aDecisionIsRevertedOnceThatIsConfirmed() throws Exception {
        declare(List.of("production"));
        pause("production");
        SettingsPage shown = SettingsPage.open(page, jenkins.getURL());
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Revert"))
                .click();
        page.locator("dialog.jenkins-dialog [data-id=ok]").click();
        assertThat(shown.decisions()).hasCount(0);
        assertEquals(List.of(), Decisions.get().all());
    }
}
