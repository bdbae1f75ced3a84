package io.jenkins.plugins.concurrency.lab.rehearse.program;

import com.cloudbees.groovy.cps.CpsTransformer;
import com.cloudbees.groovy.cps.sandbox.Untrusted;
import org.codehaus.groovy.ast.ClassCodeExpressionTransformer;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.FieldNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.SourceUnit;
import org.kohsuke.groovy.sandbox.SandboxTransformer;

/**
 * Makes programs that can stop and go on, all of whose code is in the sandbox. Takes the place of the transformer of groovy-cps,
 * which needs a newer groovy-sandbox than Central has: to refuse finalizers, which {@link TypeCheck} does, and to guard casts,
 * which are to types that it allows.
 */
final class GuardedTransformer extends CpsTransformer {
    private final SandboxTransformer sandbox = new SandboxTransformer();
    private ClassCodeExpressionTransformer untransformed;

    @Override
    public void call(SourceUnit source, GeneratorContext context, ClassNode node) {
        DefaultValues.expand(node);
        untransformed = sandbox.createVisitor(source, node);
        super.call(source, context, node);
    }

    @Override
    protected void processConstructors(ClassNode node) {
        sandbox.processConstructors(untransformed, node);
    }

    @Override
    protected void visitNontransformedMethod(MethodNode method) {
        untransformed.visitMethod(method);
    }

    @Override
    protected void visitNontransformedField(FieldNode field) {
        untransformed.visitField(field);
    }

    @Override
    protected void visitNontransformedStatement(Statement statement) {
        statement.visit(untransformed);
    }

    @Override
    protected Class<?> getTrustTag() {
        return Untrusted.class;
    }
}
