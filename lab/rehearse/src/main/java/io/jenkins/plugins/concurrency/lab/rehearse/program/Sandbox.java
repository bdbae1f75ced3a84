package io.jenkins.plugins.concurrency.lab.rehearse.program;

import groovy.lang.Closure;
import groovy.lang.GString;
import groovy.lang.GroovyClassLoader;
import groovy.lang.Range;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Date;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.kohsuke.groovy.sandbox.GroovyInterceptor;

/**
 * Lets a Jenkinsfile use values, its own classes and what rehearses, and nothing else. Whatever it does passes through here;
 * {@link TypeCheck} sees to it that it names no other types.
 */
@SuppressWarnings("rawtypes") // so are the methods that it overrides
final class Sandbox extends GroovyInterceptor {
    /** Ways out of it that every object has, or that wait in real time. */
    private static final Set<String> NEVER = Set.of(
            "getClass",
            "class",
            "getMetaClass",
            "setMetaClass",
            "metaClass",
            "getClassLoader",
            "classLoader",
            "execute",
            "evaluate",
            "forName",
            "newInstance",
            "wait",
            "notify",
            "notifyAll",
            "finalize",
            "use",
            "mixin",
            "addShutdownHook",
            "getProtectionDomain",
            "protectionDomain",
            "getModule",
            "module",
            "toURL",
            "toURI",
            "getResource",
            "getResourceAsStream",
            "parallelStream",
            "printStackTrace",
            "asWritable",
            "getProperties",
            "getPlatformClassLoader",
            "retransform",
            "loadClass",
            "parseClass",
            "respondsTo",
            "getDirective",
            "setDirective",
            "getMetaPropertyValues");

    private static final BigInteger MOST_REPEATED = BigInteger.valueOf(1_000_000);
    private static final Set<Class<?>> VALUES = Set.of(
            GString.class,
            CharSequence.class,
            Number.class,
            Boolean.class,
            Character.class,
            Collection.class,
            Map.class,
            Map.Entry.class,
            Iterator.class,
            Date.class,
            UUID.class,
            Random.class,
            Optional.class,
            Range.class,
            Enum.class,
            Throwable.class,
            StackTraceElement.class,
            java.util.Calendar.class,
            java.util.TimeZone.class,
            java.util.regex.MatchResult.class,
            java.util.regex.Pattern.class,
            java.text.Format.class,
            java.time.temporal.TemporalAccessor.class,
            java.time.temporal.TemporalAmount.class,
            java.util.Base64.Encoder.class,
            java.util.Base64.Decoder.class,
            java.util.concurrent.atomic.AtomicBoolean.class,
            java.util.StringJoiner.class,
            java.time.ZoneId.class,
            java.time.format.DateTimeFormatter.class,
            java.util.Locale.class,
            groovy.json.JsonSlurper.class,
            groovy.json.JsonSlurperClassic.class,
            groovy.json.JsonBuilder.class);

    /** Programs cannot name these, but are made of calls of them. */
    private static final Set<Class<?>> OF_THE_TRANSFORMATION = Set.of(
            org.codehaus.groovy.runtime.ScriptBytecodeAdapter.class,
            com.cloudbees.groovy.cps.CpsDefaultGroovyMethods.class,
            com.cloudbees.groovy.cps.CpsDefaultGroovyStaticMethods.class,
            com.cloudbees.groovy.cps.CpsStringGroovyMethods.class);

    private final java.time.InstantSource clock;

