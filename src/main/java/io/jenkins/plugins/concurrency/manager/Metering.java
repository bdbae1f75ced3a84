package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** How the manager is measured. Safe for use by several threads. */
@Restricted(NoExternalUse.class)
public final class Metering {
    private final Consumer<Runnable> effects;
    private volatile Meter meter = Meter.NONE;

    /** @param effects does something as the effects of a request are carried out */
    Metering(Consumer<Runnable> effects) {
        this.effects = effects;
    }

    Meter meter() {
        return meter;
    }

    /** Has this measure all that is done from now on, in place of what did before. */
    public void startWith(@NonNull Meter other) {
        meter = other;
    }

    /** How long it takes now until an effect is carried out; empty if that is longer than the caller waits. */
    @NonNull
    public Optional<Duration> effectDelay(@NonNull Duration patience) {
        long start = System.nanoTime();
        CompletableFuture<Duration> delay = new CompletableFuture<>();
        effects.accept(() -> delay.complete(Duration.ofNanos(System.nanoTime() - start)));
        return Optional.ofNullable(delay.completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
                .join());
    }
}
