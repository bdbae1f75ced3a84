package io.jenkins.plugins.concurrency.settings;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import io.jenkins.plugins.concurrency.engine.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeclaredGroupsTest {
    private static DeclaredGroup group(String name, int limit) {
        return new DeclaredGroup(name, limit);
    }

    private static DeclaredGroup child(String name, int limit, String parent) {
        DeclaredGroup group = group(name, limit);
        group.setParent(parent);
        return group;
    }

    private static void assertRefused(String why, DeclaredGroup... groups) {
        Exception refused = assertThrows(IllegalArgumentException.class, () -> DeclaredGroups.of(List.of(groups)));
        assertThat(refused.getMessage(), containsString(why));
    }

    @Test
    void aChildKnowsItsParentWhateverTheCase() {
        Policy policy = DeclaredGroups.of(List.of(child("a", 1, "ALL"), group("all", 2)))
                .policies()
                .get(DeclaredGroup.key("a"));
        assertEquals(Optional.of(DeclaredGroup.key("all")), policy.parent());
    }

    @Test
    void twoGroupsOfOneNameAreRefused() {
        assertRefused("'DEPLOY' is declared twice", group("deploy", 1), group("DEPLOY", 2));
    }

    @Test
    void aParentThatIsNotDeclaredIsRefused() {
        assertRefused("The group 'a' has the parent 'all', which is not declared", child("a", 1, "all"));
    }

    @Test
    void aGroupThatWouldBeItsOwnAncestorIsRefused() {
        assertRefused("its own ancestor", child("a", 1, "b"), child("b", 1, "c"), child("c", 1, "a"));
        assertRefused("its own ancestor", child("a", 1, "a"));
        assertRefused("its own ancestor", child("x", 1, "a"), child("a", 1, "b"), child("b", 1, "a"));
    }

    @Test
    void aChildWithMoreSlotsThanAnAncestorIsRefused() {
        assertRefused(
                "'a' has 3 slots, more than its parent 'c', which has 2",
                child("a", 3, "b"),
                child("b", 3, "c"),
                group("c", 2));
    }

    @Test
    void impossibleNamesLimitsAndBoundsAreRefused() {
        assertRefused("A group has no name. Give each a 'name'", group(" ", 1));
        assertRefused("The name 'a\nb' cannot be used for a group. ", group("a\nb", 1));
        assertRefused("The group 'a' has the limit 0. Give 'limit' 1 or more.", group("a", 0));
        assertRefused("The 'parent' of the group 'a' cannot be used. ", child("a", 1, "b\nc"));
        assertRefused("is reserved for the cap on all builds", group("All Builds", 1));
        DeclaredGroup bounded = group("a", 1);
        bounded.setMaxQueued(-1);
        assertRefused("The group 'a' has the maximum queue length -1. Give 'maxQueued' 0", bounded);
    }

    @Test
    void aGroupOfSomeFoldersIsNotForJobsElsewhere() {
        DeclaredGroup gpu = group("gpu", 1);
        gpu.setFolders("research, team-*");
        DeclaredGroups groups = DeclaredGroups.of(List.of(gpu, group("deploy", 1)));
        groups.checkUse(DeclaredGroup.key("gpu"), "team-a/train");
        groups.checkUse(DeclaredGroup.key("deploy"), "anything");
        Exception refused = assertThrows(
                InvalidRequestException.class, () -> groups.checkUse(DeclaredGroup.key("gpu"), "web/train"));
        assertThat(refused.getMessage(), containsString("'gpu' is only for jobs in research, team-*"));
        assertTrue(groups.similarTo(DeclaredGroup.key("gpv"), "team-a/train").contains("'gpu'"));
        assertEquals(
                "None that this job may use has a similar name. ",
                groups.similarTo(DeclaredGroup.key("gpv"), "web/train"));
        assertTrue(groups.similarTo(DeclaredGroup.key("depoly"), "web/train").endsWith("similar name: 'deploy'. "));
    }

    private static List<String> mended(List<String> mistakes, DeclaredGroup... groups) {
        return DeclaredGroups.mended(List.of(groups), mistakes::add).policies().entrySet().stream()
                .map(group -> group.getKey().name() + " " + group.getValue().limit()
                        + group.getValue()
                                .parent()
                                .map(parent -> " of " + parent.name())
                                .orElse(""))
                .toList();
    }

    @Test
    void ofAFileThatMakesNoSenseAsMuchCountsAsDoes() {
        List<String> mistakes = new ArrayList<>();
        assertEquals(
                List.of("a 2", "b 3 of all", "all 3", "x 1", "y 1 of x", "z 1 of y", "orphan 1"),
                mended(
                        mistakes,
                        group("a", 2),
                        group("A", 5),
                        group("", 1),
                        group("all builds", 1),
                        child("b", 9, "all"),
                        group("all", 3),
                        child("x", 1, "z"),
                        child("y", 1, "x"),
                        child("z", 1, "y"),
                        child("orphan", 1, "nobody")));
        assertEquals(6, mistakes.size(), mistakes::toString);
    }
}
