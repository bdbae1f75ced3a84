package io.jenkins.plugins.concurrency.lab.rehearse.declarative;

import groovy.lang.Closure;
import groovy.lang.GroovyObjectSupport;
import hudson.AbortException;
import io.jenkins.plugins.concurrency.lab.rehearse.build.Build;
import io.jenkins.plugins.concurrency.lab.rehearse.program.Open;
import io.jenkins.plugins.concurrency.lab.rehearse.steps.Nearest;
import java.util.List;
import java.util.Set;

/** A block of a Declarative pipeline that says what is what: each call in it is one of a few words. */
abstract class Section extends GroovyObjectSupport implements Open {
    private final String name;
    private final Build build;

    Section(String name, Build build) {
        this.name = name;
        this.build = build;
    }

    final Build build() {
        return build;
    }

    /** The words that it knows. */
    abstract Set<String> words();

    /** One of its words was said. */
    abstract void say(String word, List<Object> arguments);

    @Override
    public final Object invokeMethod(String word, Object args) {
        if (!words().contains(word)) {
            throw Section.<RuntimeException>asItIs(new AbortException(build.job()
                            .file() + ": '" + word + "' is no part of '" + name + "'." + Nearest.hint(word, words())));
        }
        say(word, args instanceof Object[] array ? List.of(array) : List.of(args));
        return null;
    }

    @Override
    public final Object getProperty(String word) {
        if (word.equals("any") || word.equals("none")) {
            return word;
        }
        return super.getProperty(word);
    }

    /** The block that a word has; null if it has none. */
    static Closure<?> block(List<Object> arguments) {
        Object last = arguments.isEmpty() ? null : arguments.get(arguments.size() - 1);
        return last instanceof Closure<?> block ? block : null;
    }

    /** The block that a word needs. */
    final Closure<?> needed(String word, List<Object> arguments) {
        Closure<?> block = block(arguments);
        if (block == null) {
            throw Section.<RuntimeException>asItIs(
                    new AbortException(build.job().file() + ": '" + word + "' needs a block: " + word + " { … }."));
        }
        return block;
    }

    /** Reads a block into another section. */
    final <S> S read(Closure<?> block, S section) {
        build.program().evaluate(block, section);
        return section;
    }

    /** Programs catch what is thrown, whether it is checked or not. */
    @SuppressWarnings("unchecked")
    static <X extends Throwable> X asItIs(Throwable failure) throws X {
        throw (X) failure;
    }
}
