package io.jenkins.plugins.concurrency.lab.rehearse.journal;

import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.lab.rehearse.StoppedException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** All that happened in a rehearsal. For one thread. */
public final class Journal {
    /** So many events fit into memory, and into a report. */
    private static final int MOST_EVENTS = 2_000_000;

    private final InstantSource clock;
    private final List<Event> events = new ArrayList<>();
    private final List<Stay> stays = new ArrayList<>();
    private final List<BuildEntry> builds = new ArrayList<>();
    private final Map<String, Set<String>> notRehearsed = new TreeMap<>();
    private final Set<Warning> warnings = Collections.newSetFromMap(new java.util.LinkedHashMap<>());

    public Journal(InstantSource clock) {
        this.clock = clock;
    }

    /** Something happened. */
    public void note(String build, String branch, Event.Kind kind, String group, String text) {
        if (events.size() >= MOST_EVENTS) {
            throw new StoppedException("More than " + MOST_EVENTS
                    + " things happened, so the rehearsal was stopped. Rehearse fewer builds, or a shorter time.");
        }
        events.add(new Event(clock.millis(), build, branch, kind, group, text));
    }

    /** A build was scheduled. */
    public BuildEntry scheduled(String job, String branch) {
        BuildEntry entry = new BuildEntry(job, builds.size() + 1L, branch, clock.millis());
        builds.add(entry);
        return entry;
    }

    /** A build asks for slots. */
    public Stay asks(String build, String branch, Request request, boolean agent) {
        Stay stay = new Stay(build, branch, request, agent, clock.millis());
        stays.add(stay);
        return stay;
    }

    /** It has to wait. */
    public void waits(Stay stay, String group, String behind) {
        boolean first = stay.waitedIn().isEmpty();
        stay.waits(group, behind);
        if (first || !group.equals(stay.waitedIn())) {
            note(
                    stay.build(),
                    stay.branch(),
                    Event.Kind.WAITING,
                    group,
                    behind.isEmpty() ? "waits" : "waits behind " + behind);
        }
    }

    /** Who asked as a queue item has become this build. */
    public void started(Stay stay, String build) {
        stay.started(build);
    }

    /** It has its slots. */
    public void entered(Stay stay, String text) {
        stay.entered(clock.millis());
        note(stay.build(), stay.branch(), Event.Kind.ENTERED, stay.group(), text);
    }

    /** It leaves, or ends without having been inside. */
    public void ended(Stay stay, Event.Kind kind, String text) {
        stay.ended(kind.name(), clock.millis());
        note(stay.build(), stay.branch(), kind, stay.group(), text);
    }

    /** It was told to leave, and will in a while. */
    public void told(Stay stay, Event.Kind kind, String text) {
        stay.told(kind.name());
        note(stay.build(), stay.branch(), kind, stay.group(), text);
    }

    /** A step of this name only took its time. */
    public void notRehearsed(String step, String job) {
        notRehearsed.computeIfAbsent(step, name -> new TreeSet<>()).add(job);
    }

    /** Something that people should look at. The same is told once. */
    public void warn(String about, String text) {
        warnings.add(new Warning(about, text));
    }

    public List<Event> events() {
        return Collections.unmodifiableList(events);
    }

    public List<Stay> stays() {
        return Collections.unmodifiableList(stays);
    }

    public List<BuildEntry> builds() {
        return Collections.unmodifiableList(builds);
    }

    /** The jobs by the names of the steps. */
    public Map<String, Set<String>> notRehearsed() {
        return Collections.unmodifiableMap(notRehearsed);
    }

    public List<Warning> warnings() {
        return List.copyOf(warnings);
    }

    /** When the last thing happened. */
    public long end() {
        return events.isEmpty() ? 0 : events.get(events.size() - 1).at();
    }
}
