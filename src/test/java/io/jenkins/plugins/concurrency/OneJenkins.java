package io.jenkins.plugins.concurrency;

import hudson.model.Node;
import hudson.model.TopLevelItem;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AuthorizationStrategy;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.Idle;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import io.jenkins.plugins.concurrency.settings.Decisions;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * One Jenkins for all tests of a class, in place of {@code @WithJenkins}: to start one takes longer than most stories. After
 * each test nothing may be held or waited for; then all jobs and settings go. A test that fails gets the next one a new Jenkins.
 */
public final class OneJenkins implements ParameterResolver, AfterEachCallback, AfterAllCallback {
    private static final int EXECUTORS = 2;

    private Shared rule;

    /** One that is told of no test method. */
    private static final class Shared extends JenkinsRule {
        private final List<WebClient> open = new CopyOnWriteArrayList<>();

        Shared(Class<?> tests) {
            testDescription = org.junit.runner.Description.createTestDescription(tests, tests.getSimpleName());
        }

        @Override
        public void recipe() throws Exception {
            // As the harness does: what a test does itself, it may do.
            ACL.as2(ACL.SYSTEM2);
            super.recipe();
        }

        @Override
        public WebClient createWebClient() {
            WebClient client = super.createWebClient();
            open.add(client);
            return client;
        }

        /** A page that is left open goes on asking for news, and slows down all tests that follow. */
        void closeClients() {
            open.forEach(WebClient::close);
            open.clear();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == JenkinsRule.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (rule == null) {
            rule = new Shared(context.getRequiredTestClass());
            try {
                rule.before();
                Gates.eventually("slots are granted", ConcurrencyManager.get()::isRecovered);
            } catch (Throwable x) {
                throw new AssertionError("Jenkins does not start", x);
            }
        }
        return rule;
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        boolean clean = false;
        try {
            if (rule != null && context.getExecutionException().isEmpty()) {
                rule.closeClients();
                sweep(rule.jenkins);
                clean = true;
            }
        } finally {
            if (!clean) {
                afterAll(context);
            }
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        if (rule != null) {
            JenkinsRule last = rule;
            rule = null;
            last.after();
        }
    }

    private static void sweep(Jenkins jenkins) throws Exception {
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            // These keep a group in mind that nobody uses.
            ConcurrencySettings settings = ConcurrencySettings.get();
            settings.setCap(null);
            settings.setFolderCaps(List.of());
            settings.setExcludedFolders(null);
            Decisions.get().all().forEach(Decisions.get()::takeBack);
            settings.setDatabase(null);
            Idle.await();
            settings.setGroups(List.of());
            settings.setUndeclaredAllowed(false);
            for (TopLevelItem item : List.copyOf(jenkins.getItems())) {
                item.delete();
            }
            for (Node node : List.copyOf(jenkins.getNodes())) {
                jenkins.removeNode(node);
            }
            jenkins.setNumExecutors(EXECUTORS);
            jenkins.setSecurityRealm(SecurityRealm.NO_AUTHENTICATION);
            jenkins.setAuthorizationStrategy(AuthorizationStrategy.UNSECURED);
            QueueItemAuthenticatorConfiguration.get().getAuthenticators().clear();
            forgetSemaphores();
        }
    }

    /** Builds of other jobs with the same names count them from 1 again. */
    private static void forgetSemaphores() throws ReflectiveOperationException {
        Field states = Class.forName("org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep$State")
                .getDeclaredField("states");
        states.setAccessible(true);
        Map<?, ?> all = (Map<?, ?>) states.get(null);
        synchronized (all) {
            all.clear();
        }
    }
}
