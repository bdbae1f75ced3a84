package io.jenkins.plugins.concurrency.lab.rehearse.program;

import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.classgen.Verifier;

/**
 * Makes methods of the default values of parameters, as the compiler does later on: these are then part of the program like all
 * others, and in the sandbox. The groovy-cps that Central has leaves them outside.
 */
final class DefaultValues extends Verifier {
    private DefaultValues() {}

    static void expand(ClassNode node) {
        DefaultValues values = new DefaultValues();
        values.setClassNode(node);
        values.addDefaultParameterMethods(node);
        values.addDefaultParameterConstructors(node);
    }
}
