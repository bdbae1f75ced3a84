package io.jenkins.plugins.concurrency.pages;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertEquals;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Item;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.Claim;
import io.jenkins.plugins.concurrency.engine.Effect;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.GroupId;
import io.jenkins.plugins.concurrency.manager.SilentRequester;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/**
 * How long the pages take where much is going on. Each bound is on the best of several tries, as a machine may have other
 * things to do; what was measured is printed.
 */
@ExtendWith(OneJenkins.class)
class PageCostTest {
    private static final int WAITING = 10_000;
    private static final int GROUPS = 5_000;
    private static final int POLLERS = 1_000;
    /** How often each page asks. */
    private static final int POLL_SECONDS = 3;

    private static final int TRIES = 10;
    private static final double PAGE_MILLIS = 200;
    private static final double POLL_MILLIS = 5;

    /** The same against the shortest of answers, where the machine has other things to do. */
    private static final int PAGE_TIMES = 150;

    private static final int POLL_TIMES = 6;

    private static final GroupKey BUSY = new GroupKey(Scope.FOLDER, "", "busy");

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<RequestKey> requests = new ArrayList<>();
    private JenkinsRule jenkins;
    private Story story;
    private WorkflowRun build;
    private WorkflowRun crowd;
    private String root;

    @BeforeEach
    void fill(JenkinsRule rule) throws Exception {
        jenkins = rule;
        root = rule.getURL().toString();
        story = new Story(rule);
        build = story.inside(story.job("job", "group: 'busy'"));
        crowd = story.inside(story.job("crowd", "group: 'group'"));
        for (int i = 0; i < WAITING; i++) {
            request(build, BUSY, new SilentRequester());
        }
        for (int i = 0; i < GROUPS; i++) {
            request(crowd, new GroupKey(Scope.FOLDER, "", "group " + i), new SilentRequester());
        }
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader"));
    }

    @AfterEach
    void empty() throws Exception {
        requests.forEach(ConcurrencyManager.get()::end);
        story.finish(build);
        story.finish(crowd);
    }

    private RequestKey request(WorkflowRun of, GroupKey group, SilentRequester requester) {
        Request request = Request.of(
                RequestKey.random(),
                Owner.build(of.getParent().getFullName(), of.getNumber()),
                Behavior.QUEUE,
                Claim.of(group, 1));
        ConcurrencyManager.get().request(request, requester);
        requests.add(request.key());
        return request.key();
    }

