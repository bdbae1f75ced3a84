package io.jenkins.plugins.concurrency.cluster;

import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import java.util.Objects;

/**
 * What a member's own requests are told, in the order of the log.
 *
 * @since 1.0
 */
public sealed interface News {
    /** Whom it concerns. */
    RequestKey request();

    /**
     * An effect of an entry. After a return the last one may come again: a grant to one that holds already, or that it is to
     * leave.
     *
     * @param seq the entry's number
     * @param fence with a grant, a number that is higher than that of each grant before it in all shared groups; else 0
     */
    record Caused(long seq, Effect effect, long fence) implements News {
        public Caused {
            Objects.requireNonNull(effect);
        }

        @Override
        public RequestKey request() {
            return effect.request();
        }
    }

    /** Its body is to stop at once: by the log it holds nothing any more, or it may soon be so. */
    record Stop(RequestKey request, Why why) implements News {
        public Stop {
            Objects.requireNonNull(request);
            Objects.requireNonNull(why);
        }
    }

    /** It was not asked for after all, as it never can be granted. */
    record Refused(RequestKey request, String message) implements News {
        public Refused {
            Objects.requireNonNull(request);
            Objects.requireNonNull(message);
        }
    }

    /** Why a body is to stop. */
    enum Why {
        /** The controller was lost, and what the body held was given on. */
        GIVEN_ON,
        /** A person released it, from another controller. */
        RELEASED,
        /** The database is out of reach for so long that what the body holds may soon be given on. */
        CUT_OFF,
        /** Another process has joined under the controller's name. */
        FENCED
    }
}
