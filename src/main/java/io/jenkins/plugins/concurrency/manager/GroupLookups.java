package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.Engine;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.RequestView;
import io.jenkins.plugins.concurrency.engine.Totals;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What can be seen of all groups and requests: those of this controller, and those that it shares with others. It waits for
 * nothing but the engines' short locks; no database is asked. Safe for use by several threads.
 */
@Restricted(NoExternalUse.class)
public final class GroupLookups {
    private final Engine engine;
    /** Null where no groups are shared. */
    private volatile SharedViews shared;

    private volatile SharedRequests requests;

    GroupLookups(Engine engine) {
        this.engine = engine;
    }

    void share(SharedRequests sharedRequests, SharedViews views) {
        requests = sharedRequests;
        shared = views;
    }

    private Stream<SharedViews> shared() {
        return Stream.ofNullable(shared);
    }

    private Stream<SharedRequest> requests() {
        SharedRequests all = requests;
        return all == null ? Stream.empty() : all.all().stream();
    }

    /** A group with a page of those who run and of those who wait; empty if it is neither declared nor in use. */
    @NonNull
    public Optional<GroupView> group(@NonNull GroupKey key, int from, int count) {
        return SplitRequest.isShared(key)
                ? shared().flatMap(views -> views.group(key, from, count).stream())
                        .findFirst()
                : engine.group(key, from, count);
    }

    /** All groups that are declared, decided on or in use, in their order. */
    @NonNull
    public List<GroupKey> groups() {
        return and(engine.groups(), shared().flatMap(views -> views.groups().stream()));
    }

    private static <T> List<T> and(Collection<T> own, Stream<T> more) {
        Set<T> all = new LinkedHashSet<>(own);
        more.forEach(all::add);
        return List.copyOf(all);
    }

    /** The groups that the live requests of a job have claims on, in their order. */
    @NonNull
    public List<GroupKey> groupsOf(@NonNull String job) {
        return and(engine.groupsOf(job), shared().flatMap(views -> views.groupsOf(job).stream()));
    }

    /** The groups that a live request has slots of when it runs; the one that it waits in when it does not. */
    @NonNull
    public List<GroupKey> groupsOf(@NonNull RequestKey key) {
        return find(key)
                .flatMap(RequestView::waitingIn)
                .map(List::of)
                .orElseGet(() -> and(engine.groupsOf(key), shared().flatMap(views -> views.groupsOf(key).stream())));
    }

    /** A live request, seen from the group it waits in. */
    @NonNull
    public Optional<RequestView> find(@NonNull RequestKey key) {
        Optional<RequestView> own = engine.find(key);
        return own.filter(view -> !view.isRunning())
                .or(() -> shared().flatMap(views -> views.find(key).stream()).findFirst())
                .or(() -> own);
    }

    /** A live request, seen from each of its groups in the order in which it takes them. */
    @NonNull
    public List<RequestView> shares(@NonNull RequestKey key) {
        List<RequestView> all = new ArrayList<>(engine.shares(key));
        shared().forEach(views -> all.addAll(views.shares(key)));
        return List.copyOf(all);
    }

    /** The live requests of a build or a queue item of this controller. */
    @NonNull
    public List<RequestKey> requestsOf(@NonNull Owner owner) {
        return and(
                engine.requestsOf(owner),
                requests().filter(request -> request.owner().equals(owner)).map(SharedRequest::key));
    }

    /** The live requests of the builds of a job, or of all jobs in a folder. */
    List<RequestKey> requestsIn(String fullName) {
        return and(
                engine.requestsIn(fullName),
                requests().filter(request -> request.owner().isWithin(fullName)).map(SharedRequest::key));
    }

    /** The builds and queue items of a job that have live requests. */
    List<Owner> ownersOf(String job) {
        return and(
                engine.ownersOf(job),
                requests().map(SharedRequest::owner).filter(owner -> owner.job().equals(job)));
    }

    /** Whose builds of this controller have live requests. */
    Set<Owner> owners() {
        Set<Owner> owners = new HashSet<>(engine.owners());
        requests().map(SharedRequest::owner).forEach(owners::add);
        return Set.copyOf(owners);
    }

    /** How many requests have or want slots of this controller's own groups, each of them once. */
    @NonNull
    public Totals totals() {
        return engine.totals();
    }

    /** A number that is another after each call that may have changed something. */
    public long changes() {
        return engine.changes() + shared().mapToLong(SharedViews::changes).sum();
    }
}
