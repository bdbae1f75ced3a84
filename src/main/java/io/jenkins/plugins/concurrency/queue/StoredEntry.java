package io.jenkins.plugins.concurrency.queue;

import io.jenkins.plugins.concurrency.manager.EndResult;
import io.jenkins.plugins.concurrency.manager.StoredRequest;
import java.util.ArrayList;
import java.util.List;

/** A {@link GateEntry} on disk, with a queue item or a build: no more than what must outlive a restart. Immutable. */
final class StoredEntry {
    /** A request of it. */
    record Part(StoredRequest request, boolean cap) {}

    private final long id;
    private final int build;
    private final ArrayList<StoredRequest> limits = new ArrayList<>();
    private final ArrayList<StoredRequest> caps = new ArrayList<>();
    private final ArrayList<String> story;
    private final EndResult result;
    private final Verdict verdict;

    StoredEntry(long id, int build, List<Part> requests, List<String> story, EndResult result, Verdict verdict) {
        this.id = id;
        this.build = build;
        requests.forEach(part -> (part.cap() ? caps : limits).add(part.request()));
        this.story = new ArrayList<>(story);
        this.result = result;
        this.verdict = verdict;
    }

    long id() {
        return id;
    }

    /** The number of its build; 0 for a queue item. */
    int build() {
        return build;
    }

    List<Part> requests() {
        List<Part> requests = new ArrayList<>();
        limits.forEach(request -> requests.add(new Part(request, false)));
        caps.forEach(request -> requests.add(new Part(request, true)));
        return requests;
    }

    List<String> story() {
        return story;
    }

    EndResult result() {
        return result;
    }

    /** Null if its build is not to end. */
    Verdict verdict() {
        return verdict;
    }

    private Object readResolve() {
        return new GateEntry(this, true);
    }
}
