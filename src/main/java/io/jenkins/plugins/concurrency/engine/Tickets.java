package io.jenkins.plugins.concurrency.engine;

/**
 * The places in time that requests have: numbers that only grow. They follow the clock where that runs faster than requests
 * come in, so that they grow over restarts too.
 */
final class Tickets {
    /** Beyond any clock, and as far as a double counts exactly. It leaves more numbers above it than will ever be given. */
    static final long LAST = 1L << 53;

    private long last;

    long next(long now) {
        last = Math.max(last + 1, now);
        return last;
    }

    long last() {
        return last;
    }

    /** One that was given before a restart. */
    void saw(long ticket) {
        last = Math.max(last, ticket);
    }

    /**
     * @throws InvalidRequestException if no request was ever given this ticket
     */
    static long check(long ticket) {
        if (ticket < 0 || ticket > LAST) {
            throw new InvalidRequestException("A ticket of " + ticket + " that no request ever had.");
        }
        return ticket;
    }
}
