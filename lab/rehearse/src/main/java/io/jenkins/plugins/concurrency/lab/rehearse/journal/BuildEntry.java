package io.jenkins.plugins.concurrency.lab.rehearse.journal;

/** What became of one build. Times are in milliseconds. For one thread. */
public final class BuildEntry {
    private final String job;
    private final int number;
    private final long scheduled;
    private final String branch;
    private long started = Stay.NEVER;
    private long ended = Stay.NEVER;
    private String result = "";
    private String reason = "";

    /** @param branch the branch of a multibranch project it is of; empty if of none */
    public BuildEntry(String job, int number, String branch, long scheduled) {
        this.job = job;
        this.number = number;
        this.branch = branch;
        this.scheduled = scheduled;
    }

    public void start(long at) {
        started = at;
    }

    public void end(long at, String how, String why) {
        ended = at;
        result = how;
        reason = why;
    }

    public String job() {
        return job;
    }

    public int number() {
        return number;
    }

    public String branch() {
        return branch;
    }

    /** As Jenkins writes it. */
    public String name() {
        return job + "#" + number;
    }

    public long scheduled() {
        return scheduled;
    }

    /** {@link Stay#NEVER} if it did not. */
    public long started() {
        return started;
    }

    /** {@link Stay#NEVER} if it did not. */
    public long ended() {
        return ended;
    }

    /** Empty if it did not end. */
    public String result() {
        return result;
    }

    /** Why it did not succeed; empty if it did. */
    public String reason() {
        return reason;
    }
}
