package io.jenkins.plugins.concurrency.settings;

import com.thoughtworks.xstream.converters.UnmarshallingContext;
import com.thoughtworks.xstream.io.HierarchicalStreamReader;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.util.XStream2;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Reads objects that people write by hand, or older versions wrote. Jenkins leaves out the fields that it cannot read, and
 * tells nobody but the page of old data; this one tells the object, which knows what counts instead, and can say so.
 */
@Restricted(NoExternalUse.class)
public abstract class HandWritten<T> extends XStream2.PassthruConverter<T> {
    /** Where Jenkins keeps what it could not read. */
    private static final String ERRORS = "ReadError";

    private static final Object TOLD = new Object();

    protected HandWritten(@NonNull XStream2 xstream) {
        super(xstream);
    }

    @Override
    @SuppressWarnings("unchecked")
    public Object unmarshal(HierarchicalStreamReader reader, UnmarshallingContext context) {
        boolean outermost = context.get(ERRORS) == null;
        List<Throwable> errors = errors(context);
        Set<Throwable> before = identities(errors);
        Object read = super.unmarshal(reader, context);
        Set<Throwable> found = identities(errors);
        if (outermost && found.isEmpty()) {
            context.put(ERRORS, null);
        }
        found.removeAll(before);
        // What is inside of it has said its own.
        Set<Throwable> told = identities(context.get(TOLD));
        List<String> reasons = found.stream()
                .filter(error -> !told.contains(error))
                .map(HandWritten::reason)
                .distinct()
                .toList();
        told.addAll(found);
        context.put(TOLD, told);
        read((T) read, reasons);
        return read;
    }

    /** The list, not what is there afterwards: what has a file of its own takes it away, to report it. */
    @SuppressWarnings("unchecked")
    private static List<Throwable> errors(UnmarshallingContext context) {
        if (context.get(ERRORS) == null) {
            context.put(ERRORS, new ArrayList<Throwable>());
        }
        return (List<Throwable>) context.get(ERRORS);
    }

    private static Set<Throwable> identities(Object errors) {
        Set<Throwable> all = Collections.newSetFromMap(new IdentityHashMap<>());
        if (errors instanceof Collection<?> collection) {
            collection.forEach(error -> all.add((Throwable) error));
        }
        return all;
    }

    /** Without what XStream adds to it, which is a page long. */
    private static String reason(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    }

    @Override
    protected final void callback(T read, UnmarshallingContext context) {}

    /** Mends an object that was read, and says so if there is anything to mend. */
    protected abstract void read(@NonNull T read, @NonNull List<String> unreadable);
}
