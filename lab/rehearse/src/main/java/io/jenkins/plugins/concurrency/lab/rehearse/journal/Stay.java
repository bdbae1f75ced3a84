package io.jenkins.plugins.concurrency.lab.rehearse.journal;

import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.Claim;
import io.jenkins.plugins.concurrency.engine.Request;

/** One time that a build asked for slots, from then until it has left. Times are in milliseconds. For one thread. */
public final class Stay {
    /** A time that has not come. */
    public static final long NEVER = -1;

    private String build;
    private final String branch;
    private final Claim claim;
    private final Behavior behavior;
    private final boolean agent;
    private final long asked;
    private String waitedIn = "";
    private String behind = "";
    private String outcome = "";
    private long entered = NEVER;
    private long ended = NEVER;

    /** @param agent whether it holds an executor meanwhile */
    public Stay(String build, String branch, Request request, boolean agent, long asked) {
        this.build = build;
        this.branch = branch;
        this.claim = request.claims().get(0);
        this.behavior = request.behavior();
        this.agent = agent;
        this.asked = asked;
    }

    /** What was a queue item is this build now. */
    void started(String name) {
        build = name;
    }

    void waits(String inGroup, String behindWhom) {
        if (waitedIn.isEmpty()) {
            waitedIn = inGroup;
            behind = behindWhom;
        }
    }

    void entered(long at) {
        entered = at;
    }

    void ended(String how, long at) {
        if (outcome.isEmpty()) {
            outcome = how;
        }
        if (ended == NEVER) {
            ended = at;
        }
    }

    void told(String how) {
        outcome = how;
    }

    public String build() {
        return build;
    }

    public String branch() {
        return branch;
    }

    /** The first group that was asked for. */
    public String group() {
        return claim.group().name();
    }

    /** What was asked for of that. */
    public Claim claim() {
        return claim;
    }

    public Behavior behavior() {
        return behavior;
    }

    /** The first group that was not free at once; empty if all were. */
    public String waitedIn() {
        return waitedIn;
    }

    /** Who held that. */
    public String behind() {
        return behind;
    }

    /** How it ended; empty if it has not. */
    public String outcome() {
        return outcome;
    }

    public boolean holdsExecutor() {
        return agent;
    }

    public long asked() {
        return asked;
    }

    /** {@link #NEVER} if it never was inside. */
    public long entered() {
        return entered;
    }

    /** {@link #NEVER} if it has not. */
    public long ended() {
        return ended;
    }

    /** For how long it waited, until {@code end} if it still does. */
    public long waited(long end) {
        long until = entered != NEVER ? entered : ended != NEVER ? ended : end;
        return until - asked;
    }
}
