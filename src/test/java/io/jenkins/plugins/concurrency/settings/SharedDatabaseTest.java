package io.jenkins.plugins.concurrency.settings;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AccessDeniedException3;
import hudson.util.FormValidation;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.yaml.YamlSource;
import io.jenkins.plugins.concurrency.Clients;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.cluster.WhenLost;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.util.NameValuePair;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** The settings by which groups are shared, by form and as code. No database answers here. */
@ExtendWith(OneJenkins.class)
class SharedDatabaseTest {
    private static final String YAML = """
            unclassified:
              concurrency:
                database:
                  url: "jdbc:postgresql://127.0.0.1:1/nowhere"
                  controllerName: "alpha"
                  schema: "groups"
                  credentialsId: "db"
                  lostAfter: 60
                groups:
                  - name: "rig"
                    limit: 2
                    shared: true
                    whenLost: FREE
                  - name: "deploy"
            """;

    private JenkinsRule jenkins;
    private ConcurrencySettings settings;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
        settings = ConcurrencySettings.get();
    }

    private static void load(String yaml) throws ConfiguratorException {
        ConfigurationAsCode.get()
                .configureWith(YamlSource.of(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void whatCodeSaysCountsAndIsExported() throws Exception {
        load(YAML);
        SharedDatabase database = settings.getDatabase();
        assertEquals("jdbc:postgresql://127.0.0.1:1/nowhere", database.getUrl());
        assertEquals("alpha", database.getControllerName());
        assertEquals("groups", database.getSchema());
        assertEquals("db", database.getCredentialsId());
        assertEquals(60, database.getLostAfter());
        assertEquals(List.of("rig"), names(true));
        assertEquals(List.of("deploy"), names(false));
        assertEquals(WhenLost.FREE, settings.getGroups().get(0).getWhenLost());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(out);
        String exported = out.toString(StandardCharsets.UTF_8);
        assertThat(exported, containsString("controllerName: \"alpha\""));
        assertThat(exported, containsString("whenLost: FREE"));
    }

    private List<String> names(boolean shared) {
        return (shared
                        ? settings.sharedPolicies().keySet()
                        : settings.policies().keySet())
                .stream().map(key -> key.name()).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "jdbc:postgresql://127.0.0.1:1/nowhere | jdbc:mysql://db/x | Enter a JDBC URL of PostgreSQL",
                "\"alpha\" | \"not a name\" | Give it 1 to 64 letters",
                "\"groups\" | \"no name\" | 1 to 50 lower case letters",
                "lostAfter: 60 | lostAfter: 1 | Give 'lostAfter' 10 or more",
                "lostAfter: 60 | lostAfter: soon | whole number",
                "schema: \"groups\" | scheme: \"groups\" | 'scheme' is none of its fields",
                "whenLost: FREE | whenLost: KEEP | HOLD, FREE"
            })
    void whatMakesNoSenseIsRefusedWithASentence(String from, String to, String sentence) {
        String yaml = YAML.replace(from, to);
        ConfiguratorException refused = assertThrows(ConfiguratorException.class, () -> load(yaml));
        assertThat(refused.getErrorMessage(), containsString(sentence));
        assertNull(settings.getDatabase());
    }

    @Test
    void aSharedGroupHasASharedParent() {
        String yaml = YAML.replace("whenLost: FREE", "parent: \"deploy\"");
        ConfiguratorException refused = assertThrows(ConfiguratorException.class, () -> load(yaml));
        assertThat(refused.getErrorMessage(), containsString("which is not declared as shared"));
    }

    @Test
    void aFormThatIsSavedKeepsAll() throws Exception {
        load(YAML);
        HtmlForm form = jenkins.createWebClient()
                .withJavaScriptEnabled(true)
                .goTo("manage/concurrency-settings")
                .getFormByName("config");
        jenkins.submit(form);
        SharedDatabase database = settings.getDatabase();
        assertNotNull(database);
        assertEquals("alpha", database.getControllerName());
        assertEquals("groups", database.getSchema());
        assertEquals(60, database.getLostAfter());
        assertTrue(settings.getGroups().get(0).isShared());
        assertEquals(WhenLost.FREE, settings.getGroups().get(0).getWhenLost());
    }

    /** Lets the user "manager" manage Jenkins, and administer nothing; and "reader" see the settings, and change nothing. */
    private void allowManagers() {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Jenkins.MANAGE)
                .everywhere()
                .to("manager")
                .grant(Jenkins.READ, Jenkins.SYSTEM_READ)
                .everywhere()
                .to("reader"));
    }

    @Test
    void theConnectionIsTriedByWhomItConcerns() {
        SharedDatabase.DescriptorImpl descriptor =
                (SharedDatabase.DescriptorImpl) Jenkins.get().getDescriptorOrDie(SharedDatabase.class);
        FormValidation fails =
                descriptor.doTestConnection("jdbc:postgresql://127.0.0.1:1/nowhere", "alpha", "groups", "");
        assertEquals(FormValidation.Kind.ERROR, fails.kind);
        assertThat(fails.getMessage(), containsString("The database cannot be used"));
        assertThat(
                descriptor
                        .doTestConnection("jdbc:postgresql://127.0.0.1:1/nowhere", "alpha", "groups", "gone")
                        .getMessage(),
                containsString("There are no credentials"));
        allowManagers();
        try (ACLContext as = ACL.as(User.getById("manager", true))) {
            assertThrows(
                    AccessDeniedException3.class,
                    () -> descriptor.doTestConnection("jdbc:postgresql://127.0.0.1:1/x", "alpha", "groups", ""));
        }
    }

    @Test
    void whoManagesJenkinsSavesAllElseAndLeavesTheDatabaseToAdministrators() throws Exception {
        load(YAML);
        allowManagers();
        HtmlPage page = jenkins.createWebClient().login("manager").goTo("manage/concurrency-settings");
        assertThat(page.asNormalizedText(), containsString("Only administrators set the database."));
        HtmlForm form = page.getFormByName("config");
        assertTrue(form.getInputsByName("_.url").isEmpty());
        form.getInputsByName("_.limit").get(0).setValue("5");
        jenkins.submit(form);
        assertEquals(5, settings.getGroups().get(0).getLimit());
        assertEquals("db", settings.getDatabase().getCredentialsId());
    }

    @Test
    void whoReadsTheSettingsSeesTheDatabaseAndChangesNothing() throws Exception {
        load(YAML);
        allowManagers();
        HtmlPage page = Clients.of(jenkins, "reader").goTo("manage/concurrency-settings");
        String text = page.asNormalizedText();
        assertThat(text, containsString("jdbc:postgresql://127.0.0.1:1/nowhere"));
        assertThat(text, not(containsString("Test the connection")));
        assertTrue(page.getFormByName("config").getInputsByName("_.url").isEmpty());
        assertEquals(403, send(Clients.of(jenkins, "reader"), "{'groups': []}").getStatusCode());
        assertEquals(2, settings.getGroups().size());
    }

    @Test
    void whoManagesJenkinsCannotSendAnotherDatabaseEither() throws Exception {
        load(YAML);
        allowManagers();
        String other = "{'database': {'url': 'jdbc:postgresql://elsewhere/x', 'controllerName': 'alpha'}}";
        assertThat(
                send(Clients.of(jenkins, "manager"), other).getContentAsString(),
                containsString("by administrators alone"));
        assertEquals(2, settings.getGroups().size());
        assertEquals(
                "jdbc:postgresql://127.0.0.1:1/nowhere", settings.getDatabase().getUrl());
    }

    /** Saves the settings as no form would. */
    private static WebResponse send(JenkinsRule.WebClient client, String json) throws Exception {
        client.setThrowExceptionOnFailingStatusCode(false);
        WebRequest request =
                new WebRequest(client.createCrumbedUrl("manage/concurrency-settings/configure"), HttpMethod.POST);
        request.setRequestParameters(List.of(new NameValuePair("json", json)));
        return client.getPage(request).getWebResponse();
    }
}
