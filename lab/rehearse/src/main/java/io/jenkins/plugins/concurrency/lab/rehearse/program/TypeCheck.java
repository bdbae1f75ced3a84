package io.jenkins.plugins.concurrency.lab.rehearse.program;

import java.util.Set;
import org.codehaus.groovy.ast.AnnotatedNode;
import org.codehaus.groovy.ast.AnnotationNode;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.FieldNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.ArrayExpression;
import org.codehaus.groovy.ast.expr.CastExpression;
import org.codehaus.groovy.ast.expr.ClassExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstructorCallExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.StaticMethodCallExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.CatchStatement;
import org.codehaus.groovy.ast.stmt.ForStatement;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;
import org.codehaus.groovy.syntax.SyntaxException;

/**
 * Refuses a Jenkinsfile that names a type which a rehearsal does not allow: without a name, nothing can be cast to it either,
 * which the sandbox would not see everywhere.
 */
final class TypeCheck extends CompilationCustomizer {
    private static final Set<String> ANNOTATIONS =
            Set.of("Field", "NonCPS", "Library", "Override", "SuppressWarnings", "Deprecated");

    TypeCheck(CompilePhase phase) {
        super(phase);
    }

    @Override
    public void call(SourceUnit source, GeneratorContext context, ClassNode node) {
        new Visitor(source, getPhase() != CompilePhase.CONVERSION).visitClass(node);
    }

    private static final class Visitor extends ClassCodeVisitorSupport {
        private final SourceUnit source;
        private final boolean resolved;

        Visitor(SourceUnit source, boolean resolved) {
            this.source = source;
            this.resolved = resolved;
        }

        @Override
        protected SourceUnit getSourceUnit() {
            return source;
        }

        /** Before anything acts on them. */
        @Override
        public void visitAnnotations(AnnotatedNode node) {
            for (AnnotationNode annotation : node.getAnnotations()) {
                if (!ANNOTATIONS.contains(annotation.getClassNode().getNameWithoutPackage())) {
                    refuse("the annotation @" + annotation.getClassNode().getName(), annotation);
                }
            }
        }

        @Override
        public void visitImports(org.codehaus.groovy.ast.ModuleNode node) {
            if (node != null) {
                node.getImports().forEach(this::visitAnnotations);
                node.getStarImports().forEach(this::visitAnnotations);
                node.getStaticImports().values().forEach(this::visitAnnotations);
                node.getStaticStarImports().values().forEach(one -> {
                    visitAnnotations(one);
                    check(one.getType(), one);
                });
            }
        }

        @Override
        public void visitClass(ClassNode node) {
            visitImports(node.getModule());
            if (resolved && !node.isScriptBody() && !isFineParent(node.getSuperClass())) {
                refuse("to extend " + node.getSuperClass().getName(), node);
            }
            for (ClassNode type : node.getInterfaces()) {
                check(type, node);
            }
            super.visitClass(node);
        }

        /** What is in the superclass is outside of the sandbox. */
        private static boolean isFineParent(ClassNode parent) {
            return parent == null
                    || parent.redirect().isPrimaryClassNode()
                    || isOfPrograms(parent)
                    || parent.equals(ClassHelper.OBJECT_TYPE)
                    || parent.getName().equals("java.lang.Enum")
                    || parent.isDerivedFrom(ClassHelper.make(Exception.class))
                            && AllowedTypes.contains(parent.getName());
        }

        @Override
        public void visitField(FieldNode node) {
            check(node.getType(), node);
            super.visitField(node);
        }

        @Override
        protected void visitConstructorOrMethod(MethodNode node, boolean constructor) {
            check(node.getReturnType(), node);
            if (node.getName().equals("finalize")) {
                refuse("a finalizer", node);
            }
            for (Parameter parameter : node.getParameters()) {
                check(parameter.getType(), parameter);
            }
            super.visitConstructorOrMethod(node, constructor);
        }

        @Override
        public void visitClassExpression(ClassExpression expression) {
            check(expression.getType(), expression);
        }

        @Override
        public void visitCastExpression(CastExpression expression) {
            check(expression.getType(), expression);
            super.visitCastExpression(expression);
        }

        @Override
        public void visitConstructorCallExpression(ConstructorCallExpression call) {
            if (!call.isSpecialCall()) {
                check(call.getType(), call);
            }
            super.visitConstructorCallExpression(call);
        }

        @Override
        public void visitStaticMethodCallExpression(StaticMethodCallExpression call) {
            check(call.getOwnerType(), call);
            super.visitStaticMethodCallExpression(call);
        }

        @Override
        public void visitArrayExpression(ArrayExpression expression) {
            check(expression.getElementType(), expression);
            super.visitArrayExpression(expression);
        }

        @Override
        public void visitDeclarationExpression(DeclarationExpression expression) {
            visitAnnotations(expression);
            super.visitDeclarationExpression(expression);
        }

        @Override
        public void visitVariableExpression(VariableExpression expression) {
            check(expression.getOriginType(), expression);
        }

        @Override
        public void visitClosureExpression(ClosureExpression expression) {
            if (expression.getParameters() != null) {
                for (Parameter parameter : expression.getParameters()) {
                    check(parameter.getType(), parameter);
                    if (parameter.hasInitialExpression()) {
                        refuse("default values of a closure's parameters", parameter);
                    }
                }
            }
            super.visitClosureExpression(expression);
        }

        @Override
        public void visitForLoop(ForStatement loop) {
            check(loop.getVariable().getType(), loop.getVariable());
            super.visitForLoop(loop);
        }

        @Override
        public void visitCatchStatement(CatchStatement statement) {
            check(statement.getExceptionType(), statement);
            super.visitCatchStatement(statement);
        }

        private void check(ClassNode type, org.codehaus.groovy.ast.ASTNode where) {
            ClassNode element = type;
            while (element.isArray()) {
                element = element.getComponentType();
            }
            boolean own =
                    element.redirect().isPrimaryClassNode() || element.isGenericsPlaceHolder() || isOfPrograms(element);
            if (resolved && !own && !Compiler.isOwn(element.getName()) && !isFine(element)) {
                refuse("the type " + element.getName(), where);
            }
        }

        /** Of a library, or one that stands in for another. */
        private static boolean isOfPrograms(ClassNode type) {
            return type.isResolved() && type.getTypeClass().getClassLoader() instanceof groovy.lang.GroovyClassLoader;
        }

        private static boolean isFine(ClassNode type) {
            return ClassHelper.isPrimitiveType(type) || AllowedTypes.contains(type.getName());
        }

        private void refuse(String what, org.codehaus.groovy.ast.ASTNode where) {
            boolean generated = where.getLineNumber() <= 0 && !(where instanceof org.codehaus.groovy.ast.ImportNode);
            if (!generated) {
                error(what, where);
            }
        }

        private void error(String what, org.codehaus.groovy.ast.ASTNode where) {
            source.addError(new SyntaxException(
                    "a rehearsal does not allow " + what, where.getLineNumber(), where.getColumnNumber()));
        }
    }
}
