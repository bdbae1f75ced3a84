package io.jenkins.plugins.concurrency.cluster;

import io.jenkins.plugins.concurrency.engine.AsideRequest;
import io.jenkins.plugins.concurrency.engine.Engine;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.RequestView;
import io.jenkins.plugins.concurrency.engine.SetAside;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Members come, go, and come back: what that does to what they wait for and hold. */
final class Presence {
    private final Engine engine;
    private final SetAside aside;
    private final Map<String, Standing> members;
    private final Declarations declarations;

    Presence(Engine engine, SetAside aside, Map<String, Standing> members, Declarations declarations) {
        this.engine = engine;
        this.aside = aside;
        this.members = members;
        this.declarations = declarations;
    }

    /** A new epoch begins. Until the member has told what its builds have, nobody waits behind them; what they hold, they hold. */
    void joined(String member, long epoch, EntryEffects told) {
        members.put(member, new Standing(epoch, false, false));
        told.add(aside.setAside(requestsOf(member)));
    }

    void lost(String member, long epoch, EntryEffects told) {
        members.put(member, new Standing(epoch, false, true));
        told.add(aside.setAside(requestsOf(member)));
        for (RequestKey key : requestsOf(member)) {
            List<GroupKey> groups = engine.groupsOf(key);
            if (!groups.isEmpty() && groups.stream().allMatch(declarations::isFree)) {
                told.add(engine.end(key));
            }
        }
    }

    void present(String member, long epoch) {
        members.put(member, new Standing(epoch, true, false));
    }

    /**
     * It will not come back.
     *
     * @throws IllegalStateException if it is not lost
     */
    void forget(String member, EntryEffects told) {
        Standing standing = members.get(member);
        if (standing == null || !standing.lost()) {
            throw new IllegalStateException("The controller '" + member + "' is not lost.");
        }
        members.remove(member);
        asideOf(member).forEach(key -> told.add(aside.end(key)));
        requestsOf(member).forEach(key -> told.add(engine.end(key)));
    }

    /** The live requests of a member, by ticket. */
    List<RequestKey> requestsOf(String member) {
        return engine.requestsIn(member).stream()
                .sorted(Comparator.comparingLong(this::ticket).thenComparingLong(RequestKey::value))
                .toList();
    }

    private long ticket(RequestKey key) {
        return engine.find(key).map(RequestView::ticket).orElse(0L);
    }

    /** The requests of a member that are aside, by ticket. */
    List<RequestKey> asideOf(String member) {
        return aside.all().stream()
                .filter(request ->
                        SharedOwner.of(request.request().owner()).member().equals(member))
                .map(AsideRequest::key)
                .toList();
    }

    boolean isRunning(RequestKey key) {
        return engine.isLive(key)
                && engine.find(key).map(RequestView::isRunning).orElse(true);
    }
}