    /** @param clock what a Jenkinsfile takes for the time */
    Sandbox(java.time.InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Object onMethodCall(Invoker invoker, Object receiver, String method, Object... args) throws Throwable {
        if (method.equals("invokeMethod") && args.length > 0 && !(receiver instanceof Open)) {
            check(receiver, String.valueOf(args[0]));
        }
        check(receiver, method);
        boolean step = args.length == 1 && (receiver instanceof Open || receiver instanceof RehearsedClosure);
        if (method.equals("sleep") && !step) {
            throw refused("sleep in real time");
        }
        if ((method.equals("getAt") || method.equals("putAt")) && args.length > 0) {
            checkIndex(receiver, args[0]);
        }
        checkSize(receiver, method, args);
        if (receiver instanceof Closure<?> closure
                && method.equals("equals")
                && args.length == 1
                && args[0] instanceof Map
                && closure.getDelegate() instanceof Open
                && closure.getDelegate() instanceof groovy.lang.GroovyObject section) {
            return section.invokeMethod(method, args);
        }
        return invoker.call(receiver, method, args);
    }

    @Override
    public Object onStaticCall(Invoker invoker, Class receiver, String method, Object... args) throws Throwable {
        if (receiver == System.class) {
            if (!method.equals("currentTimeMillis") && !method.equals("nanoTime")) {
                throw refused("System." + method);
            }
            return method.equals("nanoTime") ? clock.millis() * 1_000_000 : clock.millis();
        }
        if (OF_THE_TRANSFORMATION.contains(receiver)) {
            return invoker.call(receiver, method, args);
        }
        if (!isAllowed(receiver) || NEVER.contains(method) || method.equals("sleep")) {
            throw refused(receiver.getSimpleName() + "." + method);
        }
        return invoker.call(receiver, method, args);
    }

    @Override
    public Object onNewInstance(Invoker invoker, Class receiver, Object... args) throws Throwable {
        if (!isAllowed(receiver) || receiver == System.class) {
            throw refused("new " + receiver.getSimpleName());
        }
        if (receiver == Date.class && args.length == 0) {
            return new Date(clock.millis());
        }
        return invoker.call(receiver, null, args);
    }

    @Override
    public Object onSuperCall(Invoker invoker, Class sender, Object receiver, String method, Object... args)
            throws Throwable {
        check(receiver, method);
        return invoker.call(new org.kohsuke.groovy.sandbox.impl.Super(sender, receiver), method, args);
    }

    @Override
    public void onSuperConstructor(Invoker invoker, Class receiver, Object... args) throws Throwable {
        if (!isAllowed(receiver) && !Open.class.isAssignableFrom(receiver)) {
            throw refused("extends " + receiver.getSimpleName());
        }
        invoker.call(receiver, null, args);
    }

    @Override
    public Object onGetProperty(Invoker invoker, Object receiver, String property) throws Throwable {
        if (!(receiver instanceof Map)) {
            check(receiver, property);
        }
        return invoker.call(receiver, property);
    }

    @Override
    public Object onSetProperty(Invoker invoker, Object receiver, String property, Object value) throws Throwable {
        check(receiver, property);
        return invoker.call(receiver, property, value);
    }

    @Override
    public Object onGetArray(Invoker invoker, Object receiver, Object index) throws Throwable {
        checkIndex(receiver, index);
        return invoker.call(receiver, null, index);
    }

    @Override
    public Object onSetArray(Invoker invoker, Object receiver, Object index, Object value) throws Throwable {
        checkIndex(receiver, index);
        return invoker.call(receiver, null, index, value);
    }

    /** A text in brackets is a property of whatever is no map. */
    private static void checkIndex(Object receiver, Object index) {
        if (index instanceof CharSequence && !(receiver instanceof Map)) {
            check(receiver, index.toString());
        }
    }

    @Override
    public Object onGetAttribute(Invoker invoker, Object receiver, String attribute) throws Throwable {
        check(receiver, attribute);
        if (!isOwn(receiver.getClass())) {
            throw refused("field " + attribute);
        }
        return invoker.call(receiver, attribute);
    }

    @Override
    public Object onSetAttribute(Invoker invoker, Object receiver, String attribute, Object value) throws Throwable {
        check(receiver, attribute);
        if (!isOwn(receiver.getClass())) {
            throw refused("field " + attribute);
        }
        return invoker.call(receiver, attribute, value);
    }

    private static void check(Object receiver, String member) {
        if (NEVER.contains(member)) {
            throw refused(member);
        }
        if (receiver == null || receiver instanceof Open || isOwn(receiver.getClass())) {
            return;
        }
        if (member.equals("sleep") || !isValue(receiver)) {
            throw refused(name(receiver) + "." + member);
        }
    }

    private static boolean isValue(Object receiver) {
        return receiver instanceof Class<?> type
                ? isAllowed(type) && type != System.class
                : receiver.getClass().isArray() || VALUES.stream().anyMatch(type -> type.isInstance(receiver));
    }

    private static boolean isAllowed(Class<?> type) {
        return AllowedTypes.contains(type) || isOwn(type);
    }

    /** Whether a Jenkinsfile declares it. */
    private static boolean isOwn(Class<?> type) {
        return type.getClassLoader() instanceof GroovyClassLoader || Closure.class.isAssignableFrom(type);
    }

    /** One call could fill the memory. */
    private static void checkSize(Object receiver, String method, Object... args) {
        boolean grows = method.equals("multiply") || method.startsWith("pad") || method.equals("center");
        if (grows
                && (receiver instanceof CharSequence || receiver instanceof Collection)
                && args.length > 0
                && args[0] instanceof Number times
                && BigInteger.valueOf(times.longValue()).compareTo(MOST_REPEATED) > 0) {
            throw refused(method + " by " + times);
        }
    }

    private static String name(Object receiver) {
        return receiver instanceof Class<?> type
                ? type.getName()
                : receiver.getClass().getName();
    }

    private static SecurityException refused(String what) {
        return new SecurityException("A rehearsal does not allow '" + what + "'.");
    }
}
