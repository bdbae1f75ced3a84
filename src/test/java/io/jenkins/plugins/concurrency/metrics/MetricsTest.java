package io.jenkins.plugins.concurrency.metrics;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import hudson.model.Result;
import io.jenkins.plugins.concurrency.Clients;
import io.jenkins.plugins.concurrency.Gates;
import io.jenkins.plugins.concurrency.OneJenkins;
import io.jenkins.plugins.concurrency.Story;
import io.jenkins.plugins.concurrency.cluster.Neighbour;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.Claim;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.engine.Request;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.SharedByMemory;
import io.jenkins.plugins.concurrency.manager.SilentRequester;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import io.jenkins.plugins.concurrency.settings.DeclaredGroup;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jenkins.metrics.api.Metrics;
import org.jenkinsci.plugins.prometheus.service.DefaultPrometheusMetrics;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/** What the Metrics plugin is told, and what the Prometheus plugin makes of it. */
@ExtendWith(OneJenkins.class)
class MetricsTest {
    private static final String GROUP = "concurrency.group.prod.";
    private static final GroupKey PROD = new GroupKey(Scope.CONTROLLER, "", "prod");

    private JenkinsRule jenkins;
    private Story story;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
        story = new Story(rule);
        declare("prod", 1);
    }

    private static void declare(String name, int limit) {
        ConcurrencySettings.get().setGroups(List.of(new DeclaredGroup(name, limit)));
    }

    private static MetricRegistry registry() {
        return Metrics.metricRegistry();
    }

    private static double gauge(String name) {
        return ((Number) ((Gauge<?>) registry().getMetrics().get(name)).getValue()).doubleValue();
    }

    private static long count(String name) {
        return ((Counter) registry().getMetrics().get(name)).getCount();
    }

    private static Timer timer(String name) {
        return (Timer) registry().getMetrics().get(name);
    }

    @Test
    void gaugesAndCountersFollowTheBuilds() throws Exception {
        WorkflowJob job = story.job("deploy", "group: 'prod', scope: 'CONTROLLER', behavior: 'QUEUE_LATEST'");
        long refused = count("concurrency.superseded");
        WorkflowRun first = story.inside(job);
        WorkflowRun second = story.waiting(job);
        WorkflowRun third = story.waiting(job);
        story.ended(second, Result.ABORTED);
        assertThat(gauge("concurrency.groups"), is(1.0));
        assertThat(gauge("concurrency.running"), is(1.0));
        assertThat(gauge("concurrency.waiting"), is(1.0));
        assertThat(gauge("concurrency.longestWaitSeconds"), greaterThan(0.0));
        assertThat(gauge(GROUP + "limit"), is(1.0));
        assertThat(gauge(GROUP + "used"), is(1.0));
        assertThat(gauge(GROUP + "utilization"), is(1.0));
        assertThat(gauge(GROUP + "waiting"), is(1.0));
        assertThat(gauge(GROUP + "longestWaitSeconds"), greaterThan(0.0));
        assertThat(count(GROUP + "superseded"), is(1L));
        assertThat(count("concurrency.superseded"), is(refused + 1));
        assertThat(count(GROUP + "granted"), is(1L));
        assertThat(timer(GROUP + "wait").getCount(), is(1L));
        story.finish(first);
        story.finish(third);
        Gates.eventually("both have given back what they had", () -> count(GROUP + "released") == 2);
        assertThat(timer(GROUP + "hold").getCount(), is(2L));
        assertThat(gauge(GROUP + "used"), is(0.0));
        assertThat(gauge("concurrency.waiting"), is(0.0));
        assertThat(timer("concurrency.engineCall").getCount(), greaterThan(5L));
        assertThat(timer("concurrency.effectDelay").getCount(), greaterThan(3L));
    }

    @Test
    void aSharedGroupIsMeasuredWithWhatOtherControllersHave() throws Exception {
        SharedByMemory shared = new SharedByMemory(SharedByMemory.shared("rig", 1));
        GroupKey rig = new GroupKey(Scope.SHARED, "", "rig");
        long granted = count("concurrency.shared.granted");
        long own = count("concurrency.granted");
        try (Neighbour other = shared.neighbour("other")) {
            RequestKey held = other.take(rig);
            WorkflowRun run = story.waiting(story.job("measure", "group: 'rig', scope: 'SHARED'"));
            Gates.eventually("it waits for the other controller's", () -> gauge("concurrency.group.rig.waiting") == 1);
            assertThat(gauge("concurrency.group.rig.used"), is(1.0));
            assertThat(count("concurrency.group.rig.granted"), is(0L));
            other.end(held);
            story.awaitInside(run);
            assertThat(count("concurrency.group.rig.granted"), is(1L));
            assertThat(timer("concurrency.group.rig.wait").getCount(), is(1L));
            story.finish(run);
            Gates.eventually("its slot is given back", () -> count("concurrency.group.rig.released") == 1);
            assertThat(count("concurrency.shared.granted"), is(granted + 1));
            assertThat(count("concurrency.granted"), is(own));
        }
    }

    @Test
    void aGroupIsMeasuredAsLongAsItIsDeclared() {
        declare("test rig/1", 2);
        Set<String> names = registry().getNames().stream()
                .filter(name -> name.startsWith("concurrency.group."))
                .map(name -> name.replaceFirst("\\.[A-Za-z]+$", ""))
                .collect(Collectors.toSet());
        assertEquals(1, names.size(), names::toString);
        assertTrue(names.iterator().next().matches("concurrency\\.group\\.test_rig_1_[0-9a-f]{6}"), names::toString);
    }

    /** Made by the hundred, where no build is needed. */
    private static final class Load {
        private final Random random = new Random(3);

        void ask(int number) {
            RequestKey key = RequestKey.random();
            Behavior behavior = Behavior.values()[random.nextInt(Behavior.values().length)];
            Request request = Request.of(key, Owner.build("load", number), behavior, Claim.of(PROD, Claim.ANY_LIMIT));
            ConcurrencyManager.get().request(request, new SilentRequester());
        }

        void endOne() {
            ConcurrencyManager.get()
                    .group(PROD, 0, 1)
                    .flatMap(group -> group.running().stream().findFirst())
                    .ifPresent(one -> ConcurrencyManager.get().end(one.key()));
        }
    }

    @Test
    void underLoadWhatIsScrapedAddsUp() throws Exception {
        declare("prod", 7);
        Load load = new Load();
        for (int i = 1; i <= 500; i++) {
            load.ask(i);
            if (i % 3 > 0) {
                load.endOne();
            }
        }
        String scraped = scrape();
        double granted = value(scraped, "granted");
        double released = value(scraped, "released");
        double running = value(scraped, "running");
        assertThat(granted, greaterThan(7.0));
        assertThat(granted + value(scraped, "restored"), is(released + running));
        assertThat(
                granted
                        + value(scraped, "waiting")
                        + value(scraped, "refused")
                        + value(scraped, "superseded")
                        + value(scraped, "left"),
                is(500.0));
        assertThat(running, is((double)
                ConcurrencyManager.get().group(PROD, 0, 0).orElseThrow().runningCount()));
        ConcurrencyManager.get().endAllIn("load");
    }

    private String scrape() throws Exception {
        String[] page = {""};
        // That plugin begins a second after Jenkins has started; what it collected before that tells nothing.
        Gates.eventually("the group is in what Prometheus gets", () -> {
            DefaultPrometheusMetrics.get().collectMetrics();
            try (JenkinsRule.WebClient client = Clients.of(jenkins)) {
                page[0] = client.goTo("prometheus/", null).getWebResponse().getContentAsString();
                return page[0].contains("concurrency_group_prod_granted");
            }
        });
        return page[0];
    }

    private static double value(String scraped, String name) {
        Matcher line = Pattern.compile("(?m)^concurrency_group_prod_" + name + "(?:\\{[^}]*})? ([0-9.E]+)")
                .matcher(scraped);
        assertTrue(
                line.find(),
                () -> name + " is missing in "
                        + scraped.lines()
                                .filter(any -> any.contains("concurrency_group"))
                                .toList());
        return Double.parseDouble(line.group(1));
    }
}
