package io.jenkins.plugins.concurrency.engine;

import java.io.Serializable;
import java.util.Comparator;
import java.util.Objects;

/**
 * Identifies a group: a scope, the place the scope is of, and a name that is compared without case (NFC and full case
 * folding, in every locale alike) and without the blanks around it.
 *
 * <p>Keys are ordered from the narrowest scope to the widest; requests take their claims in this order.
 *
 * @since 1.0
 */
public final class GroupKey implements Comparable<GroupKey>, Serializable {
    private static final long serialVersionUID = 1L;

    /** The longest name a group may have, in characters. */
    public static final int MAX_NAME_LENGTH = 200;

    private static final Comparator<GroupKey> ORDER = Comparator.comparing(GroupKey::scope)
            .thenComparing(GroupKey::context)
            .thenComparing(key -> key.folded);

    private final Scope scope;
    private final String context;
    private final String name;
    private final transient String folded;

    /**
     * @param context what the scope is of: a build, a job or a folder by its full name, or nothing for what is wider
     * @param name 1 to {@value #MAX_NAME_LENGTH} characters, as people count them, of which one is to be seen, and none is a
     *     control character, breaks a line or turns the direction of text; blanks around them do not count
     * @throws InvalidRequestException if the name is none
     */
    public GroupKey(Scope scope, String context, String name) {
        this(
                GroupName.checked(name),
                Objects.requireNonNull(scope, "scope"),
                Objects.requireNonNull(context, "context"));
    }

    private GroupKey(String name, Scope scope, String context) {
        this.scope = scope;
        this.context = context;
        this.name = name;
        this.folded = GroupName.folded(name);
    }

    /** One that was stored is as it was, whatever names are allowed by now. */
    private Object readResolve() {
        return new GroupKey(name, scope, context);
    }

    /** What comes before all groups of a scope and a place, and after those of all places before it. It is no group. */
    static GroupKey before(Scope scope, String context) {
        return new GroupKey("", scope, context);
    }

    /** Where the name is valid. */
    public Scope scope() {
        return scope;
    }

    /** What the scope is of: a build, a job or a folder by its full name; empty for the root, the controller and shared groups. */
    public String context() {
        return context;
    }

    /** The name as it was first written, without blanks around it. */
    public String name() {
        return name;
    }

    /** The name as it is compared: the same however it is written. */
    public String foldedName() {
        return folded;
    }

    /** Whether the scope is of this job, folder or build, or of something in it. */
    public boolean isWithin(String fullName) {
        return Paths.isWithin(context, fullName);
    }

    /** This key after the job or folder {@code from} was renamed or moved to {@code to}. */
    public GroupKey relocated(String from, String to) {
        String moved = Paths.relocated(context, from, to);
        return moved.equals(context) ? this : new GroupKey(scope, moved, name);
    }

    @Override
    public int compareTo(GroupKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GroupKey that
                && scope == that.scope
                && folded.equals(that.folded)
                && context.equals(that.context);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * scope.ordinal() + context.hashCode()) + folded.hashCode();
    }

    @Override
    public String toString() {
        return scope + (context.isEmpty() ? "" : "(" + context + ")") + ":" + name;
    }
}
