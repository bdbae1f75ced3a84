package io.jenkins.plugins.concurrency.settings;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.FormValidation;
import io.jenkins.plugins.concurrency.Clients;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.Order;
import io.jenkins.plugins.concurrency.engine.Overflow;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import java.net.URL;
import java.util.List;
import java.util.OptionalInt;
import jenkins.model.Jenkins;
import org.htmlunit.FailingHttpStatusCodeException;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

@ExtendWith(OneJenkins.class)
class SettingsFormTest {
    private JenkinsRule jenkins;
    private ConcurrencySettings settings;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
        settings = ConcurrencySettings.get();
    }

    private HtmlForm form() throws Exception {
        return jenkins.createWebClient().goTo("manage/concurrency-settings").getFormByName("config");
    }

    private static DeclaredGroup deploy() {
        DeclaredGroup deploy = new DeclaredGroup("deploy <b>", 2);
        deploy.setParent("all");
        deploy.setPriority(-7);
        deploy.setOrder(Order.FAIR);
        deploy.setMaxQueued(0);
        deploy.setOverflow(Overflow.DISPLACE_OLDEST);
        deploy.setFolders("team-a, team-b/**");
        deploy.setDescription("One & only");
        return deploy;
    }

    @Test
    void whatIsSavedIsWhatIsShown() throws Exception {
        DeclaredGroup all = new DeclaredGroup("all", 3);
        settings.setGroups(List.of(deploy(), all));
        settings.setUndeclaredAllowed(true);
        settings.setCap(40);
        settings.setExcludedFolders("tools, admin");
        settings.setFolderCaps(List.of(new FolderCap("team-*", 3), new FolderCap("**", 9)));
        jenkins.submit(form());
        assertTrue(settings.isUndeclaredAllowed());
        assertEquals(40, settings.getCap());
        assertEquals("tools, admin", settings.getExcludedFolders());
        assertEquals(2, settings.getFolderCaps().size());
        jenkins.assertEqualDataBoundBeans(
                new FolderCap("team-*", 3), settings.getFolderCaps().get(0));
        assertEquals(2, settings.getGroups().size());
        jenkins.assertEqualDataBoundBeans(deploy(), settings.getGroups().get(0));
        jenkins.assertEqualDataBoundBeans(all, settings.getGroups().get(1));
        assertEquals(0, settings.getGroups().get(0).getMaxQueued());
    }

    @Test
    void theSystemPageLeavesThemAlone() throws Exception {
        settings.setGroups(List.of(new DeclaredGroup("all", 3)));
        settings.setUndeclaredAllowed(true);
        HtmlForm system = jenkins.createWebClient().goTo("configure").getFormByName("config");
        assertTrue(system.getInputsByName("_.undeclaredAllowed").isEmpty());
        Clients.save(system);
        assertEquals(1, settings.getGroups().size());
        assertTrue(settings.isUndeclaredAllowed());
    }

    @Test
    void theLastGroupCanBeTakenAway() throws Exception {
        settings.setGroups(List.of(new DeclaredGroup("all", 3)));
        HtmlForm form = form();
        ((HtmlElement) form.getFirstByXPath(".//button[contains(@class, 'repeatable-delete')]")).click();
        form.getPage().getEnclosingWindow().getJobManager().waitForJobs(5000);
        jenkins.submit(form);
        assertTrue(settings.getGroups().isEmpty());
        assertTrue(settings.policies().isEmpty());
    }

    @Test
    void aFormThatMakesNoSenseChangesNothingAndSaysWhy() throws Exception {
        settings.setGroups(List.of(deploy(), new DeclaredGroup("all", 3)));
        HtmlForm form = form();
        form.getInputsByName("_.name").get(0).setValue("ALL");
        form.getInputByName("_.undeclaredAllowed").setChecked(true);
        form.getInputByName("_.cap").setValue("7");
        assertThat(refusal(form), containsString("declared twice"));
        assertEquals("deploy <b>", settings.getGroups().get(0).getName());
        assertFalse(settings.isUndeclaredAllowed());
        assertNull(settings.getCap());
    }

    @Test
    void aNumberThatIsNoneIsRefusedWithASentence() throws Exception {
        settings.setGroups(List.of(deploy(), new DeclaredGroup("all", 3)));
        settings.setCap(7);
        HtmlForm bad = form();
        bad.getInputByName("_.cap").setValue("99999999999");
        String answer = refusal(bad);
        assertThat(answer, containsString("'cap' is '99999999999'. Give a whole number"));
        assertThat(answer, not(containsString("\tat io.jenkins")));
        assertEquals(7, settings.getCap());
        jenkins.assertEqualDataBoundBeans(deploy(), settings.getGroups().get(0));
        HtmlForm form = form();
        form.getInputsByName("_.limit").get(0).setValue("");
        form.getInputsByName("_.priority").get(0).setValue("");
        jenkins.submit(form);
        assertEquals(1, settings.getGroups().get(0).getLimit());
        assertEquals(0, settings.getGroups().get(0).getPriority());
    }

    @Test
    void aCapOfNothingIsRefusedAndChangesNothing() {
        assertThrows(IllegalArgumentException.class, () -> settings.setCap(0));
        assertThrows(IllegalArgumentException.class, () -> settings.setFolderCaps(List.of(new FolderCap("team-*", 0))));
        assertThrows(IllegalArgumentException.class, () -> settings.setFolderCaps(List.of(new FolderCap(" ", 1))));
        assertNull(settings.getCap());
        assertTrue(settings.caps().isEmpty());
        FolderCap.DescriptorImpl form = (FolderCap.DescriptorImpl) jenkins.jenkins.getDescriptorOrDie(FolderCap.class);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckFolders(" ").kind);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckLimit("0").kind);
        assertEquals(FormValidation.Kind.ERROR, settings.doCheckCap("0").kind);
        assertEquals(FormValidation.Kind.OK, settings.doCheckCap("").kind);
    }

    @Test
    void mistakesAreToldAsOneTypes() throws Exception {
        settings.setGroups(List.of(deploy(), new DeclaredGroup("all", 3)));
        DeclaredGroup.DescriptorImpl form =
                (DeclaredGroup.DescriptorImpl) jenkins.jenkins.getDescriptorOrDie(DeclaredGroup.class);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckName(" ").kind);
        assertEquals(FormValidation.Kind.OK, form.doCheckName("x").kind);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckLimit("0", "").kind);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckLimit("4", "All").kind);
        assertEquals(FormValidation.Kind.OK, form.doCheckLimit("3", "all").kind);
        assertEquals(FormValidation.Kind.WARNING, form.doCheckParent("none", "x").kind);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckParent("deploy <b>", "all").kind);
        assertEquals(FormValidation.Kind.OK, form.doCheckParent("all", "x").kind);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckMaxQueued("-1").kind);
        assertEquals(FormValidation.Kind.OK, form.doCheckMaxQueued("").kind);
        assertEquals(FormValidation.Kind.WARNING, form.doCheckFolders("nowhere").kind);
        jenkins.createFolder("team-a");
        assertEquals(FormValidation.Kind.OK, form.doCheckFolders("team-*").kind);
        assertEquals(List.of("all"), form.doAutoCompleteParent("AL").getValues());
    }

    @Test
    void onlyWhoManagesJenkinsMayChangeAnything() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.CONFIGURE)
                .everywhere()
                .to("dev")
                .grant(Jenkins.READ, Jenkins.SYSTEM_READ)
                .everywhere()
                .to("auditor")
                .grant(Jenkins.READ, Jenkins.MANAGE)
                .everywhere()
                .to("manager"));
        settings.setGroups(List.of(new DeclaredGroup("all", 3)));
        JenkinsRule.WebClient dev = jenkins.createWebClient().login("dev");
        dev.assertFails("manage/concurrency-settings", 403);
        JenkinsRule.WebClient auditor = jenkins.createWebClient().login("auditor");
        HtmlPage page = auditor.goTo("manage/concurrency-settings");
        assertThat(page.asNormalizedText(), containsString("all"));
        HtmlForm form = page.getFormByName("config");
        assertThrows(FailingHttpStatusCodeException.class, () -> jenkins.submit(form));
        HtmlForm managers = jenkins.createWebClient()
                .login("manager")
                .goTo("manage/concurrency-settings")
                .getFormByName("config");
        managers.getInputsByName("_.limit").get(0).setValue("5");
        jenkins.submit(managers);
        assertEquals(5, settings.getGroups().get(0).getLimit());
        try (ACLContext as = ACL.as2(User.getById("dev", true).impersonate2())) {
            DeclaredGroup.DescriptorImpl checks =
                    (DeclaredGroup.DescriptorImpl) jenkins.jenkins.getDescriptorOrDie(DeclaredGroup.class);
            assertTrue(checks.doAutoCompleteParent("a").getValues().isEmpty());
            assertEquals(FormValidation.Kind.OK, checks.doCheckParent("none", "x").kind);
        }
    }

    @Test
    void thePageTellsWhatPeopleDecidedAtRunTimeAndTakesItBack() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        settings.setGroups(List.of(new DeclaredGroup("all", 3)));
        try (ACLContext as = ACL.as2(User.getById("alice", true).impersonate2())) {
            Decisions.get().overrideLimit(DeclaredGroup.key("all"), OptionalInt.of(9));
            Decisions.get().pause(DeclaredGroup.key("all"), true);
        }
        HtmlPage page = jenkins.createWebClient().goTo("manage/concurrency-settings");
        assertThat(page.asNormalizedText(), matchesRegex("(?s).*all\t *Paused *\t *alice.*"));
        assertThat(page.asNormalizedText(), matchesRegex("(?s).*all\t *Limit 9 *\t *alice.*"));
        HtmlElement revert = page.getFirstByXPath("//tr[contains(., 'Paused')]//a[@data-post='true']");
        post(jenkins.createWebClient(), revert.getAttribute("data-url"));
        assertFalse(all().paused());
        assertEquals(9, all().limit());
    }

    @Test
    void whatHoldsNoMoreCannotBeTakenBackAndThePageSaysSo() throws Exception {
        settings.setGroups(List.of(new DeclaredGroup("all", 3)));
        Decisions.get().pause(DeclaredGroup.key("all"), true);
        JenkinsRule.WebClient browser = jenkins.createWebClient();
        for (String request : List.of("takeBack", "takeBack?id=", "takeBack?id=CONTROLLER:all%20limit")) {
            WebResponse refused = post(browser, request);
            assertEquals(400, refused.getStatusCode(), request);
            assertThat(refused.getContentAsString(), containsString("This decision no longer holds."));
        }
        assertTrue(all().paused());
    }

    @Test
    void whoMayNotManageDecidesNothing() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        settings.setGroups(List.of(new DeclaredGroup("all", 3)));
        Decisions.get().overrideLimit(DeclaredGroup.key("all"), OptionalInt.of(9));
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Jenkins.SYSTEM_READ)
                .everywhere()
                .to("reader"));
        JenkinsRule.WebClient reader = jenkins.createWebClient().login("reader");
        HtmlPage page = reader.goTo("manage/concurrency-settings");
        assertThat(page.asNormalizedText(), matchesRegex("(?s).*all\t *Limit 9.*"));
        assertThat(page.getWebResponse().getContentAsString(), not(containsString("takeBack")));
        assertEquals(403, post(reader, "takeBack?id=CONTROLLER:all%20limit").getStatusCode());
        assertEquals(9, all().limit());
    }

    /** Saves, and returns what the page says of the mistake. */
    private String refusal(HtmlForm form) throws Exception {
        ((HtmlPage) form.getPage()).getWebClient().getOptions().setThrowExceptionOnFailingStatusCode(false);
        return jenkins.submit(form).asNormalizedText();
    }

    private WebResponse post(JenkinsRule.WebClient browser, String change) throws Exception {
        URL url = new URL(jenkins.getURL(), "manage/concurrency-settings/" + change);
        return browser.withThrowExceptionOnFailingStatusCode(false)
                .getPage(browser.addCrumb(new WebRequest(url, HttpMethod.POST)))
                .getWebResponse();
    }

    private static GroupView all() {
        return ConcurrencyManager.get().group(DeclaredGroup.key("all"), 0, 0).orElseThrow();
    }
}
