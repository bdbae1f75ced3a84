package io.jenkins.plugins.concurrency.lab.rehearse.program;

import java.util.ArrayList;
import java.util.List;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.classgen.Verifier;

/**
 * Makes methods of the default values of parameters, as the compiler does later on: these are then part of the program like all
 * others, and in the sandbox. The groovy-cps that Central has leaves them outside.
 */
final class DefaultValues extends Verifier {
    private DefaultValues() {}

    static void expand(ClassNode node) {
        List<MethodNode> written = methods(node);
        DefaultValues values = new DefaultValues();
        values.setClassNode(node);
        values.addDefaultParameterMethods(node);
        values.addDefaultParameterConstructors(node);
        for (MethodNode method : methods(node)) {
            if (!written.contains(method) && method.getCode() != null) {
                method.getCode().visit(new Names(method.getParameters()));
            }
        }
    }

    private static List<MethodNode> methods(ClassNode node) {
        List<MethodNode> methods = new ArrayList<>(node.getMethods());
        methods.addAll(node.getDeclaredConstructors());
        return methods;
    }

    /** Names of parameters that nobody has looked up yet: those that are passed on as they are. */
    private static final class Names extends CodeVisitorSupport {
        private final Parameter[] parameters;

        Names(Parameter[] parameters) {
            this.parameters = parameters;
        }

        @Override
        public void visitVariableExpression(VariableExpression name) {
            if (name.getAccessedVariable() == null) {
                for (Parameter parameter : parameters) {
                    if (parameter.getName().equals(name.getName())) {
                        name.setAccessedVariable(parameter);
                    }
                }
            }
        }
    }
}
