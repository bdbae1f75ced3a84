package io.jenkins.plugins.concurrency.lab.rehearse.steps;

import io.jenkins.plugins.concurrency.lab.rehearse.build.Build;
import java.util.List;
import java.util.Map;

/** The parameters that a program declares. */
public final class Parameters {
    private Parameters() {}

    /** Gives a build the default values of what it was not given. */
    public static void declare(Build build, List<?> parameters) {
        for (Object parameter : parameters) {
            if (parameter instanceof Map<?, ?> fields && fields.get("name") != null) {
                String name = fields.get("name").toString();
                // Jenkins knows them only after the first build; a rehearsal is of a job that is known.
                if (!build.parameters().containsKey(name)) {
                    Object value = usual(fields);
                    build.parameters().put(name, value);
                    build.env().put(name, String.valueOf(value));
                }
            }
        }
    }

    /** The value that one has if nobody gives it another. */
    static Object usual(Map<?, ?> fields) {
        Object value = fields.get("defaultValue");
        if (value != null) {
            return value;
        }
        if (fields.get("choices") != null) {
            Object choices = fields.get("choices");
            return choices instanceof List<?> list
                    ? list.isEmpty() ? "" : list.get(0)
                    : choices.toString().lines().findFirst().orElse("");
        }
        return "booleanParam".equals(fields.get("$symbol")) ? Boolean.FALSE : "";
    }
}
