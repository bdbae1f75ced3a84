package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.SavedState;
import java.util.Optional;

/**
 * Where requests go: those that take slots of shared groups to what this controller shares with others, all others to its own
 * engine alone.
 */
final class RequestRouter {
    private final EngineDriver driver;
    private final Sharing sharing;

    RequestRouter(EngineDriver driver, Sharing sharing) {
        this.driver = driver;
        this.sharing = sharing;
    }

    /** @param place null for a new one */
    Optional<Effect.Ended> ask(Request request, @CheckForNull Place place, Requester requester) {
        if (SplitRequest.isShared(request)) {
            return sharing.requests().ask(request, place, requester);
        }
        return driver.ask(
                request.key(),
                requester,
                engine -> place == null
                        ? engine.request(request)
                        : engine.requestAgain(request, place.ticket(), place.since()));
    }

    /** The answer of shared groups would take longer than who asks so can wait. */
    Optional<Effect.Granted> tryAgain(Request request, Place place, Requester requester) {
        return SplitRequest.isShared(request)
                ? Optional.empty()
                : driver.tryToAsk(
                        request.key(), requester, engine -> engine.tryAgain(request, place.ticket(), place.since()));
    }

    void restore(Request request, SavedState past, Place place, Requester requester) {
        if (SplitRequest.isShared(request)) {
            sharing.requests().restore(request, past, place, requester);
        } else {
            driver.restore(request, past, requester);
        }
    }

    void transfer(RequestKey key, Owner to) {
        sharing.ifAny(requests -> requests.transfer(key, to));
        driver.transfer(key, to);
    }

    void end(RequestKey key) {
        sharing.ifAny(requests -> requests.end(key));
        driver.end(key);
    }

    /** Whether the requester is told anything more. */
    boolean withdraw(RequestKey key) {
        if (sharing.has(key)) {
            // Nobody waits for a database to be let go.
            end(key);
            return false;
        }
        return !driver.change(engine -> engine.withdraw(key), effect -> true).isEmpty()
                || driver.engine().isLive(key);
    }
}
