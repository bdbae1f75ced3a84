package io.jenkins.plugins.concurrency.pages;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.concurrency.Clients;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import io.jenkins.plugins.concurrency.settings.FolderCap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

class CapCardTest {
    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private static String page(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.jenkins.getItemByFullName("team/deploy", FreeStyleProject.class);
        try (JenkinsRule.WebClient client = Clients.of(jenkins)) {
            return client.getPage(job, "concurrency")
                    .getElementById("main-panel")
                    // They are folded up while nobody uses them.
                    .getTextContent();
        }
    }

    @Test
    void theCardOfACapSaysWhatItIsForAndHowMuchItHasAfterARestartToo() throws Throwable {
        sessions.then(jenkins -> {
            ConcurrencySettings.get().setCap(7);
            ConcurrencySettings.get().setFolderCaps(List.of(new FolderCap("team", 3)));
            Folder team = jenkins.jenkins.createProject(Folder.class, "team");
            jenkins.buildAndAssertSuccess(team.createProject(FreeStyleProject.class, "deploy"));
            assertCards(page(jenkins));
        });
        sessions.then(jenkins -> {
            assertCards(page(jenkins));
            ConcurrencySettings.get().setCap(null);
            assertThat(page(jenkins), not(containsString("all builds of this controller")));
        });
    }

    private static void assertCards(String page) {
        assertThat(page, containsString("0 of 7 slots in use"));
        assertThat(page, containsString("all builds of this controller"));
        assertThat(page, containsString("0 of 3 slots in use"));
        assertThat(page, containsString("all builds in folder 'team'"));
    }
}
