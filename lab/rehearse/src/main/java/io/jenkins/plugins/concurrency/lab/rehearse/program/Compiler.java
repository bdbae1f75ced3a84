package io.jenkins.plugins.concurrency.lab.rehearse.program;

import com.cloudbees.groovy.cps.NonCPS;
import com.cloudbees.groovy.cps.TransformerConfiguration;
import groovy.lang.GroovyClassLoader;
import groovy.lang.GroovyCodeSource;
import io.jenkins.plugins.concurrency.lab.rehearse.RehearsalException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.ErrorCollector;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.customizers.ImportCustomizer;
import org.codehaus.groovy.control.messages.Message;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.syntax.SyntaxException;
import org.jenkinsci.plugins.workflow.libs.Library;

/** Makes a program of a Jenkinsfile, as Pipeline does: one that can stop at each step and go on. */
public final class Compiler {
    private final GroovyClassLoader loader;
    private final UnknownTypes unknown;

    /** @param libraries folders with the sources of classes that programs may use */
    public Compiler(List<Path> libraries) {
        TransformerConfiguration transformation =
                new TransformerConfiguration().withClosureType(RehearsedClosure.class);
        GuardedTransformer transformer = new GuardedTransformer();
        transformer.setConfiguration(transformation);
        ImportCustomizer imports = new ImportCustomizer();
        imports.addImports(NonCPS.class.getName(), Library.class.getName());
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.addCompilationCustomizers(
                imports,
                new TypeCheck(CompilePhase.CONVERSION),
                new TypeCheck(CompilePhase.SEMANTIC_ANALYSIS),
                transformer);
        configuration.setScriptBaseClass(RehearsedScript.class.getName());
        // It would fetch what a Jenkinsfile names.
        configuration.setDisabledGlobalASTTransformations(Set.of("groovy.grape.GrabAnnotationTransformation"));
        GroovyClassLoader stands = new GroovyClassLoader(Compiler.class.getClassLoader());
        unknown = new UnknownTypes(stands);
        loader = new GroovyClassLoader(stands, configuration);
        // As a class path, a folder could have compiled classes, which no sandbox holds.
        loader.setResourceLoader(type -> source(libraries, type));
    }

    private static URL source(List<Path> libraries, String type) throws MalformedURLException {
        Path file = Folders.find(libraries, type.replace('.', '/') + ".groovy").orElse(null);
        return file == null ? null : file.toUri().toURL();
    }

    /**
     * @param name what it is called in errors
     * @throws RehearsalException if it cannot be read; the message has lines and columns
     */
    public Class<? extends RehearsedScript> compile(String text, String name) {
        while (true) {
            try {
                return parse(text, name);
            } catch (MultipleCompilationErrorsException x) {
                List<String> errors = told(name, x.getErrorCollector());
                if (!unknown.add(errors, text)) {
                    throw new RehearsalException(String.join("\n", errors));
                }
            } catch (StackOverflowError x) {
                throw new RehearsalException(name + ": it is nested too deeply. Write it flatter.");
            } catch (CompilationFailedException | ClassCastException | LinkageError | AssertionError x) {
                // The last is what the compiler says of itself.
                throw new RehearsalException(name + ": " + x.getMessage());
            }
        }
    }

    private Class<? extends RehearsedScript> parse(String text, String name) {
        String type = name.replaceAll("\\.[^.]*$", "").replaceAll("\\W", "_");
        GroovyCodeSource source = new GroovyCodeSource(text, type + ".groovy", "/rehearsal");
        source.setCachable(false);
        Class<?> parsed = loader.parseClass(source, false);
        return parsed.asSubclass(RehearsedScript.class);
    }

    /** The classes that are not there, and that others stand in for. */
    public List<String> unknownTypes() {
        return unknown.names();
    }

    private static List<String> told(String name, ErrorCollector errors) {
        List<String> told = new ArrayList<>();
        for (Object error : errors.getErrors()) {
            told.add(told(name, (Message) error));
        }
        return told.stream().distinct().toList();
    }

    private static String told(String name, Message error) {
        if (error instanceof SyntaxErrorMessage syntax) {
            SyntaxException cause = syntax.getCause();
            String what = cause.getOriginalMessage().replaceAll("\\s+", " ").trim();
            return name + ":" + cause.getStartLine() + ":" + cause.getStartColumn() + ": "
                    + what.replaceAll("(\\.|;)+$", "") + ".";
        }
        java.io.StringWriter text = new java.io.StringWriter();
        error.write(new java.io.PrintWriter(text));
        return name + ": " + text.toString().lines().findFirst().orElse("cannot be read");
    }

    /** Whether a type is one of those that a program is made of. */
    static boolean isOwn(String type) {
        return type.equals(RehearsedScript.class.getName()) || type.equals(RehearsedClosure.class.getName());
    }
}
