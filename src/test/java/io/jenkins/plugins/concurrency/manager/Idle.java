package io.jenkins.plugins.concurrency.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import java.lang.reflect.Field;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.jvnet.hudson.test.LogRecorder;

/** The manager when all builds have ended, and what must hold for it at any time. */
public final class Idle {
    private Idle() {}

    /** All is as if nobody had ever asked for anything; declared groups stay. */
    public static void await() throws Exception {
        ConcurrencyManager manager = ConcurrencyManager.get();
        Set<GroupKey> declared = ConcurrencySettings.get().policies().keySet();
        try {
            Gates.eventually(
                    "nothing is in use",
                    () -> Set.copyOf(manager.groups()).equals(declared)
                            && manager.lookups().owners().isEmpty());
        } catch (AssertionError x) {
            throw new AssertionError(
                    manager.groups() + " are in use by " + manager.lookups().owners(), x);
        }
        Gates.eventually(
                "nobody is to be told anything", () -> requesters(manager).isEmpty());
        sweepFindsNothing();
    }

    /** Whoever has asked was told all that has happened so far, and has done what was to be done then. */
    public static void awaitTold() throws Exception {
        ConcurrencyManager manager = ConcurrencyManager.get();
        for (Object asked : requesters(manager).keySet()) {
            CountDownLatch told = new CountDownLatch(1);
            manager.driver().execute((RequestKey) asked, told::countDown);
            assertTrue(told.await(30, TimeUnit.SECONDS));
        }
    }

    /** Pipeline writes nothing more: a program that is being saved while its job is moved fails its build. */
    public static void awaitSaved() throws Exception {
        awaitTold();
        Gates.saveAll();
    }

    /** Two sweeps, as only the second one frees anything. */
    public static void sweepFindsNothing() {
        try (LogRecorder log = new LogRecorder()) {
            log.record(Sweep.class, Level.WARNING).capture(10);
            Set<?> before = new HashSet<>(ConcurrencyManager.get().lookups().owners());
            Sweep sweep = new Sweep();
            sweep.run(ConcurrencyManager.get());
            sweep.run(ConcurrencyManager.get());
            assertEquals(List.of(), log.getMessages(), () -> "of " + before);
        }
    }

    private static Map<?, ?> requesters(ConcurrencyManager manager) throws ReflectiveOperationException {
        return (Map<?, ?>) field(field(manager, "driver"), "requesters");
    }

    private static Object field(Object of, String name) throws ReflectiveOperationException {
        Field field = of.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(of);
    }
}
