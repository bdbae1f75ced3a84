package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.Effect;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes requests by the thousand, where no build is needed. */
public class SilentRequester implements Requester {
    @Override
    public void onEffect(@NonNull Effect effect) {}

    @Override
    public void remind() {}

    @Override
    public void told(@NonNull Supplier<String> line) {}

    @Override
    public boolean release() {
        return false;
    }

    @Override
    public void refuse(@NonNull String why) {}

    @Override
    public void relocated(@NonNull String from, @NonNull String to) {}

    @NonNull
    @Override
    public Optional<String> reason() {
        return Optional.empty();
    }
}
