package io.jenkins.plugins.concurrency.pipeline;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import java.util.List;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** What a Jenkinsfile must not say: the build fails, its log tells what to do, and it holds nothing. */
class BadInputTest extends StoryTest {
    private record Bad(String arguments, String message) {}

    private static final String EMPTY = "The 'group' is given, but it is empty. Check the variable that it comes from";
    private static final String NAMELESS = "One of the groups in 'extra' has no name. Give each a 'group', such as";
    private static final String TOO_MUCH = "slots in total. Ask for at most 1000, or for a whole group";

    private static final List<Bad> ALL = List.of(
            new Bad("group: 'a', limit: 0", "The limit is 0. Give 'limit' 1 or more."),
            new Bad("group: 'a', limit: -1", "The limit is -1. Give 'limit' 1 or more."),
            new Bad("group: 'a', slots: 0", "Group 'a': 'slots' is 0. Give it 1 slot or more."),
            new Bad("group: 'a', slots: 3, limit: 2", "limit"),
            new Bad("group: 'a', scope: 'GLOBAL'", "'GLOBAL' is no scope. Give 'scope' one of 'BUILD', 'UPSTREAM',"),
            new Bad("group: 'a', behavior: 'queue'", "'queue' is no behavior. Give 'behavior' one of 'QUEUE',"),
            new Bad(
                    "group: 'a', result: 'FAILURE'",
                    "'FAILURE' is no result. Give 'result' one of 'ABORTED', 'NOT_BUILT'."),
            new Bad("group: ''", EMPTY),
            new Bad("group: '  '", EMPTY),
            new Bad("''", EMPTY),
            new Bad("group: env.TARGET", EMPTY),
            new Bad("env.TARGET", EMPTY),
            new Bad("group: null, limit: 2", EMPTY),
            new Bad("scope: 'FOLDER'", "The scope FOLDER is given without a group. Name the group, or leave out"),
            new Bad("scope: 'BUILD', limit: 2", "The scope BUILD is given without a group."),
            new Bad("scope: 'UPSTREAM'", "The scope UPSTREAM is given without a group."),
            new Bad("scope: 'CONTROLLER'", "The scope CONTROLLER is given without a group."),
            new Bad("group: 'a' * 201", "has 201 characters. Give it a name of at most 200."),
            new Bad("group: 'a\\nb'", "contains a control character"),
            new Bad(
                    "group: 'a', scope: 'CONTROLLER'",
                    "There is no group 'a' of the whole controller. None is declared."),
            new Bad("group: 'a', extra: [[group: 'A']]", "is named twice in one request"),
            new Bad("group: 'a', exclusive: true, slots: 2", "exclusive"),
            new Bad("group: 'a', waitTimeout: -1", "'waitTimeout' is -1."),
            new Bad("group: 'a', maxQueued: -1", "is -1. Give 0 (no build waits) or more, or leave it out."),
            new Bad("group: 'a', extra: [[group: 'b', limit: 0]]", "The limit is 0."),
            new Bad("group: 'a', extra: [[group: 'b', slots: 2]]", "limit"),
            new Bad("group: 'a', extra: [[group: 'b', scope: 'x']]", "'x' is no scope"),
            new Bad("group: 'a', extra: [[group: '']]", NAMELESS),
            new Bad("group: 'a', extra: [[group: env.TARGET]]", NAMELESS),
            new Bad("group: 'a', extra: [[limit: 2]]", NAMELESS),
            new Bad("group: 'a', limit: 2147483647, slots: 2147483647", TOO_MUCH),
            new Bad("group: 'a', limit: 1001, slots: 1001", TOO_MUCH),
            new Bad("group: 'a', extra: [[group: 'b', limit: 2147483647, slots: 2147483647]]", TOO_MUCH),
            new Bad(
                    "group: 'a', limit: 99999999999L",
                    "'limit' is 99999999999. Give a whole number from 1 to 2147483647."),
            new Bad("group: 'a', limit: 99999999999999999999", "'limit' is 99999999999999999999. Give a whole"),
            new Bad("group: 'a', limit: 1.5", "'limit' is 1.5. Give a whole number"),
            new Bad("group: 'a', limit: 'three'", "'limit' is 'three'. Give a whole number"),
            new Bad("group: 'a', limit: true", "'limit' is true. Give a whole number"),
            new Bad("group: 'a', limit: env.LIMIT", "'limit' is given, but it is empty. Check the variable"),
            new Bad("group: 'a', slots: ''", "'slots' is given, but it is empty."),
            new Bad("group: 'a', priority: -99999999999", "'priority' is -99999999999. Give a whole number from -214"),
            new Bad("group: 'a', maxQueued: 0.5", "'maxQueued' is 0.5. Give a whole number from 0"),
            new Bad("group: 'a', waitTimeout: 0.5", "'waitTimeout' is 0.5. Give a whole number"),
            new Bad("group: 'a', waitTimeout: 1e30", "'waitTimeout' is 1E+30. Give a whole number"),
            new Bad("group: 'a', unit: 'FORTNIGHTS'", "'FORTNIGHTS' is no unit. Give 'unit' one of 'NANOSECONDS',"),
            new Bad("group: 'a', unit: null", "'unit' is given, but it is empty."),
            new Bad("group: 'a', exclusive: 'yes'", "'exclusive' is 'yes'. Give true or false."),
            new Bad("group: 'a', exclusive: null", "'exclusive' is given, but it is empty."),
            new Bad("group: 5", "'group' is 5, which is not text. Put it in quotes, such as group: 'deploy'."),
            new Bad("5", "'group' is 5, which is not text."),
            new Bad("group: ['a']", "'group' is [a], which is not text."),
            new Bad("group: 'a', scope: 5", "'scope' is 5, which is not text."),
            new Bad("group: 'a', reason: 5", "'reason' is 5, which is not text."),
            new Bad("group: 'a', variable: ['x']", "'variable' is [x], which is not text."),
            new Bad("group: 'a', variable: 'a b=c'", "'a b=c' cannot be the name of an environment variable. Give"),
            new Bad("group: 'a', variable: '1st'", "'1st' cannot be the name of an environment variable."),
            new Bad("group: 'a', variable: 'PATH+SLOT'", "'PATH+SLOT' cannot be the name of an environment variable."),
            new Bad("group: 'a', extra: null", "'extra' is given, but it is empty."),
            new Bad(
                    "group: 'a', extra: 'b'",
                    "'extra' is 'b', which is not a list. Give a list, such as extra: [[group:"),
            new Bad("group: 'a', extra: [group: 'b']", "'extra' is {group=b}, which is not a list."),
            new Bad("group: 'a', extra: ['b']", "'extra' has the element 'b'. Give each a 'group', such as"),
            new Bad("group: 'a', extra: [null]", "'extra' has the element 'null'."),
            new Bad("group: 'a', extra: [[group: 'b', limit: 99999999999L]]", "'limit' is 99999999999. Give a whole"),
            new Bad("group: 'a', extra: [[group: 5]]", "'group' is 5, which is not text."),
            new Bad("group: 'a', extra: (1..100).collect { [group: 'b' + it] }", "names 101 groups. Name at most 100"));

