package io.jenkins.plugins.concurrency.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.LogRecorder;

/** Nobody has to care whether what is done beside the work is slow, or fails. */
class BacklogTest {
    private final Deque<Runnable> lane = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();
    private final Backlog backlog = new Backlog("Test", 3, lane::add, () -> done.add("."));

    private void work() {
        while (!lane.isEmpty()) {
            lane.poll().run();
        }
    }

    @Test
    void allIsDoneInItsOrderAndInOneGo() {
        for (String task : List.of("a", "b", "c")) {
            backlog.add(() -> done.add(task));
            backlog.start();
        }
        assertEquals(1, lane.size());
        work();
        assertEquals(List.of("a", "b", "c", "."), done);
    }

    @Test
    void whatIsTooMuchIsLeftOutWithOneWarning() {
        try (LogRecorder log = new LogRecorder()) {
            log.record(Backlog.class, Level.WARNING).capture(10);
            for (int i = 0; i < 100; i++) {
                int task = i;
                backlog.add(() -> done.add("" + task));
            }
            backlog.addInAnyCase(() -> done.add("rename"));
            backlog.start();
            work();
            assertEquals(List.of("0", "1", "2", "rename", "."), done);
            assertEquals(1, log.getMessages().size());
        }
        backlog.add(() -> done.add("later"));
        backlog.start();
        work();
        assertEquals(List.of("later", "."), done.subList(5, 7));
    }

    @Test
    void whatFailsKeepsNothingElseFromBeingDone() {
        try (LogRecorder log = new LogRecorder()) {
            log.record(Backlog.class, Level.WARNING).capture(10);
            for (int i = 0; i < 2; i++) {
                backlog.add(() -> {
                    throw new IllegalStateException("broken");
                });
            }
            backlog.add(() -> done.add("next"));
            backlog.start();
            work();
            assertEquals(List.of("next", "."), done);
            assertEquals(1, log.getMessages().size());
        }
    }
}
