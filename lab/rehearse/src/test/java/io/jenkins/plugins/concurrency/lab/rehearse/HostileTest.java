package io.jenkins.plugins.concurrency.lab.rehearse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.concurrency.lab.rehearse.plan.PlanFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a Jenkinsfile tries that it must not: it gets nowhere, and is told so. */
class HostileTest {
    @TempDir
    private Path folder;

    private Show show;

    @BeforeEach
    void setUp() {
        show = new Show(folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "new File('MARK').text = 'x'",
                "def f = 'MARK' as File",
                "File f = 'MARK'",
                "def f = ['MARK'] as java.io.FileOutputStream",
                "java.nio.file.Files.createFile(java.nio.file.Paths.get('MARK'))",
                "Runtime.runtime.exec('touch MARK')",
                "import static java.lang.Runtime.*\ngetRuntime().exec('touch MARK')",
                "new ProcessBuilder('touch', 'MARK').start()",
                "new URL('file:MARK').openStream()",
                "Eval.me('1')",
                "new GroovyShell().evaluate('1')",
                "@Grab('a:b:1') import java.util.List\n1",
                "@groovy.transform.ASTTest(value = { new File('MARK').text = 'x' }) def x = 1",
                "@groovy.transform.CompileStatic def m() { }\nm()",
                "class A extends Thread { }\nnew A()",
                "class A { void finalize() { } }\nnew A()",
                "Thread.sleep(1000)",
                "def m(java.io.File f) { }\nm(null)",
                "class A extends Closure { A() { super(null) } }\nnew A()",
                "class A extends ArrayList { }\nnew A()",
                "class A extends Script { def run() { evaluate('1') } }\nnew A().run()",
                "def c = { a = 'touch MARK'.execute() -> a }\nc()",
                "new groovy.lang.GroovyClassLoader()",
                "def x = [] as groovy.lang.GroovyShell",
                "try { } catch (java.util.zip.ZipException x) { }",
                "io.jenkins.plugins.concurrency.lab.rehearse.Rehearse.main()"
            })
    void typesOfTheWorldOutsideCannotBeNamed(String script) {
        String marked = script.replace("MARK", folder.resolve("mark").toString());
        RehearsalException x = assertThrows(RehearsalException.class, () -> show.builds(1, marked));
        assertTrue(x.getMessage().matches("(?s)Jenkinsfile:\\d+:\\d+: .+"), x.getMessage());
        assertFalse(Files.exists(folder.resolve("mark")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'touch MARK'.execute()",
                "['touch', 'MARK'].execute()",
                "''.class.forName('java.lang.Runtime')",
                "''.getClass().classLoader",
                "''['class'].forName('java.io.File')",
                "def n = 'exec' + 'ute'; 'touch MARK'.\"${n}\"()",
                "def n = 'cla' + 'ss'; ''.\"${n}\"",
                "this.class.classLoader.loadClass('java.io.File')",
                "this.metaClass.x = 1",
                "String.metaClass.x = { 1 }",
                "''.metaClass.invokeMethod('', 'execute')",
                "def c = 'touch MARK'.&execute; c()",
                "[1].each('touch MARK'.&execute)",
                "def c = { }; c.delegate = String; c.resolveStrategy = Closure.DELEGATE_ONLY; c.classLoader",
                "''.invokeMethod('execute', null)",
                "System.exit(1)",
                "System.getenv('PATH')",
                "System.properties",
                "evaluate('1')",
                "use(String) { }",
                "''.sleep(60000)",
                "sleep(60000) { }",
                "({ }).sleep(60000, { })",
                "class A { }\nnew A().sleep(60000)",
                "'x' * 2000000000",
                "''.with { getClass() }",
                "env.class.classLoader",
                "params.getClass()",
                "currentBuild.getClass().classLoader",
                "currentBuild.build.world",
                "env.build.world()",
                "@NonCPS def m() { 'touch MARK'.execute() }\nm()",
                "@NonCPS def m() { String.class.classLoader }\nm()",
                "class A { static x = 'touch MARK'.execute() }\nA.x",
                "class A { def y = 'touch MARK'.execute() }\nnew A()",
                "@groovy.transform.Field def z = 'touch MARK'.execute()\nz",
                "def m(a = 'touch MARK'.execute()) { a }\nm()",
                "\"${-> 'touch MARK'.execute()}\".toString()",
                "load '../../etc/passwd'",
                "load '/etc/passwd'",
                "[a: 1].get('a', 'touch MARK'.execute())",
                "def x = [1, 2].iterator().class.classLoader",
                "[1, 2].iterator()['class']",
                "[1, 2].iterator().getAt('class')",
                "['a']['class']",
                "['touch MARK']*.execute()",
                "['touch MARK'].collect { it.execute() }",
                "@NonCPS def m() { ['touch MARK']*.execute() }\nm()",
                "@NonCPS def m() { ['touch MARK'].collect { it.execute() } }\nm()",
                "@NonCPS def m() { \"${'touch MARK'.execute()}\".toString() }\nm()",
                "@NonCPS def m() { def c = 'touch MARK'.&execute; c() }\nm()",
                "@NonCPS def m() { def n = 'exec' + 'ute'; 'touch MARK'.\"${n}\"() }\nm()",
                "@NonCPS def m(a = 'touch MARK'.execute()) { a }\nm()",
                "@NonCPS def m() { ''['class'].classLoader }\nm()",
                "class A { A(x = 'touch MARK'.execute()) { } }\nnew A()",
                "class A { def m(x = 'touch MARK'.execute()) { } }\nnew A().m()",
                "class A { { 'touch MARK'.execute() } }\nnew A()",
                "class A { static { 'touch MARK'.execute() } }\nnew A()",
                "class A { A() { 'touch MARK'.execute() } }\nnew A()",
                "class A { A(x) { } }\nclass B extends A { B() { super('touch MARK'.execute()) } }\nnew B()",
                "class A { String toString() { 'touch MARK'.execute() } }\n\"${new A()}\".toString()",
                "class A { def propertyMissing(String n) { 'touch MARK'.execute() } }\nnew A().x",
                "enum E { X; E() { 'touch MARK'.execute() } }\nE.X",
                "def x = 1; switch (x) { case 'touch MARK'.execute(): break }",
                "def c = this.&evaluate; c('1')",
                "env.invokeMethod('getClass', null).classLoader",
                "currentBuild.@build.world",
                "this.host.call('x')",
                "this.binding.variables",
                "Locale.default = null"
            })
    void waysOutAreClosed(String script) {
        String marked = script.replace("MARK", folder.resolve("mark").toString());
        try {
            show.builds(1, marked);
            assertEquals("FAILURE", show.results().get(0), script);
            assertFalse(show.build(1).reason().isEmpty());
        } catch (RehearsalException x) {
            assertFalse(x.getMessage().isEmpty());
        }
        assertFalse(Files.exists(folder.resolve("mark")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "while (true) { }",
                "while (true) { echo 'x' }",
                "def f() { f() }\nf()",
                "def c; c = { c() }\nc()",
                "waitUntil { false }",
                "def x = ['a']; while (true) { x << 'a' }"
            })
    void aLoopWithoutAnEndEnds(String script) {
        show.builds(1, script);
        assertTrue(
                show.results().get(0).equals("FAILURE") || show.warnings().contains("unfinished"),
                show.results().toString());
    }

    @Test
    void aLoopThatCannotBeLookedIntoIsStoppedByTime() {
        show.file("Jenkinsfile", "@NonCPS def f() { while (true) { } }\nf()");
        show.file("plan.yaml", "jobs: {j: {jenkinsfile: Jenkinsfile, builds: {at: 0s}}}");
        StoppedException x =
                assertThrows(StoppedException.class, () -> Bounded.run(PlanFile.read(folder.resolve("plan.yaml"), 0)));
        assertTrue(x.getMessage().contains("@NonCPS"), x.getMessage());
    }

    @Test
    void aCompiledClassOfALibraryIsNotLoaded() throws Exception {
        // What is in a folder as bytes has never been in the sandbox: here, a class that this very test is made of.
        String name = HostileTest.class.getName().replace('.', '/') + ".class";
        try (java.io.InputStream bytes = HostileTest.class.getClassLoader().getResourceAsStream(name)) {
            Path copy = folder.resolve("library/src/org/evil/Evil.class");
            Files.createDirectories(copy.getParent());
            Files.write(copy, bytes.readAllBytes());
        }
        show.builds(1, "new org.evil.Evil().setUp()\necho 'no more than a placeholder'", "libraries: [library]\n");
        assertTrue(
                show.journal().notRehearsed().containsKey("class org.evil.Evil"),
                show.journal().notRehearsed()::toString);
    }

    @Test
    void aLinkOutOfTheFolderIsNotFollowed() throws Exception {
        Path outside = Files.createTempFile("outside", ".groovy");
        Files.writeString(outside, "echo 'out'");
        Files.createSymbolicLink(folder.resolve("link.groovy"), outside);
        show.builds(1, "load 'link.groovy'");
        assertEquals("FAILURE", show.results().get(0));
        Files.delete(outside);
    }
}