    private HttpRequest get(String user, String path, String tag) {
        String login = Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(root + path)).header("Authorization", "Basic " + login);
        return (tag == null ? request : request.header("If-None-Match", tag)).build();
    }

    private static double millisSince(long start) {
        return (System.nanoTime() - start) / 1e6;
    }

    /** How long the first byte of a page takes, at best. */
    private double firstByte(String user, String path, String expected) throws Exception {
        double best = Double.MAX_VALUE;
        for (int i = 0; i < TRIES; i++) {
            long start = System.nanoTime();
            HttpResponse<InputStream> page = http.send(get(user, path, null), BodyHandlers.ofInputStream());
            try (InputStream body = page.body()) {
                int first = body.read();
                best = Math.min(best, millisSince(start));
                String rest = (char) first + new String(body.readAllBytes(), StandardCharsets.UTF_8);
                assertEquals(200, page.statusCode());
                assertThat(rest, containsString(expected));
            }
        }
        System.out.printf("%s for %s: first byte after %.1f ms%n", path, user, best);
        return best;
    }

    /** How long the shortest of answers takes, at best: what Jenkins itself costs. */
    private double shortest(String user) throws Exception {
        double best = Double.MAX_VALUE;
        for (int i = 0; i < TRIES; i++) {
            long start = System.nanoTime();
            http.send(get(user, "crumbIssuer/api/json", null), BodyHandlers.discarding());
            best = Math.min(best, millisSince(start));
        }
        System.out.printf("crumbIssuer/api/json for %s takes %.1f ms%n", user, best);
        return best;
    }

    /** How long a poll takes that finds no change, at best. */
    private double poll(String user, String path) throws Exception {
        String tag = null;
        double best = Double.MAX_VALUE;
        int unchanged = 0;
        for (int i = 0; unchanged < TRIES; i++) {
            long start = System.nanoTime();
            HttpResponse<String> answer = http.send(get(user, path, tag), BodyHandlers.ofString());
            tag = answer.headers().firstValue("ETag").orElseThrow();
            if (answer.statusCode() == 304) {
                best = Math.min(best, millisSince(start));
                unchanged++;
            }
            assertThat(i, lessThan(4 * TRIES));
        }
        System.out.printf("%s for %s: a poll without change takes %.1f ms%n", path, user, best);
        return best;
    }

    /** One story, as it takes a while until so many wait. */
    @Test
    void whereThousandsWaitPagesAreQuickAndHoldUpNoHandOver() throws Exception {
        pagesAndPollsAreQuick();
        aThousandOpenPagesHoldUpNoHandOver();
    }

    private void pagesAndPollsAreQuick() throws Exception {
        String busy = "concurrency/group/" + GroupId.of(BUSY) + "/";
        for (String user : List.of("admin", "reader")) {
            double shortest = shortest(user);
            double page = Math.max(PAGE_MILLIS, PAGE_TIMES * shortest);
            double poll = Math.max(POLL_MILLIS, POLL_TIMES * shortest);
            assertThat(firstByte(user, "job/job/concurrency/", "10,000"), lessThan(page));
            assertThat(firstByte(user, "concurrency/", "group 1"), lessThan(page));
            assertThat(firstByte(user, busy, "10,000"), lessThan(page));
            assertThat(poll(user, "job/job/concurrency/content"), lessThan(poll));
            assertThat(poll(user, "concurrency/content"), lessThan(poll));
            assertThat(poll(user, busy + "content"), lessThan(poll));
        }
    }

    /** How long it takes from the end of one lease to the next one, in the middle of several. */
    private double handOver() throws Exception {
        GroupKey baton = new GroupKey(Scope.FOLDER, "", "baton");
        List<Double> times = new ArrayList<>();
        RequestKey holder = request(crowd, baton, new SilentRequester());
        for (int i = 0; i < 20 * TRIES; i++) {
            CountDownLatch granted = new CountDownLatch(1);
            RequestKey next = request(crowd, baton, new SilentRequester() {
                @Override
                public void onEffect(@NonNull Effect effect) {
                    granted.countDown();
                }
            });
            long start = System.nanoTime();
            ConcurrencyManager.get().end(holder);
            granted.await();
            times.add(millisSince(start));
            holder = next;
        }
        return times.stream().sorted().toList().get(times.size() / 2);
    }

    /** Asks whether anything has changed, as the script of a page does. */
    private final class OpenPage implements Runnable {
        private final String path;
        private final AtomicInteger answers;
        private volatile String tag;

        OpenPage(String path, String tag, AtomicInteger answers) {
            this.path = path;
            this.tag = tag;
            this.answers = answers;
        }

        @Override
        public void run() {
            http.sendAsync(get("reader", path, tag), BodyHandlers.discarding()).thenAccept(answer -> {
                tag = answer.headers().firstValue("ETag").orElse(null);
                answers.incrementAndGet();
            });
        }
    }

    private void aThousandOpenPagesHoldUpNoHandOver() throws Exception {
        String busy = "concurrency/group/" + GroupId.of(BUSY) + "/content";
        double alone = handOver();
        AtomicInteger answers = new AtomicInteger();
        List<String> tags = new ArrayList<>();
        for (int i = 0; i < TRIES; i++) {
            HttpResponse<Void> page = http.send(get("reader", busy, null), BodyHandlers.discarding());
            tags.add(page.headers().firstValue("ETag").orElseThrow());
        }
        ScheduledExecutorService pages = Executors.newScheduledThreadPool(8);
        double watched;
        try {
            for (int i = 0; i < POLLERS; i++) {
                pages.scheduleAtFixedRate(
                        new OpenPage(busy, tags.get(i % TRIES), answers),
                        i * 1000L * POLL_SECONDS / POLLERS,
                        1000L * POLL_SECONDS,
                        TimeUnit.MILLISECONDS);
            }
            Gates.eventually("the pages ask", () -> answers.get() > POLLERS / 2);
            watched = handOver();
        } finally {
            pages.shutdownNow();
        }
        System.out.printf(
                "A hand-over takes %.2f ms, and %.2f ms while %d pages renew themselves (%d answers)%n",
                alone, watched, POLLERS, answers.get());
        assertThat(watched, lessThan(50.0));
    }
}
