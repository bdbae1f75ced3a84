package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.cluster.Call;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import java.util.Optional;
import java.util.function.Consumer;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Whether this controller shares groups with others. Nothing that is needed for that is loaded before somebody configures a
 * database. Safe for use by several threads.
 */
@Restricted(NoExternalUse.class)
public final class Sharing {
    private final EngineDriver driver;
    private volatile SharedRealm realm;
    /** Null for the usual one, which is not to be loaded before it is needed. */
    private SharedGroupsStarter starter;

    private boolean started;
    private boolean recovered;

    Sharing(EngineDriver driver) {
        this.driver = driver;
    }

    /** Takes part by something else than a database from now on, for tests. */
    synchronized void startBy(SharedGroupsStarter other) {
        starter = other;
        if (realm != null) {
            realm.leave();
        }
        realm = null;
    }

    /** Requests of shared groups. There may be some of a database that is configured no more. */
    SharedRequests requests() {
        return realm().requests();
    }

    private SharedRealm realm() {
        SharedRealm now = realm;
        // Who asks for slots does not wait for one that leaves.
        return now == null ? newRealm() : now;
    }

    private synchronized SharedRealm newRealm() {
        if (realm == null) {
            realm = new SharedRealm(driver, starter == null ? SharedGroupsStarter.USUAL : starter);
            if (recovered) {
                realm.recovered();
            }
        }
        return realm;
    }

    void ifAny(Consumer<SharedRequests> action) {
        SharedRealm now = realm;
        if (now != null) {
            action.accept(now.requests());
        }
    }

    boolean has(RequestKey key) {
        SharedRealm now = realm;
        return now != null && now.requests().has(key);
    }

    /** Takes part as the settings say, from now on. */
    synchronized void start() {
        started = true;
        follow();
    }

    /** The settings may have changed. */
    synchronized void follow() {
        if (started && (realm != null || ConcurrencySettings.get().database() != null)) {
            realm().follow(ConcurrencySettings.get().database());
        }
    }

    /** All builds have told what they have, and have this controller's own groups again. */
    synchronized void recovered() {
        recovered = true;
        if (realm != null) {
            realm.recovered();
        }
    }

    synchronized void stop() {
        started = false;
        if (realm != null) {
            realm.leave();
        }
    }

    /** The number of a grant of shared groups; 0 if the request has none. */
    long fence(RequestKey key) {
        SharedRealm now = realm;
        return now == null
                ? 0
                : now.requests().find(key).map(SharedRequest::fence).orElse(0L);
    }

    /** Makes a call of the shared groups that concerns no request of this controller. */
    void submit(Call call) {
        SharedRealm now = realm;
        if (now != null) {
            now.submit(call);
        }
    }

    /** How that is going; empty where no database is configured. */
    @NonNull
    public Optional<SharedStatus> status() {
        SharedRealm now = realm;
        return now == null || ConcurrencySettings.get().database() == null
                ? Optional.empty()
                : Optional.of(now.status());
    }

    /** One of those that share groups, as far as is known here. */
    @NonNull
    public Optional<SharedController> controller(@NonNull String name) {
        return status().flatMap(now -> now.find(name));
    }
}
