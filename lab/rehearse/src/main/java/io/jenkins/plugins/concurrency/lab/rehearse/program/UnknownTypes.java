package io.jenkins.plugins.concurrency.lab.rehearse.program;

import groovy.lang.GroovyClassLoader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Stands in for classes of libraries and plugins that are not there, so that the rest of a Jenkinsfile can be rehearsed. */
final class UnknownTypes {
    private static final Pattern MESSAGE =
            Pattern.compile("unable to resolve class ([A-Za-z_]\\w*(?:\\.[A-Za-z_]\\w*)*)");

    private final GroovyClassLoader loader;
    private final Set<String> names = new LinkedHashSet<>();

    UnknownTypes(GroovyClassLoader loader) {
        this.loader = loader;
    }

    /** Those that were made. */
    List<String> names() {
        return List.copyOf(names);
    }

    /**
     * Makes the classes that errors are about.
     *
     * @param text of the program that they are in
     * @return whether there are new ones, and nothing else is wrong
     */
    boolean add(List<String> errors, String text) {
        List<String> missing = new ArrayList<>();
        for (String error : errors) {
            Matcher matcher = MESSAGE.matcher(error);
            if (!matcher.find() || isPlatform(matcher.group(1))) {
                return false;
            }
            missing.add(matcher.group(1));
        }
        boolean more = false;
        for (String name : missing) {
            if (names.add(name)) {
                define(name, text);
                more = true;
            }
        }
        return more;
    }

    /** What is missing there is a mistake. */
    private static boolean isPlatform(String name) {
        return name.startsWith("java.") || name.startsWith("javax.") || name.startsWith("groovy.");
    }

    /** As many type parameters as the program gives it somewhere. */
    private static String parameters(String simple, String text) {
        Matcher use = Pattern.compile("\\b" + simple + "\\s*<([^<>]+)>").matcher(text);
        return use.find()
                ? IntStream.rangeClosed(1, use.group(1).split(",").length)
                        .mapToObj(number -> "T" + number)
                        .collect(Collectors.joining(", ", "<", ">"))
                : "";
    }

    private void define(String name, String text) {
        int dot = name.lastIndexOf('.');
        String simple = name.substring(dot + 1);
        String parent =
                simple.endsWith("Exception") || simple.endsWith("Error") ? "Exception" : UnknownType.class.getName();
        String constructors = parent.equals("Exception")
                ? simple + "(String message) { super(message) }\n" + simple + "() { }\n"
                : simple + "(Object... of) { }\n";
        String source = (dot < 0 ? "" : "package " + name.substring(0, dot) + "\n") + "class " + simple
                + parameters(simple, text) + " extends " + parent + " {\n" + constructors + "}\n";
        loader.parseClass(source);
    }
}
