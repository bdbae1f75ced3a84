package io.jenkins.plugins.concurrency.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.Claim;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.Grant;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoredRequestTest {
    private static final GroupKey GROUP = new GroupKey(Scope.FOLDER, "team", "Straße");
    private static final Owner OWNER = Owner.build("team/deploy", 7);

    private static Request request() {
        return Request.of(RequestKey.random(), OWNER, Behavior.QUEUE, Claim.of(GROUP, 3))
                .withMaxQueued(5)
                .withDeadline(Instant.ofEpochMilli(9_000))
                .inside(RequestKey.random());
    }

    private static StoredRequest granted(Request request) {
        StoredRequest stored = new StoredRequest(request);
        stored.granted(grant(request));
        return stored;
    }

    private static Effect.Granted grant(Request request) {
        return new Effect.Granted(
                request.key(),
                OWNER,
                12,
                List.of(new Grant(GROUP, List.of(2), false)),
                List.of(),
                Duration.ZERO,
                false);
    }

    private static StoredRequest writtenAndRead(StoredRequest stored) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(stored);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (StoredRequest) in.readObject();
        }
    }

    @Test
    void whatWasWrittenWithAProgramIsReadAsItWas() throws Exception {
        Request request = request();
        StoredRequest read = writtenAndRead(granted(request));
        assertEquals(request, read.request(OWNER));
        assertEquals(granted(request).past().grants(), read.past().grants());
        assertEquals(12, read.place().ticket());
        assertEquals(
                new GroupKey(Scope.FOLDER, "team", "STRASSE"), read.groups().get(0));
    }

    @Test
    void aRenameBetweenTheGrantAndTheStartOfTheBodyCounts() {
        Request request = request();
        StoredRequest stored = new StoredRequest(request);
        stored.granting(grant(request));
        assertFalse(stored.isRunning());
        assertEquals(List.of(), stored.past().grants());
        stored.relocated("team", "crew");
        stored.granted(grant(request));
        GroupKey moved = new GroupKey(Scope.FOLDER, "crew", "straße");
        assertEquals(List.of(new Grant(moved, List.of(2), false)), stored.past().grants());
        assertEquals(List.of(moved), stored.groups());
    }

    @Test
    void aRenameChangesTheOneThatIsToldAndNoCopyOfIt() {
        StoredRequest stored = granted(request());
        StoredRequest copy = stored.copy();
        assertTrue(stored.relocated("team", "crew"));
        assertFalse(stored.relocated("team", "crew"));
        GroupKey moved = new GroupKey(Scope.FOLDER, "crew", "straße");
        assertEquals(List.of(moved), stored.groups());
        assertEquals(moved, stored.past().grants().get(0).group());
        assertEquals(List.of(GROUP), copy.groups());
    }
}
