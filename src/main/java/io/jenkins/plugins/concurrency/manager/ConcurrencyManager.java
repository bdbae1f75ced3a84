package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.engine.Claim;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.Engine;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.RequestView;
import io.jenkins.plugins.concurrency.engine.SavedState;
import io.jenkins.plugins.concurrency.records.History;
import io.jenkins.plugins.concurrency.records.PastLeases;
import io.jenkins.plugins.concurrency.records.Refusals;
import io.jenkins.plugins.concurrency.records.UsedGroups;
import io.jenkins.plugins.concurrency.settings.CapRules;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * The lock manager of this controller: all requests of all builds go through it.
 *
 * <p>It owns the engine, and carries out the effects of each call after that, off the engine's lock and off the caller's
 * thread. So every method returns at once, and may be called on any thread, that of a Pipeline's program included.
 */
@Extension
@Restricted(NoExternalUse.class)
public class ConcurrencyManager implements ExtensionPoint {
    private final ListenerNotifier listeners = new ListenerNotifier();
    private final History history = new History((group, event) -> listeners.tell(ConcurrencyEvent.of(group, event)));
    private final PastLeases pastLeases = new PastLeases();
    private final EngineDriver driver = new EngineDriver(history, pastLeases, listeners);
    private final Engine engine = driver.engine();
    private final GroupLookups lookups = driver.lookups();
    private final Sharing sharing = new Sharing(driver);
    private final RequestRouter router = new RequestRouter(driver, sharing);
    private final Recovery recovery = new Recovery(this);
    private final UsedGroups usedGroups = new UsedGroups();
    private final Refusals refusals = new Refusals();
    private final DeclaredPolicies declared = new DeclaredPolicies(new PolicyDeclaration(driver));
    private final ItemNames names = new ItemNames();

    @NonNull
    public static ConcurrencyManager get() {
        return ExtensionList.lookupSingleton(ConcurrencyManager.class);
    }

    /**
     * Asks for slots. What becomes of that is told to the requester, by and by, unless it ends at once.
     *
     * @return how it ended, if it did at once; the requester is told nothing more then
     * @throws io.jenkins.plugins.concurrency.engine.InvalidRequestException if it can never be granted
     */
    @NonNull
    public Optional<Effect.Ended> request(@NonNull Request request, @NonNull Requester requester) {
        Optional<Effect.Ended> ended = router.ask(request, null, requester);
        driver.execute(request.key(), () -> usedGroups.add(request));
        return ended;
    }

    /**
     * Asks once more for one that gave back what it had, or waited for, and kept its place in time.
     *
     * @return how it ended, if it did at once; the requester is told nothing more then
     * @throws io.jenkins.plugins.concurrency.engine.InvalidRequestException if it can never be granted
     */
    @NonNull
    public Optional<Effect.Ended> requestAgain(
            @NonNull Request request, @NonNull Place place, @NonNull Requester requester) {
        return router.ask(request, place, requester);
    }

    /**
     * Gives one that asks once more all that it wants, if all of that is free now and nobody is passed; changes nothing
     * otherwise. It waits for nothing but the engine, so that it may be called under a lock that many wait for.
     *
     * @return what it got, of which the requester is not told; empty if it got nothing, as of shared groups, whose answer takes
     *     longer
     */
    @NonNull
    public Optional<Effect.Granted> tryAgain(
            @NonNull Request request, @NonNull Place place, @NonNull Requester requester) {
        return router.tryAgain(request, place, requester);
    }

    /**
     * Puts a request back as it was before a restart.
     *
     * @param place where it was in time, in shared groups too
     */
    @NonNull
    public Restoration restore(
            @NonNull Request request, @NonNull SavedState past, @NonNull Place place, @NonNull Requester requester) {
        useCaps(request.claims().stream()
                .map(Claim::group)
                .filter(CapRules::isCap)
                .toList());
        return recovery.restore(request, past, () -> router.restore(request, past, place, requester));
    }

    /** Hands a request, with all that it has, from a queue item to the build that this has become. */
    public void transfer(@NonNull RequestKey key, @NonNull Owner to) {
        router.transfer(key, to);
    }

    /** Ends a request, whether it runs or waits. Does nothing for one that ended before. */
    public void end(@NonNull RequestKey key) {
        recovery.ended(key);
        router.end(key);
    }

