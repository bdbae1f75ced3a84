package io.jenkins.plugins.concurrency.engine;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an engine still keeps in its maps and sets: nothing must be there once all have ended. */
final class Leftovers {
    private final List<String> found = new ArrayList<>();
    private final Set<Object> seen = new HashSet<>();

    private Leftovers() {}

    static List<String> of(Engine engine) {
        Leftovers leftovers = new Leftovers();
        try {
            leftovers.collect(engine);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
        return leftovers.found;
    }

    private void collect(Object part) throws IllegalAccessException {
        boolean own = part != null && part.getClass().getPackage() == Engine.class.getPackage();
        // The clock is the test itself.
        if (!own || part instanceof InstantSource || !seen.add(part)) {
            return;
        }
        for (Class<?> of = part.getClass(); of != Object.class; of = of.getSuperclass()) {
            for (Field field : of.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    look(field, field.get(part));
                }
            }
        }
    }

    private void look(Field field, Object value) throws IllegalAccessException {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            found.add(field + " " + map);
        } else if (value instanceof Collection<?> collection && !collection.isEmpty()) {
            found.add(field + " " + collection);
        } else {
            collect(value);
        }
    }
}
