package io.jenkins.plugins.concurrency.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Items;
import io.jenkins.plugins.concurrency.OneJenkins;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

@ExtendWith(OneJenkins.class)
class ItemNamesTest {
    private final ItemNames names = new ItemNames();
    private final List<String> followed = new ArrayList<>();
    private JenkinsRule jenkins;
    private Folder team;
    private FreeStyleProject job;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        team = rule.createProject(Folder.class, "team");
        job = team.createProject(FreeStyleProject.class, "job");
    }

    private void told(Item item, String from) {
        names.move(item, from, (before, now) -> followed.add(before + " > " + now));
    }

    @Test
    void aNameIsTheOldOneUntilItIsTold() throws Exception {
        assertEquals("team/job", names.of(job));
        team.renameTo("crew");
        job.renameTo("work");
        assertEquals("team/job", names.of(job));
        told(team, "team");
        assertEquals("crew/job", names.of(job));
        told(job, "crew/job");
        assertEquals("crew/work", names.of(job));
        assertEquals(List.of("team > crew", "crew/job > crew/work"), followed);
    }

    @Test
    void whatIsInAFolderFollowsWithIt() throws Exception {
        names.of(job);
        FreeStyleProject unknown = team.createProject(FreeStyleProject.class, "unknown");
        Items.move(team, jenkins.createProject(Folder.class, "all"));
        assertEquals("team/job", names.of(job));
        told(team, "team");
        told(job, "team/job");
        told(unknown, "team/unknown");
        assertEquals(List.of("team > all/team"), followed);
        assertEquals("all/team/job", names.of(job));
    }

    @Test
    void whatNobodyHasAskedForFollowsAllTheSame() throws Exception {
        team.renameTo("crew");
        assertEquals("crew/job", names.of(job));
        told(team, "team");
        told(job, "team/job");
        assertEquals(List.of("team > crew"), followed);
    }

    @Test
    void anotherFolderThatGoesTheSameWayFollowsToo() throws Exception {
        team.renameTo("crew");
        told(team, "team");
        team.delete();
        Folder next = jenkins.createProject(Folder.class, "team");
        FreeStyleProject nextJob = next.createProject(FreeStyleProject.class, "job");
        names.of(nextJob);
        next.renameTo("crew");
        told(next, "team");
        assertEquals(List.of("team > crew", "team > crew"), followed);
        assertEquals("crew/job", names.of(nextJob));
    }

    @Test
    void twoNamesThatAreToldInTheWrongOrder() throws Exception {
        names.of(job);
        job.renameTo("second");
        job.renameTo("third");
        told(job, "team/second");
        told(job, "team/job");
        assertEquals("team/job > team/third", followed.get(0));
        assertEquals("team/third", names.of(job));
    }
}
