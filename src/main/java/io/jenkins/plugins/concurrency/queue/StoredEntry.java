package io.jenkins.plugins.concurrency.queue;

import io.jenkins.plugins.concurrency.arguments.EndResult;
import io.jenkins.plugins.concurrency.manager.StoredRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A {@link GateEntry} on disk, with a queue item or a build: no more than what must outlive a restart. Immutable. */
final class StoredEntry {
    /** A request of it. */
    record Part(StoredRequest request, boolean cap) {}

    private final long id;
    private final int build;
    /** Null for none, as the lists below. */
    private final ArrayList<StoredRequest> limits;

    private final ArrayList<StoredRequest> caps;
    private final ArrayList<String> told;
    private final ArrayList<String> story;
    private final EndResult result;
    private final PendingInterruption interruption;

    StoredEntry(
            long id,
            int build,
            List<Part> requests,
            EntryStory story,
            EndResult result,
            PendingInterruption interruption) {
        this.id = id;
        this.build = build;
        this.limits = requests(requests, false);
        this.caps = requests(requests, true);
        this.told = lines(story.told());
        this.story = lines(story.lines());
        this.result = result;
        this.interruption = interruption;
    }

    /** That of a queue item that has just come. */
    static StoredEntry ofNew(long id) {
        return new StoredEntry(id, 0, List.of(), new EntryStory(List.of(), List.of()), EndResult.DEFAULT, null);
    }

    /** That of a build that is over: it holds nothing, and its log has told its story. All that is left is which item it was. */
    static StoredEntry ofEnded(long id, int build) {
        return new StoredEntry(id, build, List.of(), new EntryStory(List.of(), List.of()), null, null);
    }

    private static ArrayList<StoredRequest> requests(List<Part> parts, boolean caps) {
        ArrayList<StoredRequest> requests = new ArrayList<>();
        parts.stream().filter(part -> part.cap() == caps).map(Part::request).forEach(requests::add);
        return requests.isEmpty() ? null : requests;
    }

    long id() {
        return id;
    }

    /** The number of its build; 0 for a queue item. */
    int build() {
        return build;
    }

    List<Part> requests() {
        return Stream.concat(parts(limits, false), parts(caps, true)).toList();
    }

    private static Stream<Part> parts(List<StoredRequest> requests, boolean caps) {
        return requests == null ? Stream.empty() : requests.stream().map(request -> new Part(request, caps));
    }

    private static ArrayList<String> lines(List<String> lines) {
        return lines.isEmpty() ? null : new ArrayList<>(lines);
    }

    EntryStory story() {
        return new EntryStory(told == null ? List.of() : told, story == null ? List.of() : story);
    }

    /** Null for the build that is over. */
    EndResult result() {
        return result;
    }

    /** Null if its build is not to end. */
    PendingInterruption interruption() {
        return interruption;
    }

    private Object readResolve() {
        return new GateEntry(this, true);
    }
}
