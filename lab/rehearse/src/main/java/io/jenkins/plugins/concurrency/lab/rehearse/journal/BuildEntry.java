package io.jenkins.plugins.concurrency.lab.rehearse.journal;

/** What became of one build. Times are in milliseconds. For one thread. */
public final class BuildEntry {
    private final String job;
    private final long id;
    private final long scheduled;
    private final String branch;
    private int number;
    private long started = Stay.NEVER;
    private long ended = Stay.NEVER;
    private String result = "";
    private String reason = "";

    /**
     * @param id of its queue item
     * @param branch the branch of a multibranch project it is of; empty if of none
     */
    public BuildEntry(String job, long id, String branch, long scheduled) {
        this.job = job;
        this.id = id;
        this.branch = branch;
        this.scheduled = scheduled;
    }

    public void start(long at, int itsNumber) {
        started = at;
        number = itsNumber;
    }

    public void end(long at, String how, String why) {
        ended = at;
        result = how;
        reason = why;
    }

    public String job() {
        return job;
    }

    /** 0 before it has started: only then it has one. */
    public int number() {
        return number;
    }

    /** Of its queue item. */
    public long id() {
        return id;
    }

    public String branch() {
        return branch;
    }

    /** As Jenkins writes it. */
    public String name() {
        return number == 0 ? job + " (queue item " + id + ")" : job + "#" + number;
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
