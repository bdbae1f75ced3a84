package io.jenkins.plugins.concurrency.lab.rehearse.report;

import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Event;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Journal;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Stay;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Warning;
import io.jenkins.plugins.concurrency.lab.rehearse.settings.Settings;
import io.jenkins.plugins.concurrency.lab.simulator.DurationText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Looks for what people should look at, in what has happened. */
public final class Findings {
    /** What a deployment says in its stages and commands. */
    private static final Pattern DEPLOYMENT =
            Pattern.compile("deploy|publish|release|promote|rollout|kubectl apply|helm upgrade");

    private final Journal journal;
    private final Set<Warning> found;

    private Findings(Journal journal) {
        this.journal = journal;
        this.found = new LinkedHashSet<>(journal.warnings());
    }

    /** Those that were noticed on the way, and those that show only at the end. */
    public static List<Warning> in(Journal journal) {
        Findings findings = new Findings(journal);
        findings.heldExecutors();
        findings.circles();
        findings.groupsWithoutEffect();
        findings.namesThatFallApart();
        findings.cancelledDeployments();
        findings.valuesThatAreMissing();
        return List.copyOf(findings.found);
    }

    private void warn(String about, String text) {
        found.add(new Warning(about, text));
    }

    private void heldExecutors() {
        Map<String, Long> longest = new TreeMap<>();
        for (Stay stay : journal.stays()) {
            if (stay.holdsExecutor() && !stay.waitedIn().isEmpty()) {
                longest.merge(job(stay) + "\n" + stay.group(), stay.waited(journal.end()), Math::max);
            }
        }
        longest.forEach((key, millis) -> {
            String[] parts = key.split("\n");
            warn(
                    "executor held",
                    parts[0] + " holds an executor while it waits for group '" + parts[1] + "', for up to "
                            + DurationText.of(millis)
                            + ". Put 'concurrency' around 'node', or into the options of a stage with its own agent.");
        });
    }

    private void circles() {
        journal.events().stream()
                .filter(event -> event.kind() == Event.Kind.DEADLOCK)
                .forEach(event -> warn(
                        "circle",
                        event.build() + " failed. " + event.text()
                                + ". Take the groups in one order, or both in one block with 'extra'."));
    }

    private void groupsWithoutEffect() {
        Map<GroupKey, List<Stay>> groups = new LinkedHashMap<>();
        journal.stays()
                .forEach(stay -> groups.computeIfAbsent(stay.claim().group(), key -> new ArrayList<>())
                        .add(stay));
        groups.forEach((key, stays) -> {
            boolean limited = stays.stream()
                    .anyMatch(stay -> !stay.waitedIn().isEmpty()
                            || stay.entered() == Stay.NEVER
                            || stay.claim().exclusive());
            int most = most(stays);
            if (!limited
                    && stays.size() > 1
                    && key.scope() != Scope.BUILD
                    && !key.name().equals(Settings.CAP)) {
                warn(
                        "never limits",
                        "Group '" + key.name() + "' kept nobody waiting: at most " + most
                                + (most == 1 ? " was" : " were")
                                + " inside at once. Rehearse more builds at once, or check its name and limit.");
            }
        });
    }

    private static int most(List<Stay> stays) {
        List<long[]> changes = new ArrayList<>();
        for (Stay stay : stays) {
            changes.add(new long[] {stay.entered(), 1});
            changes.add(new long[] {stay.ended() == Stay.NEVER ? Long.MAX_VALUE : stay.ended(), -1});
        }
        changes.sort(Comparator.<long[]>comparingLong(change -> change[0]).thenComparingLong(change -> change[1]));
        int now = 0;
        int most = 0;
        for (long[] change : changes) {
            now += (int) change[1];
            most = Math.max(most, now);
        }
        return most;
    }

    private void namesThatFallApart() {
        Map<String, Set<String>> folders = new TreeMap<>();
        for (Stay stay : journal.stays()) {
            GroupKey key = stay.claim().group();
            if (key.scope() == Scope.FOLDER) {
                folders.computeIfAbsent(key.foldedName(), name -> new TreeSet<>())
                        .add(key.context());
            }
        }
        folders.forEach((name, in) -> {
            if (in.size() > 1) {
                List<String> named = in.stream()
                        .map(folder -> folder.isEmpty() ? "the root" : folder)
                        .toList();
                warn(
                        "name falls apart",
                        "The name '" + name + "' means another group in each of " + String.join(", ", named)
                                + ", so that they do not limit each other. Declare a group of the controller, and use scope: 'CONTROLLER'.");
            }
        });
    }

    private void cancelledDeployments() {
        Map<String, List<Stay>> stays = new LinkedHashMap<>();
        journal.stays().stream()
                .filter(stay -> stay.behavior() == Behavior.CANCEL_RUNNING && stay.entered() != Stay.NEVER)
                .forEach(stay -> stays.computeIfAbsent(stay.build(), build -> new ArrayList<>())
                        .add(stay));
        Map<String, String> stages = new LinkedHashMap<>();
        for (Event event : journal.events()) {
            String where = event.build() + "/" + event.branch();
            if (event.kind() == Event.Kind.STAGE) {
                stages.put(where, event.text());
            } else if (event.kind() == Event.Kind.STEP) {
                String stage = stages.getOrDefault(where, "");
                if (isDeployment(event.text()) || isDeployment(stage)) {
                    stays.getOrDefault(event.build(), List.of()).stream()
                            .filter(stay -> isInside(event, stay))
                            .forEach(stay -> cancelledDeployment(stay, event.text(), stage));
                }
            }
        }
    }

    private static boolean isDeployment(String text) {
        return DEPLOYMENT.matcher(text.toLowerCase(Locale.ROOT)).find();
    }

    private void cancelledDeployment(Stay stay, String step, String stage) {
        warn(
                "deployment could be cancelled",
                job(stay) + " does '" + step + "'" + (stage.isEmpty() ? "" : " in stage '" + stage + "'")
                        + " inside group '" + stay.group()
                        + "' with CANCEL_RUNNING: a newer build cancels it half-way. Use QUEUE_LATEST there.");
    }

    /** The most likely reason is a step that was not rehearsed. */
    private void valuesThatAreMissing() {
        journal.builds().stream()
                .filter(build -> build.reason().startsWith("NullPointerException"))
                .filter(build -> journal.notRehearsed().values().stream().anyMatch(jobs -> jobs.contains(build.job())))
                .forEach(build -> warn(
                        "value missing",
                        build.job() + " failed, as a step that is not rehearsed returned nothing: " + build.reason()
                                + ". Say in the plan what it returns, such as steps: {readFile: {returns: '1.2'}}."));
    }

    private static boolean isInside(Event event, Stay stay) {
        return event.at() >= stay.entered()
                && (stay.ended() == Stay.NEVER || event.at() <= stay.ended())
                && event.branch().startsWith(stay.branch());
    }

    private static String job(Stay stay) {
        return stay.build().substring(0, stay.build().lastIndexOf('#'));
    }
}
