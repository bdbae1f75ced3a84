package io.jenkins.plugins.concurrency.lab.bench;

import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.Claim;
import io.jenkins.plugins.concurrency.engine.Engine;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Order;
import io.jenkins.plugins.concurrency.engine.Overflow;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.Policy;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import java.time.InstantSource;
import java.util.Map;

/** The calls that are measured by how many others there are; each leaves the engine as it found it. */
enum Call {
    /** A QUEUE_LATEST newcomer comes and goes while so many builds of its job run. */
    LATEST_AMONG_RUNNING {
        @Override
        void fill(Setting setting, int count) {
            setting.builds(count, count, Behavior.QUEUE_LATEST);
        }

        @Override
        Object run(Setting setting, int count) {
            return setting.comeAndGo(Behavior.QUEUE_LATEST, setting.owner(count + 1));
        }
    },
    /** The same with CANCEL_RUNNING. */
    CANCEL_AMONG_RUNNING {
        @Override
        void fill(Setting setting, int count) {
            setting.builds(count, count, Behavior.CANCEL_RUNNING);
        }

        @Override
        Object run(Setting setting, int count) {
            return setting.comeAndGo(Behavior.CANCEL_RUNNING, setting.owner(count + 1));
        }
    },
    /** One more branch of a build of which so many wait. */
    BRANCH_AMONG_BRANCHES {
        @Override
        void fill(Setting setting, int count) {
            setting.come(Behavior.QUEUE, setting.owner(0), 1);
            for (int i = 0; i < count; i++) {
                setting.come(Behavior.CANCEL_RUNNING, setting.owner(1), 1);
            }
        }

        @Override
        Object run(Setting setting, int count) {
            return setting.comeAndGo(Behavior.CANCEL_RUNNING, setting.owner(1));
        }
    },
    /** A newcomer displaces the oldest of so many in a full queue. */
    DISPLACE_OLDEST {
        @Override
        void fill(Setting setting, int count) {
            setting.engine.declare(
                    Map.of(setting.group(0), Policy.ofLimit(1).withQueue(count, Overflow.DISPLACE_OLDEST)));
            setting.builds(count + 1, 1, Behavior.QUEUE);
        }

        @Override
        Object run(Setting setting, int count) {
            return setting.come(Behavior.QUEUE, setting.owner(setting.keys + 1), 1);
        }
    },
    /** The place of one in the middle of a FAIR queue of a thousand jobs. */
    FIND_FAIR {
        @Override
        void fill(Setting setting, int count) {
            setting.fair(count);
        }

        @Override
        Object run(Setting setting, int count) {
            return setting.engine.find(new RequestKey(count / 2 + 1));
        }
    },
    /** The last page of that queue. */
    LAST_PAGE_FAIR {
        @Override
        void fill(Setting setting, int count) {
            setting.fair(count);
        }

        @Override
        Object run(Setting setting, int count) {
            return setting.engine.group(setting.group(0), count - PAGE, PAGE);
        }
    },
    /** The last page of those that run. */
    LAST_PAGE_RUNNING {
        @Override
        void fill(Setting setting, int count) {
            setting.builds(count, count, Behavior.QUEUE);
        }

        @Override
        Object run(Setting setting, int count) {
            return setting.engine.group(setting.group(0), count - PAGE, PAGE);
        }
    },
    /** The names of so many groups. It is made in slices, off the lock in between. */
    GROUPS {
        @Override
        void fill(Setting setting, int count) {
            setting.groups(count);
        }

        @Override
        Object run(Setting setting, int count) {
            return setting.engine.groups();
        }
    },
    /** A folder of so many groups is renamed, there and back. In slices too. */
    RELOCATE_GROUPS {
        @Override
        void fill(Setting setting, int count) {
            setting.groups(count);
        }

        @Override
        Object run(Setting setting, int count) {
            setting.engine.relocate("some", "other");
            return setting.engine.relocate("other", "some");
        }
    },
    /** Who has so many requests. In slices of jobs. */
    OWNERS {
        @Override
        void fill(Setting setting, int count) {
            setting.fair(count);
        }

        @Override
        Object run(Setting setting, int count) {
            return setting.engine.owners();
        }
    },
    /** So many requests of the jobs of a folder. In slices of jobs. */
    REQUESTS_IN {
        @Override
        void fill(Setting setting, int count) {
            setting.fair(count);
        }

        @Override
        Object run(Setting setting, int count) {
            return setting.engine.requestsIn("some");
        }
    };

    private static final int PAGE = 50;

    /** Whether it gives the lock to others in between. */
    boolean isInSlices() {
        return this == GROUPS || this == RELOCATE_GROUPS || this == OWNERS || this == REQUESTS_IN;
    }

    abstract void fill(Setting setting, int count);

    abstract Object run(Setting setting, int count);

    /** An engine, and short ways to call it. */
    static final class Setting {
        final Engine engine = Engine.open(InstantSource.system());
        private long keys;

        GroupKey group(int index) {
            return new GroupKey(Scope.FOLDER, "some/folder", "group" + index);
        }

        Owner owner(long build) {
            return Owner.build("some/folder/job", build);
        }

        Object come(Behavior behavior, Owner owner, int limit) {
            return engine.request(Request.of(new RequestKey(++keys), owner, behavior, Claim.of(group(0), limit)));
        }

        Object comeAndGo(Behavior behavior, Owner owner) {
            Object come =
                    engine.request(Request.of(new RequestKey(0), owner, behavior, Claim.of(group(0), Claim.ANY_LIMIT)));
            engine.withdraw(new RequestKey(0));
            return come;
        }

        void builds(int count, int limit, Behavior behavior) {
            for (int build = 1; build <= count; build++) {
                come(behavior, owner(build), limit);
            }
        }

        void fair(int count) {
            engine.declare(Map.of(group(0), Policy.ofLimit(1).withOrder(Order.FAIR)));
            for (int i = 0; i <= count; i++) {
                come(Behavior.QUEUE, Owner.build("some/folder/job" + i % 1_000, i), 1);
            }
        }

        void groups(int count) {
            for (int i = 0; i < count; i++) {
                engine.request(Request.of(new RequestKey(++keys), owner(i), Behavior.QUEUE, Claim.of(group(i), 1)));
            }
        }
    }
}
