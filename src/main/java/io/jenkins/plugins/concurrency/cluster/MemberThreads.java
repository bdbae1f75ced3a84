package io.jenkins.plugins.concurrency.cluster;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The threads of a {@link Member}. One reads, one sends, and one watches, which must not wait for a database. */
final class MemberThreads {
    private static final Logger LOGGER = Logger.getLogger(MemberThreads.class.getName());
    private static final long RETRY_MILLIS = 200;
    private static final long WATCH_MILLIS = 250;

    private final SharedGroupsSettings settings;
    private final Member member;
    private final Log reading;
    private final List<Thread> threads;
    private volatile boolean stopped;

    /** @param reading the log that the member reads: between two turns, its thread waits there for what is new */
    MemberThreads(SharedGroupsSettings settings, Member member, Log reading) {
        this.settings = settings;
        this.member = member;
        this.reading = reading;
        threads = List.of(thread("read", this::read), thread("send", this::send), thread("watch", this::watch));
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private Thread thread(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    while (!stopped && !member.isStopped()) {
                        try {
                            work.run();
                        } catch (InterruptedException x) {
                            return;
                        } catch (RuntimeException x) {
                            LOGGER.log(Level.SEVERE, "A mistake in shared groups; it is tried once more", x);
                            pause();
                        }
                    }
                },
                "Shared groups of " + settings.member() + ": " + name);
        thread.setDaemon(true);
        return thread;
    }

    void start() {
        threads.forEach(Thread::start);
    }

    void stop() {
        stopped = true;
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(10));
            } catch (InterruptedException x) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void read() throws InterruptedException {
        member.turn();
        try {
            reading.await(settings.lookEvery());
        } catch (LogAwayException x) {
            // The next turn says so.
            TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        }
    }

    private void send() throws InterruptedException {
        member.outbox().await(settings.lookEvery().toMillis());
        if (!member.flush()) {
            TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        }
    }

    private void watch() throws InterruptedException {
        member.watch();
        TimeUnit.MILLISECONDS.sleep(WATCH_MILLIS);
    }

    private void pause() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException x) {
            Thread.currentThread().interrupt();
        }
    }
}
