package io.jenkins.plugins.concurrency.engine;

/** Makes out what a request that comes in wants, which changes nothing yet. */
final class Arrivals {
    private final State state;
    private final ClaimResolver resolver;

    Arrivals(State state) {
        this.state = state;
        this.resolver = new ClaimResolver(state);
    }

    /**
     * @throws InvalidRequestException if more slots of a declared group are asked for than it has
     * @throws IllegalStateException if a request of this key lives
     */
    void check(Request request) {
        checkNew(request);
        resolver.check(request);
    }

    /**
     * @throws IllegalStateException if a request of this key lives
     */
    void checkNew(Request request) {
        if (state.find(request.key()) != null) {
            throw new IllegalStateException("The request " + request.key() + " lives already.");
        }
    }

    LiveRequest create(Request request, long ticket, long since) {
        Nesting nesting = Nesting.of(request, resolver.nested(request.claims(), request.within()));
        return new LiveRequest(
                request, state.jobs().knownOrNew(request.owner().job()), ticket, since, resolver.of(request), nesting);
    }

    ClaimResolver resolver() {
        return resolver;
    }

    /** Whether this one would have all that it wants if it came in now, and pass nobody. */
    static boolean wouldBeAdmitted(LiveRequest newcomer) {
        for (Share share : newcomer.shares()) {
            newcomer.setLevel(ClaimResolver.level(newcomer, share.group()));
            if (!share.group().wouldAdmit(newcomer, share)) {
                return false;
            }
        }
        return true;
    }
}
