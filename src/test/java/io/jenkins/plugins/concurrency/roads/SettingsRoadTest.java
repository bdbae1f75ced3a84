package io.jenkins.plugins.concurrency.roads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.BulkChange;
import hudson.model.Queue;
import hudson.model.Run;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.Idle;
import io.jenkins.plugins.concurrency.queue.Limited;
import io.jenkins.plugins.concurrency.queue.Limited.Kind;
import io.jenkins.plugins.concurrency.settings.CapRules;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import io.jenkins.plugins.concurrency.settings.DeclaredGroup;
import io.jenkins.plugins.concurrency.settings.FolderCap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The settings change one attribute after the other, as configuration as code sets them. */
@WithJenkins
class SettingsRoadTest {
    private static final GroupKey FOLDER_CAP = new GroupKey(Scope.CONTROLLER, "tools", CapRules.NAME);
    private static final GroupKey DECLARED = new GroupKey(Scope.CONTROLLER, "", "declared");

    /** One attribute as it is to be. */
    private interface Attribute {
        void set(ConcurrencySettings settings);
    }

    private static final List<Attribute> ATTRIBUTES = List.of(
            settings -> settings.setCap(null),
            settings -> settings.setExcludedFolders("tools"),
            settings -> settings.setFolderCaps(List.of(new FolderCap("tools", 1))),
            settings -> settings.setUndeclaredAllowed(false),
            settings -> settings.setGroups(List.of(new DeclaredGroup("declared", 1))));

    private JenkinsRule jenkins;
    private ConcurrencySettings settings;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        settings = ConcurrencySettings.get();
        jenkins.jenkins.setNumExecutors(4);
    }

    private void makeOld() {
        settings.setCap(1);
        settings.setExcludedFolders(null);
        settings.setFolderCaps(List.of());
        settings.setUndeclaredAllowed(true);
        settings.setGroups(List.of());
    }

    private static <T> List<List<T>> orders(List<T> of) {
        if (of.isEmpty()) {
            return List.of(List.of());
        }
        List<List<T>> all = new ArrayList<>();
        for (T first : of) {
            List<T> rest = new ArrayList<>(of);
            rest.remove(first);
            for (List<T> order : orders(rest)) {
                List<T> one = new ArrayList<>(List.of(first));
                one.addAll(order);
                all.add(one);
            }
        }
        return all;
    }

    /** What the builds of a job of the folder count for. */
    private List<GroupKey> caps() {
        return settings.caps().of("tools/job");
    }

    @Test
    void theNewSettingsCountAllAtOnceInWhateverOrderTheyAreSet() throws Exception {
        for (List<Attribute> order : orders(ATTRIBUTES)) {
            makeOld();
            try (BulkChange change = new BulkChange(settings)) {
                for (Attribute attribute : order) {
                    attribute.set(settings);
                    assertEquals(List.of(Roads.CAP), caps());
                    assertFalse(settings.policies().containsKey(DECLARED));
                    settings.checkUse(DECLARED, "job");
                }
                change.commit();
            }
            assertEquals(List.of(FOLDER_CAP), caps());
            assertEquals(Set.of(DECLARED), settings.policies().keySet());
        }
    }

    @Test
    void whoWaitsForAnOldCapWaitsForTheNewOneThatTakesItsPlace(@TempDir Path directory) throws Exception {
        makeOld();
        Folder tools = jenkins.jenkins.createProject(Folder.class, "tools");
        Limited job = Limited.create(jenkins, tools, Kind.FREESTYLE, "job", null);
        Run<?, ?> first = job.inside();
        Queue.Item second = Roads.schedule(job.job());
        Roads.awaitWhy(second, "the cap of all builds");
        Path file = directory.resolve("settings.yaml");
        Files.writeString(file, """
                unclassified:
                  concurrency:
                    cap: 5
                    excludedFolders: "tools"
                    folderCaps:
                      - folders: "tools"
                        limit: 1
                """);
        ConfigurationAsCode.get().configure(file.toString());
        Roads.awaitWhy(second, "the cap of folder 'tools'");
        assertEquals(1, Roads.used(FOLDER_CAP));
        job.finish(first);
        job.finish(job.inside(second));
        settings.setCap(null);
        settings.setFolderCaps(List.of());
        Idle.await();
    }
}
