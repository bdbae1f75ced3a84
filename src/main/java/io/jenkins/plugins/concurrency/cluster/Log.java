package io.jenkins.plugins.concurrency.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The list of calls that all members apply, in one order.
 *
 * <p>Each method is one short transaction. Whoever gets a {@link LogAwayException} does not know whether it was carried out,
 * and may repeat it. One instance is used by one thread at a time.
 */
interface Log extends AutoCloseable {
    /**
     * Begins a new epoch of a member; whoever had the name before is fenced off from then on.
     *
     * @throws FencedException if that is this process itself, as another one has joined under its name since
     */
    Seat join(Introduction who) throws LogAwayException, OutdatedException, FencedException;

    /**
     * Appends calls, numbered from {@code firstCall} on. Those that are in the log already are passed over.
     *
     * @throws FencedException if the seat is not valid any more; nothing was appended then
     */
    void append(Seat seat, long firstCall, List<byte[]> calls) throws LogAwayException, FencedException;

    /**
     * Reads on.
     *
     * @param from the number of the first entry that is wanted
     * @return those that there are, without a gap, but for some at the beginning that were deleted
     */
    List<Entry> read(long from, int atMost) throws LogAwayException;

    /**
     * Says that the member lives, and how far it is. Declares others lost.
     *
     * @param silent who was silent for too long, with the last sign of life; one who gave another since is not lost
     * @throws FencedException if the seat is not valid any more
     */
    Pulse touch(Seat seat, long applied, Map<String, Long> silent) throws LogAwayException, FencedException;

    /** The newest snapshot. */
    Optional<StoredSnapshot> snapshot() throws LogAwayException;

    /**
     * Keeps a snapshot, if there is none of its number; old ones are deleted, and what they cover and all members have.
     *
     * @return with the hash of the one that is kept
     */
    StoredSnapshot keep(StoredSnapshot snapshot) throws LogAwayException;

    /**
     * Waits until something was appended.
     *
     * @return whether that may be; false after the time has passed
     */
    boolean await(Duration atMost) throws LogAwayException;

    @Override
    void close();
}
