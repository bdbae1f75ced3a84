package io.jenkins.plugins.concurrency.cluster;

import io.jenkins.plugins.concurrency.engine.Direction;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * What a member has all members do to the shared groups, at its place in the log. The calls are those of {@link
 * io.jenkins.plugins.concurrency.engine.Engine}, and a few that only many controllers need.
 *
 * @since 1.0
 */
public sealed interface Call {
    /** Asks for slots. Does nothing for a request that lives. */
    record Ask(Request request) implements Call {
        public Ask {
            Objects.requireNonNull(request);
        }
    }

    /** Asks once more, in the place in time that the request had. Does nothing for one that lives. */
    record AskAgain(Request request, long ticket, Instant since) implements Call {
        public AskAgain {
            Objects.requireNonNull(request);
            Objects.requireNonNull(since);
        }
    }

    /** Ends a request, whosever it is. Its build is told to stop if it is another member's. */
    record End(RequestKey key) implements Call {
        public End {
            Objects.requireNonNull(key);
        }
    }

    /** Ends a request if it waits. */
    record Withdraw(RequestKey key) implements Call {
        public Withdraw {
            Objects.requireNonNull(key);
        }
    }

    /** Hands a request from a queue item to the build that this has become. */
    record Transfer(RequestKey key, Owner to) implements Call {
        public Transfer {
            Objects.requireNonNull(key);
            Objects.requireNonNull(to);
        }
    }

    /** Gives a waiting request its slots, free or not. */
    record StartNow(RequestKey key) implements Call {
        public StartNow {
            Objects.requireNonNull(key);
        }
    }

    /** Moves a waiting request in its queue. */
    record Move(RequestKey key, Direction direction) implements Call {
        public Move {
            Objects.requireNonNull(key);
            Objects.requireNonNull(direction);
        }
    }

    /** Gives a group another limit for now, or takes that back. */
    record OverrideLimit(GroupKey group, OptionalInt limit) implements Call {
        public OverrideLimit {
            Objects.requireNonNull(group);
            Objects.requireNonNull(limit);
        }
    }

    /** Stops a group from granting anything, or lets it go on. */
    record Pause(GroupKey group, boolean on) implements Call {
        public Pause {
            Objects.requireNonNull(group);
        }
    }

    /** Makes these, and no others, the shared groups that the member declares. Of each group the last one to declare it wins. */
    record Declare(Map<GroupKey, SharedPolicy> groups) implements Call {
        public Declare {
            groups = Map.copyOf(groups);
        }
    }

    /** Follows a job or a folder of the member to its new full name. */
    record Relocate(String from, String to) implements Call {
        public Relocate {
            Objects.requireNonNull(from);
            Objects.requireNonNull(to);
        }
    }

    /** Says what the member's builds have, after it has joined. {@link SharedGroups} makes this call itself. */
    record ComeBack(Report report) implements Call {
        public ComeBack {
            Objects.requireNonNull(report);
        }
    }

    /** Ends all that a lost member has and waits for, and forgets it, as it will not come back. */
    record Forget(String member) implements Call {
        public Forget {
            Objects.requireNonNull(member);
        }
    }

    /** Only has time pass, so that deadlines do. */
    record Tick() implements Call {}
}
