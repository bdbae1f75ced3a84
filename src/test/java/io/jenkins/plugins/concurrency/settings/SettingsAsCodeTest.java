package io.jenkins.plugins.concurrency.settings;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.yaml.YamlSource;
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
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class SettingsAsCodeTest {
    private static final Path EXAMPLE = Path.of("docs/examples/settings.yaml");

    private ConcurrencySettings settings;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        settings = ConcurrencySettings.get();
    }

    private static void load(String yaml) throws ConfiguratorException {
        ConfigurationAsCode.get()
                .configureWith(YamlSource.of(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))));
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
        Throwable refused = assertThrows(ConfiguratorException.class, () -> load(circle));
        while (refused.getCause() != null) {
            refused = refused.getCause();
        }
        assertThat(refused.getMessage(), containsString("The group 'a' has the parent 'b', which is not declared"));
        assertEquals(4, settings.policies().size());
    }
}
