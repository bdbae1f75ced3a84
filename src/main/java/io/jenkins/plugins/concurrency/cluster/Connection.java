package io.jenkins.plugins.concurrency.cluster;

/** Whether the database answers. Safe for use by several threads. */
final class Connection {
    private final Deliveries deliveries;
    private boolean away;
    private boolean sendingFailed;

    Connection(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    synchronized boolean isAway() {
        return away;
    }

    synchronized void failed(LogAwayException why) {
        if (!away) {
            away = true;
            deliveries.tell(new Event.Away(why.getMessage()));
        }
    }

    /** Once, that may be but an old connection to a database that was restarted. If that is away, who reads finds out. */
    synchronized void sendingFailed(LogAwayException why) {
        if (sendingFailed) {
            failed(why);
        }
        sendingFailed = true;
    }

    synchronized void sent() {
        sendingFailed = false;
    }

    synchronized void answered() {
        if (away) {
            away = false;
            deliveries.tell(new Event.Back());
        }
    }
}
