package io.jenkins.plugins.concurrency.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.Idle;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

class DecisionsTest {
    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private static GroupKey adHoc(String folder) {
        return new GroupKey(Scope.FOLDER, folder, "ci");
    }

    private static GroupView view(GroupKey key) {
        return ConcurrencyManager.get().group(key, 0, 0).orElseThrow();
    }

    @Test
    void decisionsSurviveRestartsAndRenamesWithWhoMadeThem() throws Throwable {
        sessions.then(jenkins -> {
            jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
            ConcurrencySettings.get().setGroups(List.of(new DeclaredGroup("deploy", 1)));
            jenkins.jenkins.createProject(Folder.class, "team");
            try (ACLContext as = ACL.as2(User.getById("alice", true).impersonate2())) {
                Decisions.get().overrideLimit(DeclaredGroup.key("deploy"), OptionalInt.of(7));
                Decisions.get().overrideLimit(DeclaredGroup.key("deploy"), OptionalInt.of(8));
                Decisions.get().pause(adHoc("team"), true);
                Decisions.get().pause(DeclaredGroup.key("deploy"), true);
                Decisions.get().pause(DeclaredGroup.key("deploy"), false);
            }
            jenkins.jenkins.getItemByFullName("team", Folder.class).renameTo("crew");
        });
        sessions.then(jenkins -> {
            // Nobody gets in before all is as it was.
            Story story = new Story(jenkins);
            story.finish(story.inside(story.job("probe", "group: 'probe'")));
            assertEquals(8, view(DeclaredGroup.key("deploy")).limit());
            assertEquals(OptionalInt.of(8), view(DeclaredGroup.key("deploy")).override());
            assertTrue(view(adHoc("crew")).paused());
            List<Decision> decisions = Decisions.get().all();
            assertEquals(
                    List.of(adHoc("crew"), DeclaredGroup.key("deploy")),
                    decisions.stream().map(Decision::group).toList());
            assertEquals(
                    List.of("alice", "alice"),
                    decisions.stream().map(Decision::getBy).toList());
            assertEquals(OptionalInt.of(8), decisions.get(1).limit());
            Decisions.get().pause(adHoc("crew"), false);
            assertTrue(ConcurrencyManager.get().group(adHoc("crew"), 0, 0).isEmpty());
            Idle.await();
        });
    }
}
