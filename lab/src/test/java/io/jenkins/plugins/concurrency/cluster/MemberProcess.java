package io.jenkins.plugins.concurrency.cluster;

import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.Claim;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.Policy;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A controller as a process of its own, to be killed: it asks time and again, and writes down when it is inside. Its builds die
 * with it. When its input ends it asks for nothing more, and says when its last build is done.
 */
final class MemberProcess implements SharedGroupsListener {
    static final Map<GroupKey, SharedPolicy> GROUPS = Map.of(
            group("rig"), new SharedPolicy(Policy.ofLimit(1), WhenLost.HOLD),
            group("pool"), new SharedPolicy(Policy.ofLimit(2), WhenLost.FREE));

    private final String name;
    private final long pid = ProcessHandle.current().pid();
    private final Journal journal;
    private final int mostMillis;
    private final Map<RequestKey, String> builds = new ConcurrentHashMap<>();
    private final Map<RequestKey, String> inside = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
    private final AtomicLong numbers = new AtomicLong();
    private final Member member;
    private final MemberThreads threads;
    private volatile boolean finishing;

    private MemberProcess(
            String name, String ports, String schema, Path journal, Duration lostAfter, int mostMillis, boolean lossy)
            throws IOException {
        this.name = name;
        this.journal = new Journal(journal);
        this.mostMillis = mostMillis;
        SharedGroupsSettings usual = SharedGroupsSettings.of(name).lostAfter(lostAfter);
        SharedGroupsSettings settings = new SharedGroupsSettings(
                name, "", lostAfter, usual.margin(), usual.touchEvery(), usual.lookEvery(), 1_000_000);
        String instance = name + pid;
        Log reading = new PostgresLog(PostgresServer.dataSource(ports), schema, instance);
        Log writing = new PostgresLog(PostgresServer.dataSource(ports), schema, instance);
        reading = lossy ? new LossyLog(reading) : reading;
        writing = lossy ? new LossyLog(writing) : writing;
        member = new Member(
                settings, instance, reading, writing, this, Executors.newSingleThreadExecutor(), System::nanoTime);
        threads = new MemberThreads(settings, member, reading);
    }

    static GroupKey group(String name) {
        return new GroupKey(Scope.CONTROLLER, "", name);
    }

    /** The name, the ports, the schema, the journal, the seconds until lost, the longest body, whether answers are lost, builds. */
    public static void main(String[] args) throws Exception {
        MemberProcess process = new MemberProcess(
                args[0],
                args[1],
                args[2],
                Path.of(args[3]),
                Duration.ofSeconds(Integer.parseInt(args[4])),
                Integer.parseInt(args[5]),
                Boolean.parseBoolean(args[6]));
        process.member.submit(new Call.Declare(GROUPS));
        process.threads.start();
        for (int i = Integer.parseInt(args[7]); i > 0; i--) {
            process.ask("rig");
            process.ask("pool");
        }
        while (System.in.read() >= 0) {
            // Until it is told to finish.
        }
        process.finishing = true;
        process.finish();
        Thread.currentThread().join();
    }

    private void ask(String group) {
        RequestKey key = RequestKey.random();
        builds.put(key, group);
        Request request = request(key);
        member.submit(new Call.Ask(request)).whenComplete((answer, failure) -> {
            if (failure != null) {
                journal.write("failed", name, pid, group, key.value(), 0);
                builds.remove(key);
            }
        });
    }

    private Request request(RequestKey key) {
        return Request.of(
                key,
                Owner.build("job", numbers.incrementAndGet()),
                Behavior.QUEUE,
                new Claim(group(builds.get(key)), 1, false, Claim.ANY_LIMIT));
    }

    @Override
    public CompletionStage<Report> report() {
        return CompletableFuture.completedFuture(new Report(
                java.util.List.copyOf(inside.keySet()),
                builds.keySet().stream()
                        .filter(key -> !inside.containsKey(key))
                        .map(key -> new Report.Waiting(request(key), java.util.Optional.empty()))
                        .toList()));
    }

    @Override
    public void onNews(News news) {
        RequestKey key = news.request();
        String group = builds.get(key);
        if (group == null) {
            return;
        }
        if (news instanceof News.Caused caused && caused.effect() instanceof Effect.Granted) {
            if (inside.putIfAbsent(key, group) == null) {
                journal.write("enter", name, pid, group, key.value(), caused.fence());
                timer.schedule(
                        () -> leave(key), ThreadLocalRandom.current().nextInt(mostMillis), TimeUnit.MILLISECONDS);
            }
        } else if (news instanceof News.Stop) {
            leave(key);
        }
    }

    /** Whether its time is over or it was told to stop, whichever comes first. */
    private void leave(RequestKey key) {
        String group = builds.remove(key);
        if (group != null) {
            journal.write("leave", name, pid, group, key.value(), 0);
            inside.remove(key);
            member.submit(new Call.End(key));
            if (finishing) {
                finish();
            } else {
                ask(group);
            }
        }
    }

    private void finish() {
        if (builds.isEmpty()) {
            journal.write("done", name, pid, "-", 0, 0);
        }
    }

    @Override
    public void onEvent(Event event) {
        journal.write("event:" + event.getClass().getSimpleName(), name, pid, "-", 0, 0);
    }
}
