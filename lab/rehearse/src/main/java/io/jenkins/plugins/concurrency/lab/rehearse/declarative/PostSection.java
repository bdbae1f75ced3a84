package io.jenkins.plugins.concurrency.lab.rehearse.declarative;

import groovy.lang.Closure;
import io.jenkins.plugins.concurrency.lab.rehearse.build.Build;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what is in {@code post { … }}. */
final class PostSection extends Section {
    /** In the order in which they run. */
    static final List<String> ORDER = List.of(
            "always",
            "changed",
            "fixed",
            "regression",
            "aborted",
            "failure",
            "success",
            "unstable",
            "unsuccessful",
            "notBuilt",
            "cleanup");

    private final Map<String, Closure<?>> blocks = new LinkedHashMap<>();

    PostSection(Build build) {
        super("post", build);
    }

    Map<String, Closure<?>> blocks() {
        return blocks;
    }

    @Override
    Set<String> words() {
        return Set.copyOf(ORDER);
    }

    @Override
    void say(String word, List<Object> arguments) {
        blocks.put(word, needed(word, arguments));
    }
}