    @Test
    void eachFailsTheBuildWithAMessageAndHoldsNothing() throws Exception {
        assertAll(ALL.stream().map(bad -> () -> check(bad)));
    }

    private void check(Bad bad) throws Exception {
        WorkflowRun run = story.start(story.script("bad" + ALL.indexOf(bad), Gates.block(bad.arguments())));
        Gates.ended(run);
        assertEquals(Result.FAILURE, run.getResult(), bad::arguments);
        jenkins.assertLogContains("ERROR: ", run);
        jenkins.assertLogContains(bad.message(), run);
        jenkins.assertLogNotContains("\tat io.jenkins", run);
        assertEquals(List.of(), ConcurrencyManager.get().groups(), bad::arguments);
    }

    @Test
    void aMisspeltParameterIsNamedToo() throws Exception {
        // Which is what Jenkins does elsewhere than in tests.
        DescribableModel.STRICT_PARAMETER_CHECKING = false;
        try {
            WorkflowRun run = story.start(story.script("bad", Gates.block("group: 'a', extra: [[grp: 'x']]")));
            story.ended(run, Result.FAILURE);
            jenkins.assertLogContains(
                    "Unknown parameter(s) found for class type '" + ExtraGroup.class.getName() + "': grp", run);
            jenkins.assertLogContains("ERROR: " + NAMELESS, run);
        } finally {
            DescribableModel.STRICT_PARAMETER_CHECKING = true;
        }
    }

    @Test
    void theValidValuesAreListed() throws Exception {
        WorkflowRun run = story.start(story.script("bad", Gates.block("group: 'a', behavior: 'ABORT'")));
        story.ended(run, Result.FAILURE);
        jenkins.assertLogContains("'QUEUE', 'QUEUE_LATEST', 'CANCEL_RUNNING', 'CANCEL', 'FAIL', 'SKIP'", run);
    }

    @Test
    void whatLooksLikeANumberIsOne() throws Exception {
        String arguments = "group: 'a', limit: '3', slots: 2L, priority: 1.0, maxQueued: null, exclusive: 'false',"
                + " waitTimeout: 5G, variable: '_Slot1'";
        finish(story.start(story.script("good", Gates.block(arguments))));
    }

    @Test
    void aNameOfManyKindsOfCharactersIsAName() throws Exception {
        for (String name : List.of("a/b", "<script>alert(1)</script>", "Größe \u4e2d", "a" + "b".repeat(199), "..")) {
            finish(story.start(story.script("good", Gates.block("'" + name + "'"))));
            jenkins.jenkins.getItem("good").delete();
        }
    }
}
