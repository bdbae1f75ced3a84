package io.jenkins.plugins.concurrency.lab.rehearse.steps;

import com.cloudbees.groovy.cps.Outcome;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.lab.rehearse.build.Build;
import io.jenkins.plugins.concurrency.lab.rehearse.build.BuildInfo;
import io.jenkins.plugins.concurrency.lab.rehearse.build.Job;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Context;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Once;
import io.jenkins.plugins.concurrency.lab.rehearse.flow.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** The step {@code build}, for the jobs of the rehearsal. */
final class BuildStep {
    private BuildStep() {}

    static Object start(Call call) {
        Build build = call.build();
        String name = call.text("job", "");
        Job job = build.world().find(name, build.job()).orElse(null);
        if (job == null) {
            // It may be of another part of the controller: that takes time, and no more.
            build.world()
                    .journal()
                    .notRehearsed("build job: '" + name + "'", build.job().name());
            return call.build()
                    .world()
                    .stepTimes()
                    .task(build.world().time(), "build", name, BuildInfo.succeeded(name));
        }
        boolean wait = call.flag("wait", true);
        boolean propagate = call.flag("propagate", true);
        return (Task) (context, then) -> {
            Once once = new Once(then);
            Build started =
                    build.world().schedule(job, "", parameters(call), build, wait ? around(build, context) : List.of());
            if (!wait) {
                build.world().time().soon(() -> once.accept(new Outcome(null, null)));
                return cause -> {};
            }
            started.whenEnded(ended -> once.accept(outcome(ended, propagate)));
            return cause -> {
                started.interrupt(new FlowInterruptedException("ABORTED", "Stopped with " + build.name()));
                if (!started.isRunning()) {
                    build.world().time().soon(() -> once.accept(new Outcome(null, cause)));
                }
            };
        };
    }

    private static List<RequestKey> around(Build build, Context context) {
        List<RequestKey> leases = new ArrayList<>(context.leases());
        leases.addAll(build.around());
        return leases;
    }

    private static Outcome outcome(Build ended, boolean propagate) {
        String result = ended.entry().result();
        if (!propagate || result.equals("SUCCESS")) {
            return new Outcome(new BuildInfo(ended), null);
        }
        String text = ended.name() + " completed with status " + result + " (propagate: false to ignore)";
        return new Outcome(null, new FlowInterruptedException(result, text));
    }

    private static Map<String, Object> parameters(Call call) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        if (call.arguments().get("parameters") instanceof List<?> list) {
            for (Object parameter : list) {
                if (parameter instanceof Map<?, ?> fields && fields.get("name") != null) {
                    parameters.put(fields.get("name").toString(), fields.get("value"));
                }
            }
        }
        return parameters;
    }
}
