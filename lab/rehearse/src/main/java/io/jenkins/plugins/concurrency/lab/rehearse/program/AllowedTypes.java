package io.jenkins.plugins.concurrency.lab.rehearse.program;

import java.util.Set;
import java.util.regex.Pattern;

/** The types that a Jenkinsfile may name and make. None of them reaches a file, a process, a thread or the network. */
final class AllowedTypes {
    private static final Set<String> LANG = Set.of(
            "Object",
            "String",
            "CharSequence",
            "StringBuilder",
            "StringBuffer",
            "Number",
            "Integer",
            "Long",
            "Short",
            "Byte",
            "Double",
            "Float",
            "Boolean",
            "Character",
            "Math",
            "Iterable",
            "Comparable",
            "Void",
            "Enum",
            "Override",
            "SuppressWarnings",
            "Deprecated",
            "Cloneable",
            "Throwable",
            "Error",
            "AssertionError",
            "Exception",
            "RuntimeException",
            "IllegalArgumentException",
            "IllegalStateException",
            "UnsupportedOperationException",
            "IndexOutOfBoundsException",
            "ArrayIndexOutOfBoundsException",
            "NullPointerException",
            "NumberFormatException",
            "ArithmeticException",
            "ClassCastException",
            "InterruptedException",
            "NoSuchFieldException",
            "NoSuchMethodError",
            "System",
            "StackOverflowError",
            "NoSuchMethodException",
            "SecurityException",
            "CloneNotSupportedException");
    private static final Set<String> UTIL = Set.of(
            "ArrayList",
            "LinkedList",
            "List",
            "Collection",
            "Collections",
            "Arrays",
            "Set",
            "HashSet",
            "LinkedHashSet",
            "TreeSet",
            "SortedSet",
            "Map",
            "HashMap",
            "LinkedHashMap",
            "TreeMap",
            "SortedMap",
            "Map$Entry",
            "Iterator",
            "ListIterator",
            "Date",
            "Calendar",
            "GregorianCalendar",
            "TimeZone",
            "Locale",
            "UUID",
            "Random",
            "Objects",
            "Optional",
            "Queue",
            "Deque",
            "ArrayDeque",
            "Stack",
            "Vector",
            "Comparator",
            "NoSuchElementException",
            "concurrent.TimeUnit",
            "concurrent.TimeoutException",
            "concurrent.ConcurrentHashMap",
            "concurrent.ConcurrentLinkedQueue",
            "concurrent.atomic.AtomicInteger",
            "concurrent.atomic.AtomicBoolean",
            "concurrent.atomic.AtomicLong",
            "Base64",
            "Base64$Encoder",
            "Base64$Decoder",
            "regex.Pattern",
            "regex.Matcher",
            "StringJoiner",
            "EnumMap",
            "BitSet",
            "concurrent.CopyOnWriteArrayList");
    private static final Set<String> OTHERS = Set.of(
            "java.io.Serializable",
            "java.io.IOException",
            "java.io.FileNotFoundException",
            "java.math.BigDecimal",
            "java.math.BigInteger",
            "java.math.RoundingMode",
            "java.text.SimpleDateFormat",
            "java.text.DateFormat",
            "java.text.DecimalFormat",
            "java.net.URLEncoder",
            "java.net.URLDecoder",
            "java.nio.charset.StandardCharsets",
            "groovy.json.JsonSlurper",
            "groovy.json.JsonSlurperClassic",
            "groovy.json.JsonOutput",
            "groovy.json.JsonBuilder",
            "groovy.json.JsonException",
            "groovy.transform.Field",
            "groovy.lang.Closure",
            "groovy.lang.GString",
            "groovy.lang.Range",
            "groovy.lang.IntRange",
            "groovy.lang.ObjectRange",
            "groovy.lang.Tuple",
            "groovy.lang.Tuple2",
            "groovy.lang.MissingPropertyException",
            "groovy.lang.MissingMethodException",
            "org.codehaus.groovy.runtime.GStringImpl",
            "groovy.lang.GroovyRuntimeException",
            "groovy.lang.EmptyRange",
            "com.cloudbees.groovy.cps.NonCPS",
            "hudson.AbortException",
            "org.jenkinsci.plugins.workflow.steps.FlowInterruptedException",
            "org.jenkinsci.plugins.workflow.libs.Library");
    /** Of values in time, all. */
    private static final Pattern TIME = Pattern.compile("java\\.time(\\.(format|temporal|chrono|zone))?\\.[A-Z]\\w*");

    private AllowedTypes() {}

    static boolean contains(String name) {
        if (name.startsWith("[")) {
            return contains(name.replaceFirst("^\\[+L?", "").replace(";", ""));
        }
        return name.length() == 1
                || OTHERS.contains(name)
                || name.startsWith("java.lang.") && LANG.contains(name.substring("java.lang.".length()))
                || name.startsWith("java.util.") && UTIL.contains(name.substring("java.util.".length()))
                || TIME.matcher(name).matches();
    }

    static boolean contains(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        return element.isPrimitive() || contains(element.getName());
    }
}
