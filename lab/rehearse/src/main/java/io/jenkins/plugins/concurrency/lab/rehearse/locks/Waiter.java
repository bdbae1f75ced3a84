package io.jenkins.plugins.concurrency.lab.rehearse.locks;

import io.jenkins.plugins.concurrency.engine.Effect;

/** Made a request, and is told what becomes of it. */
public interface Waiter {
    /** It has its slots. */
    void granted(Effect.Granted effect);

    /** It will not get them. */
    void ended(Effect.Ended effect);

    /** It is to leave for a newer one, and has its slots until it has. */
    void cancelled(Effect.CancelRunning effect);
}
