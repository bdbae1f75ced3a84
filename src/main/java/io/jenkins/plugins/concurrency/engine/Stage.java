package io.jenkins.plugins.concurrency.engine;

/** How far a request is in one group. */
enum Stage {
    /** It waits for its share. */
    QUEUED,
    /** It has its share, and waits elsewhere for another one. */
    HOLDING,
    /** It has all it wants. */
    RUNNING,
    /** The same, but that it was told to end. */
    LEAVING;

    boolean isWaiting() {
        return this == QUEUED || this == HOLDING;
    }

    /** Of one that has its share. */
    static Stage of(LiveRequest holder) {
        if (!holder.isRunning()) {
            return HOLDING;
        }
        return holder.isLeaving() ? LEAVING : RUNNING;
    }
}
