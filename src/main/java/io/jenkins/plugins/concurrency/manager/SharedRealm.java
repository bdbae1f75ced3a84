package io.jenkins.plugins.concurrency.manager;

import hudson.model.Computer;
import hudson.remoting.SingleLaneExecutorService;
import io.jenkins.plugins.concurrency.cluster.Answer;
import io.jenkins.plugins.concurrency.cluster.Call;
import io.jenkins.plugins.concurrency.cluster.Event;
import io.jenkins.plugins.concurrency.cluster.News;
import io.jenkins.plugins.concurrency.cluster.Report;
import io.jenkins.plugins.concurrency.cluster.SharedGroups;
import io.jenkins.plugins.concurrency.cluster.SharedGroupsListener;
import io.jenkins.plugins.concurrency.cluster.SharedPolicy;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import io.jenkins.plugins.concurrency.settings.SharedDatabase;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * This controller as one of those that share groups: joins and leaves as the settings say, and passes on what is asked for and
 * what comes of it. There is none where no database is configured.
 */
final class SharedRealm implements SharedCalls {
    private static final Logger LOGGER = Logger.getLogger(SharedRealm.class.getName());

    private final EngineDriver driver;
    private final SharedGroupsStarter starter;
    private final SharedRequests requests;
    private final SharedViews views = new SharedViews(this::groups);
    private final SharedHealth health = new SharedHealth();
    private final CompletableFuture<Void> recovered = new CompletableFuture<>();
    private final Executor lane = new SingleLaneExecutorService(Computer.threadPoolForRemoting);
    private SharedDatabase joined;
    private Map<GroupKey, SharedPolicy> declared;
    private volatile SharedGroups groups;
    private volatile String controller = "";
    /** Null where it takes part no more. */
    private volatile Membership membership;

    SharedRealm(EngineDriver driver, SharedGroupsStarter starter) {
        this.driver = driver;
        this.starter = starter;
        requests = new SharedRequests(driver, this);
        driver.share(requests, views);
    }

    SharedRequests requests() {
        return requests;
    }

    /** Takes part by this database from now on, and in no other. Null for none: then those who wait can wait no longer. */
    synchronized void follow(SharedDatabase database) {
        // Who was told to give another controller the name, and has done so, saves the settings here.
        boolean again = database != null && health.isStopped();
        if (again || (database == null ? joined != null : !database.isSame(joined))) {
            leave();
            joined = database;
            if (database == null) {
                requests.refuseWaiting(Messages.SharedRealm_noDatabase());
            } else {
                join(database);
            }
        }
        declare(ConcurrencySettings.get().sharedPolicies());
    }

    private void join(SharedDatabase database) {
        controller = database.getControllerName();
        views.setController(controller);
        try {
            membership = new Membership();
            groups = starter.start(database, membership, lane);
        } catch (IllegalStateException x) {
            LOGGER.log(Level.WARNING, "This controller shares no groups: {0}", x.getMessage());
            health.onEvent(new Event.Away(x.getMessage()));
        }
    }

    /** To the others, this controller is silent from now on. */
    synchronized void leave() {
        SharedGroups before = groups;
        groups = null;
        membership = null;
        declared = null;
        health.clear();
        requests.forgetReport();
        if (before != null) {
            before.close();
        }
    }

    private void declare(Map<GroupKey, SharedPolicy> policies) {
        if (groups != null && !policies.equals(declared)) {
            declared = policies;
            submit(new Call.Declare(policies));
        }
    }

    /** All builds of this controller have told what they have, and have its own groups again. */
    void recovered() {
        recovered.complete(null);
    }

    Optional<SharedGroups> groups() {
        return Optional.ofNullable(groups);
    }

    SharedStatus status() {
        return health.status(controller, groups());
    }

    @Override
    public CompletableFuture<Answer> submit(Call call) {
        SharedGroups now = groups;
        return now == null
                ? CompletableFuture.failedFuture(new IllegalStateException(Messages.SharedRealm_noDatabase()))
                : now.submit(call);
    }

    @Override
    public Effect translated(Effect effect) {
        return views.effect(effect);
    }

    @Override
    public Instant atDatabase(Instant here) {
        SharedGroups now = groups;
        return now == null ? here : now.atDatabase(here);
    }

    @Override
    public void tellIfAway(RequestKey key) {
        if (groups == null || health.isAway()) {
            driver.tell(key, requester -> requester.told(Messages::SharedRealm_away));
        }
    }

    /**
     * What comes of its taking part by one database, until it leaves that. What is told of its requests later counts all the
     * same, as it has happened; how that database is does not.
     */
    private final class Membership implements SharedGroupsListener {
        private boolean isOver() {
            return membership != this;
        }

        @Override
        public CompletionStage<Report> report() {
            return recovered.thenCompose(done ->
                    isOver() ? new CompletableFuture<>() : CompletableFuture.completedFuture(requests.report()));
        }

        @Override
        public void onNews(News news) {
            requests.onNews(news);
        }

        @Override
        public void onEntry(Answer answer) {
            driver.changedElsewhere(answer.effects());
        }

        @Override
        public void onEvent(Event event) {
            if (isOver()) {
                return;
            }
            LOGGER.log(health.onEvent(event) ? Level.WARNING : Level.INFO, "{0}", SharedEventText.of(event));
            if (event instanceof Event.Away) {
                requests.tellWaiting(Messages::SharedRealm_away);
            } else if (event instanceof Event.Back) {
                requests.tellWaiting(Messages::SharedRealm_back);
            } else if (event instanceof Event.Fenced) {
                requests.refuseWaiting(Messages.SharedRealm_fenced(controller));
            } else if (event instanceof Event.Outdated outdated) {
                requests.refuseWaiting(Messages.SharedRealm_outdated(outdated.message()));
            }
        }
    }
}
