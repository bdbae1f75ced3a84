package io.jenkins.plugins.concurrency.remote;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.sf.json.JSONArray;
import net.sf.json.JSONNull;
import net.sf.json.JSONObject;
import org.yaml.snakeyaml.Yaml;

/** What docs/openapi.yaml promises, held against an answer. */
final class OpenApi {
    private final Map<?, ?> document;
    /** The schemas that an answer has had something of. */
    private final Set<String> seen = new TreeSet<>();

    OpenApi() throws IOException {
        document = new Yaml().load(Files.readString(Path.of("docs/openapi.yaml")));
    }

    private static Map<?, ?> map(Map<?, ?> from, String key) {
        return (Map<?, ?>) from.get(key);
    }

    private Map<?, ?> schemas() {
        return map(map(document, "components"), "schemas");
    }

    Set<String> unseen() {
        Set<String> names = new TreeSet<>();
        schemas().keySet().forEach(name -> names.add((String) name));
        names.removeAll(seen);
        return names;
    }

    /** What of an answer is not as the schema of this name says. */
    List<String> mistakes(String schema, Object answer) {
        List<String> mistakes = new ArrayList<>();
        check(schema, Map.of("$ref", "#/components/schemas/" + schema), answer, mistakes);
        return mistakes;
    }

    private void check(String at, Map<?, ?> schema, Object value, List<String> mistakes) {
        if (schema.containsKey("$ref")) {
            String name = ((String) schema.get("$ref")).replaceFirst(".*/", "");
            seen.add(name);
            check(at, map(schemas(), name), value, mistakes);
        } else if (schema.containsKey("oneOf")) {
            if (!isNull(value)) {
                check(at, (Map<?, ?>) ((List<?>) schema.get("oneOf")).get(0), value, mistakes);
            }
        } else if (!types(schema).contains(type(value))) {
            mistakes.add(at + " is " + value + ", and not " + types(schema));
        } else if (value instanceof JSONObject object) {
            checkFields(at, schema, object, mistakes);
        } else if (value instanceof JSONArray array) {
            array.forEach(item -> check(at + "[]", map(schema, "items"), item, mistakes));
        } else if (schema.containsKey("enum") && !((Collection<?>) schema.get("enum")).contains(value)) {
            mistakes.add(at + " is " + value + ", and none of " + schema.get("enum"));
        }
    }

    private void checkFields(String at, Map<?, ?> schema, JSONObject object, List<String> mistakes) {
        Map<?, ?> properties = map(schema, "properties");
        for (Object field : (Collection<?>) schema.get("required")) {
            if (!object.containsKey(field)) {
                mistakes.add(at + "." + field + " is missing");
            }
        }
        for (Object field : object.keySet()) {
            if (properties.containsKey(field)) {
                check(at + "." + field, map(properties, (String) field), object.get(field), mistakes);
            } else {
                mistakes.add(at + "." + field + " is not documented");
            }
        }
    }

    private static Collection<?> types(Map<?, ?> schema) {
        return schema.get("type") instanceof Collection<?> several ? several : List.of(schema.get("type"));
    }

    private static boolean isNull(Object value) {
        return value instanceof JSONNull || value instanceof JSONObject object && object.isNullObject();
    }

    private static String type(Object value) {
        if (isNull(value)) {
            return "null";
        }
        if (value instanceof JSONObject) {
            return "object";
        }
        if (value instanceof JSONArray) {
            return "array";
        }
        if (value instanceof Boolean) {
            return "boolean";
        }
        return value instanceof Integer || value instanceof Long ? "integer" : "string";
    }
}
