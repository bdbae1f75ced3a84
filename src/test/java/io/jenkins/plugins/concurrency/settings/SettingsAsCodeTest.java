package io.jenkins.plugins.concurrency.settings;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.yaml.YamlSource;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Order;
import io.jenkins.plugins.concurrency.engine.Overflow;
import io.jenkins.plugins.concurrency.engine.Policy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

@ExtendWith(OneJenkins.class)
class SettingsAsCodeTest {
    private static final Path EXAMPLE = Path.of("docs/examples/settings.yaml");

    private ConcurrencySettings settings;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        settings = ConcurrencySettings.get();
    }

    private static void load(String yaml) throws ConfiguratorException {
        ConfigurationAsCode.get().configureWith(source(yaml));
    }

    private static YamlSource<?> source(String yaml) {
        return YamlSource.of(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
    }

    private static String export() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private Policy policy(String name) {
        return settings.policies().get(DeclaredGroup.key(name));
    }

    @Test
    void theExampleSaysWhatItSays() throws Exception {
        load(Files.readString(EXAMPLE));
        assertEquals(
                List.of("production", "deploy", "smoke-tests", "gpu"),
                settings.getGroups().stream().map(DeclaredGroup::getName).toList());
        assertEquals(
                new Policy(
                        2,
                        Order.FIFO,
                        OptionalInt.of(20),
                        Overflow.DISPLACE_OLDEST,
                        10,
                        Optional.of(DeclaredGroup.key("production"))),
                policy("deploy"));
        assertEquals(Order.NEWEST_FIRST, policy("gpu").order());
        assertEquals(40, settings.getCap());
        assertEquals("housekeeping", settings.getExcludedFolders());
        assertEquals(12, settings.getFolderCaps().get(1).getLimit());
        assertEquals(
                List.of("research", ""),
                settings.caps().of("research/job").stream()
                        .map(GroupKey::context)
                        .toList());
        assertEquals(List.of(), settings.caps().of("housekeeping/job"));
        assertEquals(
                "research, products/*/training", settings.getGroups().get(3).getFolders());
    }

    @Test
    void whatIsExportedSaysTheSameWhenItIsImported() throws Exception {
        load(Files.readString(EXAMPLE));
        settings.setUndeclaredAllowed(true);
        List<DeclaredGroup> before = settings.getGroups();
        String exported = export();
        String own = exported.substring(exported.indexOf("  concurrency:"));
        own = own.substring(0, own.indexOf("\n  ", own.indexOf("undeclaredAllowed")));
        settings.setGroups(List.of());
        settings.setUndeclaredAllowed(false);
        settings.setCap(null);
        settings.setFolderCaps(List.of());
        load("unclassified:\n" + own);
        assertEquals(before.size(), settings.getGroups().size());
        assertEquals(own, export().substring(exported.indexOf("  concurrency:")).substring(0, own.length()));
        assertEquals(true, settings.isUndeclaredAllowed());
    }

    @Test
    void aReloadCountsAndTakesAwayWhatIsNoLongerListed() throws Exception {
        load(Files.readString(EXAMPLE));
        load("""
                unclassified:
                  concurrency:
                    groups:
                      - name: "deploy"
                        limit: 5
                """);
        assertEquals(Policy.ofLimit(5), policy("deploy"));
        assertEquals(1, settings.policies().size());
    }

    @Test
    void groupsThatMakeNoSenseAreRefusedAsAWhole() throws Exception {
        load(Files.readString(EXAMPLE));
        String circle = """
                unclassified:
                  concurrency:
                    groups:
                      - name: "a"
                        limit: 5
                        parent: "b"
                """;
        ConfiguratorException refused = assertThrows(ConfiguratorException.class, () -> load(circle));
        assertThat(
                refused.getErrorMessage(), containsString("The group 'a' has the parent 'b', which is not declared"));
        assertEquals(4, settings.policies().size());
    }

    @Test
    void whatIsLeftOutIsAsInANewForm() throws Exception {
        load("""
                unclassified:
                  concurrency:
                    groups:
                      - name: "deploy"
                    folderCaps:
                      - folders: "team-*"
                """);
        assertEquals(Policy.ofLimit(1), policy("deploy"));
        assertEquals(1, settings.getFolderCaps().get(0).getLimit());
    }

    private record Bad(String code, String message) {}

    private static final String NUMBER = "It can be: a whole number from -2147483648 to 2147483647.";

    private static final List<Bad> ALL = List.of(
            new Bad("groups: [{limit: 3}]", "A group has no name. Give each a 'name', such as 'deploy'."),
            new Bad("groups: [{name: a, limit: 0}]", "The group 'a' has the limit 0. Give 'limit' 1 or more."),
            new Bad("groups: [{name: a, limit: many}]", "groups » 'a': 'limit' is 'many'. " + NUMBER),
            new Bad("groups: [{name: a, limit: 99999999999}]", "groups » 'a': 'limit' is '99999999999'. " + NUMBER),
            new Bad("groups: [{name: a, limit: ''}]", "groups » 'a': 'limit' is ''. " + NUMBER),
            new Bad("groups: [{name: a, limit: [1]}]", "groups » 'a': 'limit' is '[…]'. It can be: one value."),
            new Bad("groups: [{name: a, priority: high}]", "groups » 'a': 'priority' is 'high'. " + NUMBER),
            new Bad("groups: [{name: a, maxQueued: -1}]", "The group 'a' has the maximum queue length -1."),
            new Bad(
                    "groups: [{name: a, order: RANDOM}]",
                    "groups » 'a': 'order' is 'RANDOM'. It can be: FIFO, NEWEST_FIRST, FAIR."),
            new Bad(
                    "groups: [{name: a, overflow: cancel}]",
                    "'overflow' is 'cancel'. It can be: CANCEL, FAIL, DISPLACE"),
            new Bad("groups: [{name: a, colour: red}]", "groups » 'a': 'colour' is none of its fields, which are desc"),
            new Bad("groups: [{name: a, parent: b}]", "The group 'a' has the parent 'b', which is not declared."),
            new Bad("groups: [{name: a}, {name: A}]", "The group 'A' is declared twice."),
            new Bad("groups: [a]", "groups » 1: this is no group of fields. Give it at least a 'name'."),
            new Bad("groups: a", "concurrency: 'groups' is 'a'. It can be: a list."),
            new Bad("cap: 0", "The cap of the controller is 0. Give 'cap' 1 or more"),
            new Bad("cap: many", "concurrency: 'cap' is 'many'. " + NUMBER),
            new Bad("undeclaredAllowed: maybe", "'undeclaredAllowed' is 'maybe'. It can be: true, false."),
            new Bad("folderCaps: [{limit: 3}]", "A cap has no folders. Enter the 'folders' to cap"),
            new Bad(
                    "folderCaps: [{folders: a, limit: 0}]",
                    "The cap on the folders 'a' is 0. Give 'limit' 1 or more."));

    @Test
    void theCheckFindsWhatMakesNoSenseAndNamesTheGroupTheFieldAndTheReason() throws Exception {
        load(Files.readString(EXAMPLE));
        assertAll(ALL.stream().map(bad -> () -> {
            String yaml = "unclassified:\n  concurrency:\n    undeclaredAllowed: true\n    " + bad.code() + "\n";
            if (bad.code().startsWith("undeclared")) {
                yaml = yaml.replace("    undeclaredAllowed: true\n", "");
            }
            String all = yaml;
            // What the form and the page of configuration as code show is this one message.
            ConfiguratorException found = assertThrows(
                    ConfiguratorException.class, () -> ConfigurationAsCode.get().checkWith(source(all)));
            assertThat(found.getErrorMessage(), containsString(bad.message()));
            assertEquals(4, settings.policies().size());
            assertEquals(40, settings.getCap());
            assertEquals(false, settings.isUndeclaredAllowed());
        }));
    }
}
