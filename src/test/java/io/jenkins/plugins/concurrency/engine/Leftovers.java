package io.jenkins.plugins.concurrency.engine;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What an engine still keeps in its maps and sets: nothing must be there once all have ended. */
final class Leftovers {
    private Leftovers() {}

    static List<String> of(Engine engine) {
        try {
            List<String> found = new ArrayList<>();
            for (Field field : Engine.class.getDeclaredFields()) {
                field.setAccessible(true);
                collect(field.get(engine), found);
            }
            return found;
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static void collect(Object part, List<String> found) throws IllegalAccessException {
        for (Field field : part.getClass().getDeclaredFields()) {
            if (part.getClass().getPackage() != Engine.class.getPackage()) {
                return;
            }
            field.setAccessible(true);
            Object value = field.get(part);
            if (value instanceof Map<?, ?> map && !map.isEmpty()) {
                found.add(field + " " + map);
            } else if (value instanceof Collection<?> collection && !collection.isEmpty()) {
                found.add(field + " " + collection);
            }
        }
    }
}
