package io.jenkins.plugins.concurrency.lab.rehearse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Scripted Jenkinsfiles do. */
class ScriptedTest {
    @TempDir
    private Path folder;

    private Show show;

    @BeforeEach
    void setUp() {
        show = new Show(folder);
    }

    @Test
    void loopsAndClosuresStopAtEachStepAndGoOn() {
        show.builds(1, """
                def words = []
                for (word in ['a', 'b']) { sh word; words << word.toUpperCase() }
                ['c', 'd'].each { sh it; words << it }
                (1..2).collect { it * 2 }.eachWithIndex { n, i -> words << "${n}${i}" }
                int i = 0
                while (i < 2) { i++; sleep 1 }
                echo words.join(',') + i
                """);
        assertEquals(List.of("A,B,c,d,20,412"), show.notes());
        assertEquals(4 * 30_000 + 2_000, show.build(1).ended());
    }

    @Test
    void branchesRunAtOnceAndTheirValuesComeBack() {
        show.builds(1, "def all = parallel(one: { sh 'a'; 1 }, two: { sh 'b'; 2 })\necho \"${all.one + all.two}\"");
        assertEquals(List.of("3"), show.notes());
        assertEquals(30_000, show.build(1).ended());
    }

    @Test
    void theFirstFailureStopsTheOtherBranches() {
        show.builds(1, """
                try {
                    parallel(one: { sleep 5; error 'no' }, two: { sh 'b' }, failFast: true)
                } catch (hudson.AbortException x) { echo x.message }
                """);
        assertEquals(List.of("no"), show.notes());
        assertEquals(5_000, show.build(1).ended());
    }

    @Test
    void whatIsThrownIsCaughtAndCleanedUpAfter() {
        show.builds(1, """
                import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException
                try {
                    timeout(time: 10, unit: 'SECONDS') { sh 'long' }
                } catch (FlowInterruptedException x) { echo 'late' } finally { echo 'clean' }
                try { [][1].nothing() } catch (NullPointerException x) { echo 'null' }
                """);
        assertEquals(List.of("late", "clean", "null"), show.notes());
        assertEquals(List.of("SUCCESS"), show.results());
    }

    @Test
    void methodsAndClassesOfTheFileAreItsOwn() {
        show.builds(1, """
                class Shop { String name; def greet(steps) { steps.sh 'x'; return "hello ${name}" } }
                @NonCPS def longest(all) { all.sort { a, b -> b.size() <=> a.size() }.first() }
                def twice(n) { sleep 1; n * 2 }
                echo new Shop(name: 'shop').greet(this)
                echo longest(['a', 'ccc', 'bb'])
                echo "${twice(4)}"
                """);
        assertEquals(List.of("hello shop", "ccc", "8"), show.notes());
    }

    @Test
    void parametersHaveDefaultValues() {
        show.builds(1, """
                def run(Map of = [:], int times = 1, Closure body) { sh 'x'; body("${of} ${times}") }
                class Shop { String name; Shop(String name = 'shop') { this.name = name }; def hi(who = 'you', more = '!') { "${name} ${who} ${more}" } }
                @NonCPS def twice(a = 'b') { a * 2 }
                run { echo it }
                run([times: 2]) { echo it }
                run([:], 3) { echo it }
                echo "${new Shop().hi()} ${new Shop('x').hi('y')} ${twice()}"
                """);
        assertEquals(List.of("[:] 1", "[times:2] 1", "[:] 3", "shop you ! x y ! bb"), show.notes());
    }

    @Test
    void aFileBesideItIsLoaded() {
        show.file("lib/tools.groovy", "def greet(name) { sh 'x'; echo \"hello ${name}\" }\nreturn this");
        show.builds(1, "def tools = load 'lib/tools.groovy'\ntools.greet('you')");
        assertEquals(List.of("hello you"), show.notes());
        assertEquals(30_000, show.build(1).ended());
    }

    @Test
    void aFolderIsASharedLibrary() {
        show.file(
                "library/vars/deploy.groovy",
                "def call(Map of) { concurrency(group: of.to) { sh 'x'; new org.shop.Names().of(of.to) } }");
        show.file("library/src/org/shop/Names.groovy", "package org.shop\nclass Names { def of(x) { \"to ${x}\" } }");
        show.file("library/vars/tools.groovy", "def version() { '1.2' }");
        show.builds(2, "@Library('shared') _\necho deploy(to: 'prod')\necho tools.version()", "libraries: [library]\n");
        assertEquals(List.of("to prod", "1.2", "to prod", "1.2"), show.notes());
        assertEquals(60_000, show.build(2).ended());
    }

