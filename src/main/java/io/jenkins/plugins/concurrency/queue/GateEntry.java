package io.jenkins.plugins.concurrency.queue;

import hudson.model.InvisibleAction;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.manager.FormerEntry;
import io.jenkins.plugins.concurrency.manager.ItemNames;
import io.jenkins.plugins.concurrency.manager.Runs;
import io.jenkins.plugins.concurrency.queue.EntryLife.State;
import java.util.ConcurrentModificationException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.RunAction2;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * A queue entry that needs slots before it starts, and then its build. {@link EntryLife} tells what becomes of it.
 *
 * <p>It is an action of the queue item, becomes one of the build, and is written to disk with either, as a
 * {@link StoredEntry}. On an item with another id, or a build with another number, it means nothing: it came along when somebody
 * scheduled a build with the actions of an older one.
 *
 * <p>The queue reads and changes its state, and never waits for {@link #lock}, which guards all else.
 */
@Restricted(NoExternalUse.class)
public final class GateEntry extends InvisibleAction implements FormerEntry, RunAction2 {
    private static final Logger LOGGER = Logger.getLogger(GateEntry.class.getName());

    private final long id;
    /** The number of its build when it was written to disk; 0 if it was none, or is new. */
    private final int storedNumber;

    private final boolean fromDisk;
    private final EntryLife life = new EntryLife();
    private final EntryRequestList requests;
    private final EntryEffects effects;
    private final EntryStory story;
    private final EntryEnd end;
    private final EntryLock lock = new EntryLock();
    private volatile Job<?, ?> job;
    private volatile Run<?, ?> run;

    /** A new one for a queue item. */
    GateEntry(long id, Job<?, ?> job) {
        this(StoredEntry.ofNew(id), false);
        setJob(job);
    }

    /** One for a build that runs already, and did not need any slot when it started. */
    GateEntry(Run<?, ?> running) {
        this(running.getQueueId(), running.getParent());
        isBuild(running);
    }

    GateEntry(StoredEntry stored, boolean fromDisk) {
        this.id = stored.id();
        this.storedNumber = stored.build();
        this.fromDisk = fromDisk;
        this.requests = new EntryRequestList(this, stored.requests());
        this.effects = new EntryEffects(this, requests);
        this.story = stored.story();
        this.end = new EntryEnd(stored.result(), stored.interruption());
    }

    /** Called by XStream, on any thread. */
    private Object writeReplace() {
        Run<?, ?> build = run;
        int number = build == null ? storedNumber : build.getNumber();
        return build != null && !build.isBuilding()
                ? StoredEntry.ofEnded(id, number)
                : new StoredEntry(id, number, requests.stored(), story, end.result(), end.interruption());
    }

    @Override
    public long id() {
        return id;
    }

    /** Null while it is in the queue. Once a Pipeline is resumed, its queue id is another one. */
    Run<?, ?> build() {
        return run;
    }

    EntryLock lock() {
        return lock;
    }

    EntryLife life() {
        return life;
    }

    boolean isFromDisk() {
        return fromDisk;
    }

    Job<?, ?> job() {
        return job;
    }

    /** The job is another object after Jenkins has loaded its configuration again. */
    final void setJob(Job<?, ?> current) {
        job = current;
    }

    Owner owner() {
        return run != null ? Runs.owner(run) : Owner.queueItem(ItemNames.get().of(job), id);
    }

    /** Asks for what it needs next, if it is to. Whether it may start now. */
    boolean proceed(Queue.Item item) {
        return lock.get(() -> {
            if (!life.is(State.ASKED) || fromDisk && !QueueGate.isRecovered()) {
                return false;
            }
            boolean all = !end.isDecided() && askNext(item);
            return (all || end.isDecided()) && life.getReady();
        });
    }

    /** Whether there is nothing more to ask for. Whatever goes wrong ends in a build that says so. */
    private boolean askNext(Queue.Item item) {
        try {
            end.setResult(LimitRequestFactory.result(job));
            return requests.askNext(job, item, effects::ended);
        } catch (ConcurrentModificationException x) {
            // One more cause is added to the item just now.
            QueueGate.get().proceed(this);
        } catch (InvalidRequestException x) {
            end.fail(x.getMessage());
        } catch (RuntimeException | LinkageError | StackOverflowError x) {
            LOGGER.log(Level.WARNING, x, () -> "Cannot determine which slots a build of " + job + " needs");
            end.fail("Cannot determine which slots this build needs: " + x);
        }
        return false;
    }

    /** Whether it may start, but would ask for something else if it asked now. */
    boolean isOutdated(Queue.Item item) {
        return life.is(State.READY) && !end.isDecided() && requests.areOutdated(job, item);
    }

    /** Gives back what it has so that others can have it, unless it has got something to do meanwhile. */
    void giveBack() {
        lock.run(() -> {
            if (life.is(State.NEW) || life.is(State.PARKED)) {
                requests.giveBack();
                story.forget();
            }
        });
    }

    /** An executor has come: whether it has its slots at once. If not, it is to ask for them. Under the queue's lock. */
    boolean takeAgain() {
        if (lock.tryToGet(
                () -> requests.tryAgain(granted -> story.add(GateLog.granted(granted))) && life.takeAgain())) {
            return true;
        }
        life.askAgain();
        return false;
    }

    void onEffect(EntryRequest request, Effect effect) {
        if (lock.get(() -> request.isMeant(effect) && effects.follow(request, effect) && story.hasBegun())) {
            end.carryOut(run);
        } else if (life.isInQueue()) {
            QueueGate.get().proceed(this);
        }
    }

    /** What it asks for is another thing now, or has another name. */
    void change(Consumer<EntryRequestList> change) {
        lock.run(() -> change.accept(requests));
    }

    /** It left the queue, and not for an executor; or it did, and no build came of it, or that is over. */
    void discard() {
        lock.run(() -> {
            life.end();
            requests.end();
        });
    }

    @Override
    public void onAttached(Run<?, ?> r) {
        if (r.getQueueId() != id) {
            r.removeAction(this);
            return;
        }
        lock.run(() -> {
            run = r;
            if (!life.start() && !end.isDecided()) {
                end.fail("This build was started although its entry in the queue had been taken away.");
            }
            requests.transfer(Runs.owner(r));
        });
        QueueGate.get().entries().forget(this);
        if (requests.isEmpty() && !end.isDecided()) {
            r.removeAction(this);
        }
    }

    @Override
    public void onLoad(Run<?, ?> r) {
        // It may have been written just before it was told of its build.
        if (storedNumber == 0 ? r.getQueueId() == id : storedNumber == r.getNumber()) {
            isBuild(r);
        }
    }

    private void isBuild(Run<?, ?> r) {
        life.start();
        run = r;
        job = r.getParent();
        story.resume(r);
    }

    /** Tells the build's log what came before it, and ends the build if it started only for that. */
    void started(TaskListener listener) {
        story.begin(listener);
        end.carryOutAtStart(run, listener);
    }

    EntryStory story() {
        return story;
    }

    /** Whether, and how, it is to end. */
    EntryEnd end() {
        return end;
    }

    /** Counts its running build for the caps that it does not count for yet. Whether there are any. */
    boolean adopt() {
        return lock.get(() -> requests.addMissingCaps(job, run));
    }

    /** Puts back what it had, or waited for, before a restart. Whether another one has that, or had: then this is outdated. */
    boolean restore(boolean running) {
        return lock.get(() -> requests.restore(owner(), job, running));
    }

    /** The request that it waits for. */
    Optional<RequestKey> waitsFor() {
        return requests.waiting();
    }
}
