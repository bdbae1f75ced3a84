package io.jenkins.plugins.concurrency.rehearse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;

/** What the rehearser says that happens: it runs as a process of its own, as its users run it. */
final class Rehearsal {
    static final Path JAR = Path.of("lab", "rehearse", "target", "concurrency-rehearse.jar");

    /** Something that happens to the jobs from outside: a build is scheduled, or the work of one is done. */
    record Stimulus(long at, String build, String semaphore) {
        /** Null if it is no work that is done. */
        String job() {
            return build.replaceFirst("(#| \\().*", "");
        }

        boolean isSchedule() {
            return semaphore == null;
        }
    }

    private final JSONObject json;

    private Rehearsal(JSONObject json) {
        this.json = json;
    }

    /** @param plan in YAML, with the paths of Jenkinsfiles relative to the folder */
    static Rehearsal of(Path folder, String plan) throws Exception {
        Path file = Files.writeString(folder.resolve("plan.yaml"), plan);
        Path result = folder.resolve("rehearsal.json");
        File log = folder.resolve("rehearsal.txt").toFile();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        JAR.toAbsolutePath().toString(),
                        file.toString(),
                        "--no-report",
                        "--json",
                        result.toString())
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        assertEquals(0, process.exitValue(), () -> "the rehearsal failed: " + log);
        return new Rehearsal(JSONObject.fromObject(Files.readString(result)));
    }

    private List<JSONObject> list(String name) {
        List<JSONObject> all = new ArrayList<>();
        JSONArray array = json.getJSONArray(name);
        for (int i = 0; i < array.size(); i++) {
            all.add(array.getJSONObject(i));
        }
        return all;
    }

    /** In their order. Work that is stopped is not done. */
    List<Stimulus> stimuli() {
        List<Stimulus> stimuli = new ArrayList<>();
        for (JSONObject event : list("events")) {
            String text = event.getString("text");
            long at = event.getLong("at");
            switch (event.getString("kind")) {
                case "SCHEDULED" -> stimuli.add(new Stimulus(at, event.getString("build"), null));
                case "NOTE" -> {
                    if (text.startsWith("is scheduled again")) {
                        stimuli.add(new Stimulus(at, event.getString("build"), null));
                    }
                }
                case "STEP_DONE" -> stimuli.add(new Stimulus(at, event.getString("build"), semaphore(text)));
                default -> {
                    // It follows from these.
                }
            }
        }
        return stimuli;
    }

    private static String semaphore(String text) {
        return text.substring("semaphore ".length());
    }

    /** Where all builds are after what happened at a moment: at which semaphores, how often waiting, or how ended. */
    Map<String, String> state(long at) {
        Map<String, BuildState> builds = new TreeMap<>();
        for (JSONObject build : list("builds")) {
            long started = build.getLong("started");
            if (started >= 0 && started <= at) {
                boolean ended = build.getLong("ended") >= 0 && build.getLong("ended") <= at;
                builds.put(build.getString("build"), new BuildState(ended ? build.getString("result") : null));
            }
        }
        for (JSONObject event : list("events")) {
            BuildState state = builds.get(event.getString("build"));
            if (event.getLong("at") <= at
                    && state != null
                    && event.getString("text").startsWith("semaphore ")) {
                String semaphore = semaphore(event.getString("text"));
                switch (event.getString("kind")) {
                    case "STEP" -> state.add(semaphore);
                    case "STEP_DONE", "STEP_STOPPED" -> state.remove(semaphore);
                    default -> {
                        // Of a note.
                    }
                }
            }
        }
        for (JSONObject stay : list("stays")) {
            BuildState state = builds.get(stay.getString("build"));
            if (state != null && isWaiting(stay, at)) {
                state.waits();
            }
        }
        Map<String, String> states = new TreeMap<>();
        builds.forEach((build, state) -> states.put(build, state.toString()));
        return states;
    }

    private static boolean isWaiting(JSONObject stay, long at) {
        long entered = stay.getLong("entered");
        long ended = stay.getLong("ended");
        return stay.getLong("asked") <= at && (entered < 0 || entered > at) && (ended < 0 || ended > at);
    }
}