    @Test
    void variablesComeFromBlocksTheBuildAndItsParameters() {
        show.builds(1, """
                properties([parameters([string(name: 'TARGET', defaultValue: 'stage'), booleanParam(name: 'FAST')])])
                env.ONE = 'one'
                withEnv(['TWO=two', 'ONE=other']) { echo "${env.ONE} ${TWO}" }
                echo "${ONE} ${params.TARGET} ${params.FAST} ${env.JOB_NAME} ${BUILD_NUMBER} ${env.NONE}"
                """);
        assertEquals(List.of("other two", "one stage false team/job 1 null"), show.notes());
    }

    @Test
    void failuresAreCaughtRetriedAndCounted() {
        show.builds(1, """
                int tries = 0
                retry(3) { tries++; if (tries < 3) { error 'again' } }
                catchError(buildResult: 'UNSTABLE') { error 'but' }
                int waits = 0
                waitUntil { waits++; waits > 3 }
                echo "${tries} ${waits} ${currentBuild.result}"
                """);
        assertTrue(show.notes().contains("3 4 UNSTABLE"), show.notes().toString());
        assertEquals(List.of("UNSTABLE"), show.results());
    }

    @Test
    void anOlderBuildDoesNotPassAMilestoneAfterANewerOne() {
        show.builds(2, "sh 'x'\nif (env.BUILD_NUMBER == '1') { sh 'y' }\nmilestone 1\nsh 'z'");
        assertEquals(List.of("NOT_BUILT", "SUCCESS"), show.results());
    }

    @Test
    void aLockIsAGroupOfTheWholeController() {
        show.builds(
                2,
                "lock('printer') { sh 'x' }\nlock(label: 'phones', quantity: 1) { sh 'y' }",
                "resources: {phones: 2}\n");
        assertEquals(90_000, show.build(2).ended());
    }

    @Test
    void aBuildStartsAnotherAndWaitsInsideItsBlock() {
        show.file("down", "concurrency(group: 'x', scope: 'FOLDER') { sh 'x' }");
        show.file(
                "up",
                "concurrency(group: 'x') { def b = build job: 'down', parameters: [string(name: 'A', value: 'b')]\n echo b.result }");
        show.plan("""
                jobs:
                  team/up: {jenkinsfile: up, builds: {at: 0s}}
                  team/down: {jenkinsfile: down, builds: {at: 1h}}
                steps: {sh: 30s}
                """);
        assertEquals(List.of("SUCCESS"), show.notes());
        assertEquals(List.of("SUCCESS", "SUCCESS", "SUCCESS"), show.results());
    }

    @Test
    void aStepReturnsWhatThePlanSays() {
        show.builds(
                        1,
                        "echo sh(returnStdout: true, script: 'git rev-parse HEAD')\necho \"${readJSON(file: 'x')}\"",
                        """
                """)
                .plan("""
                jobs: {j: {jenkinsfile: Jenkinsfile, builds: {at: 0s}}}
                steps:
                  sh: {"git *": {takes: 2s, returns: abc}}
                """);
        assertEquals(List.of("abc", "[:]"), show.notes());
        assertTrue(show.journal().notRehearsed().containsKey("readJSON"));
        assertEquals(2_000, show.journal().end());
    }

    @Test
    void buildsTakeTurnsOnTheExecutors() {
        show.builds(3, "node { sh 'x' }", "executors: {any: 1}\n");
        assertEquals(90_000, show.build(3).ended());
    }

    @Test
    void whatIsOfALibraryThatIsNotThereTakesItsTimeAndIsListed() {
        show.builds(1, """
                @Library('else') import org.other.Tools
                import org.other.Pairs
                import org.other.GoneException
                Pairs<String, Integer> pairs = new Pairs<>('a')
                try { new Tools(this).deploy('x') { echo 'inside' } } catch (GoneException x) { echo 'gone' }
                helper.go { echo 'there' }
                doIt 'x'
                """);
        assertEquals(List.of("inside", "there"), show.notes());
        assertTrue(show.journal()
                .notRehearsed()
                .keySet()
                .containsAll(List.of(
                        "class org.other.Tools", "class org.other.Pairs", "variable helper", "helper.go", "doIt")));
    }
}
