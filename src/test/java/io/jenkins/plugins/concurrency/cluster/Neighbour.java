package io.jenkins.plugins.concurrency.cluster;

import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.Claim;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Another controller that shares groups by the same memory, without a Jenkins. */
public final class Neighbour implements SharedGroupsListener, AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final SharedGroups groups;
    private final Map<RequestKey, CompletableFuture<Void>> grants = new ConcurrentHashMap<>();
    private final Set<RequestKey> stopped = ConcurrentHashMap.newKeySet();
    private long builds;

    public Neighbour(SharedMemory memory, String name, Map<GroupKey, SharedPolicy> policies) {
        this(memory, name, "https://" + name + ".example.com/", policies);
    }

    /** @param url where it says that people find it */
    public Neighbour(SharedMemory memory, String name, String url, Map<GroupKey, SharedPolicy> policies) {
        groups = memory.start(
                SharedGroupsSettings.of(name).lostAfter(Duration.ofSeconds(10)).withUrl(url), this, executor);
        groups.submit(new Call.Declare(policies));
    }

    /** Asks for a slot; what comes of it is to be awaited. */
    public RequestKey ask(GroupKey group) throws InterruptedException, ExecutionException, TimeoutException {
        RequestKey key = RequestKey.random();
        Request request = Request.of(
                key, Owner.build("job", ++builds), Behavior.QUEUE, new Claim(group, 1, false, Claim.ANY_LIMIT));
        groups.submit(new Call.Ask(request)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return key;
    }

    /** Has a slot that is free, from now on. */
    public RequestKey take(GroupKey group) throws Exception {
        RequestKey key = ask(group);
        grant(key).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return key;
    }

    public void end(RequestKey key) throws InterruptedException, ExecutionException, TimeoutException {
        groups.submit(new Call.End(key)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Whether it was told that it has its slot. */
    public boolean has(RequestKey key) {
        return grant(key).isDone();
    }

    private CompletableFuture<Void> grant(RequestKey key) {
        return grants.computeIfAbsent(key, k -> new CompletableFuture<>());
    }

    /** Whether its body was told to stop. */
    public boolean isStopped(RequestKey key) {
        return stopped.contains(key);
    }

    @Override
    public CompletionStage<Report> report() {
        return CompletableFuture.completedFuture(Report.empty());
    }

    @Override
    public void onNews(News news) {
        if (news instanceof News.Caused caused && caused.effect() instanceof Effect.Granted) {
            grant(news.request()).complete(null);
        } else if (news instanceof News.Stop) {
            stopped.add(news.request());
        }
    }

    @Override
    public void onEvent(Event event) {
        // Nobody asks.
    }

    /** It is silent from now on. */
    @Override
    public void close() {
        groups.close();
        executor.shutdown();
    }
}