    /**
     * Takes a request out of the queue, if it waits: the requester is told of its end then.
     *
     * @return whether the requester is told anything more; not if the request ended before
     */
    public boolean withdraw(@NonNull RequestKey key) {
        return router.withdraw(key);
    }

    /** Ends all that a build still has or waits for, as it is gone. */
    public void endAll(@NonNull Run<?, ?> run) {
        names.holding(() -> endAll(Runs.owner(run)));
    }

    void endAll(Owner owner) {
        lookups.requestsOf(owner).forEach(this::end);
    }

    /** Ends all that the builds of a job, or of all jobs in a folder, still have or wait for, as it is gone. */
    public void endAllIn(@NonNull String fullName) {
        lookups.requestsIn(fullName).forEach(this::end);
    }

    /** The settings may declare other groups than before. */
    void settingsChanged() {
        declared.tell();
    }

    /** The caps that the builds of a job count for, the innermost first. */
    @NonNull
    public List<GroupKey> capsOf(@NonNull String job) {
        List<GroupKey> keys = ConcurrencySettings.get().caps().of(job);
        useCaps(keys);
        return keys;
    }

    void useCaps(List<GroupKey> keys) {
        declared.use(keys);
    }

    /**
     * Gives a waiting request its slots at once, over the limit if need be. Running builds take those of a new cap so; people
     * do by {@link Interventions#startNow}.
     */
    public void startNow(@NonNull RequestKey key) {
        driver.change(called -> called.startNow(key));
    }

    /** Has a live request give its groups another limit, as the most recent one to say so; it keeps its place. */
    public void changeLimit(@NonNull RequestKey key, int limit) {
        driver.change(called -> called.changeLimit(key, limit));
    }

    /** A group with a page of those who run and of those who wait; empty if it is neither declared nor in use. */
    @NonNull
    public Optional<GroupView> group(@NonNull GroupKey key, int from, int count) {
        return lookups.group(key, from, count);
    }

    /** The groups that a job's live requests have claims on. */
    @NonNull
    public List<GroupKey> groupsOf(@NonNull String job) {
        return lookups.groupsOf(job);
    }

    /** All groups that are declared or in use. */
    @NonNull
    public List<GroupKey> groups() {
        return lookups.groups();
    }

    /** A live request, seen from the group it waits in. */
    @NonNull
    public Optional<RequestView> find(@NonNull RequestKey key) {
        return lookups.find(key);
    }

    /** What can be seen of all requests and groups. */
    @NonNull
    public GroupLookups lookups() {
        return lookups;
    }

    /** Who made a live request. */
    @NonNull
    public Optional<Requester> requester(@NonNull RequestKey key) {
        return driver.requester(key);
    }

    /** The requests of a build for the build itself, and for these of its blocks. */
    List<RequestKey> leasesOf(Run<?, ?> build, Set<String> blocks) {
        return names.hold(() -> lookups.requestsOf(Runs.owner(build))).stream()
                .filter(key -> driver.requester(key)
                        .filter(requester -> requester.block().stream().allMatch(blocks::contains))
                        .isPresent())
                .toList();
    }

    /** Whether slots are granted: not so after a restart, until all builds have told what they hold. */
    public boolean isRecovered() {
        return engine.isGateOpen();
    }

    void openGate() {
        driver.change(Engine::openGate);
        driver.tellAll(Requester::remind);
        driver.recorder().lookAtAll();
    }

    /** Which groups the jobs have used. */
    @NonNull
    public UsedGroups usedGroups() {
        return usedGroups;
    }

    /** Which queue entries ended without a build. */
    @NonNull
    public Refusals refusals() {
        return refusals;
    }

    /** What happened in the groups. */
    @NonNull
    public History history() {
        return history;
    }

    /** Which slots builds had. */
    @NonNull
    public PastLeases pastLeases() {
        return pastLeases;
    }

    /** How all of that is measured. */
    @NonNull
    public Metering metering() {
        return driver.metering();
    }

    /** What this controller shares with others. */
    @NonNull
    public Sharing sharing() {
        return sharing;
    }

    /** By which names it knows jobs and folders. */
    @NonNull
    public ItemNames names() {
        return names;
    }

    DeclaredPolicies declaredPolicies() {
        return declared;
    }

    EngineDriver driver() {
        return driver;
    }

    Recovery recovery() {
        return recovery;
    }
}
