package io.jenkins.plugins.concurrency.lab.rehearse.steps;

import io.jenkins.plugins.concurrency.lab.rehearse.build.Build;
import io.jenkins.plugins.concurrency.lab.rehearse.build.Job;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The step {@code properties}: what counts for the builds of the job from now on. */
public final class PropertiesStep {
    private PropertiesStep() {}

    static Object start(Call call) {
        Job job = call.build().job();
        job.setLimit(null);
        job.setOneAtATime(false, false);
        if (call.arguments().get("properties") instanceof List<?> list) {
            list.forEach(property -> apply(call.build(), property));
        }
        return null;
    }

    /** One of them, by its symbol. */
    public static void apply(Build build, Object property) {
        if (!(property instanceof Map<?, ?> fields)) {
            return;
        }
        Object symbol = fields.get("$symbol");
        if ("concurrencyLimit".equals(symbol)) {
            Map<String, Object> limit = new LinkedHashMap<>();
            fields.forEach((name, value) -> limit.put(String.valueOf(name), value));
            limit.remove("$symbol");
            if (limit.remove("causes") != null) {
                build.world()
                        .journal()
                        .notRehearsed("concurrencyLimit(causes: …)", build.job().name());
            }
            build.job().setLimit(limit);
        } else if ("disableConcurrentBuilds".equals(symbol)) {
            build.job().setOneAtATime(true, Boolean.parseBoolean(String.valueOf(fields.get("abortPrevious"))));
        } else if ("parameters".equals(symbol) && fields.get("value") instanceof List<?> parameters) {
            Parameters.declare(build, parameters);
        }
    }
}
