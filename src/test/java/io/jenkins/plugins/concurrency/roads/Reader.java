package io.jenkins.plugins.concurrency.roads;

import hudson.model.Item;
import hudson.model.Job;
import hudson.model.User;
import io.jenkins.plugins.concurrency.Clients;
import java.io.IOException;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.htmlunit.Page;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;

/** Alice, who may read some jobs, may discover others, and may do nothing else. */
final class Reader {
    static final String NAME = "alice";
    private static final String ADMIN = "admin";

    private final JenkinsRule jenkins;
    private final MockAuthorizationStrategy rights;
    private final MockQueueItemAuthenticator authenticator = new MockQueueItemAuthenticator();

    private Reader(JenkinsRule jenkins) {
        this.jenkins = jenkins;
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        this.rights = new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to(ADMIN)
                .grant(Jenkins.READ)
                .everywhere()
                .to(NAME);
        jenkins.jenkins.setAuthorizationStrategy(rights);
    }

    static Reader in(JenkinsRule jenkins) {
        return new Reader(jenkins);
    }

    Reader reads(Item... items) {
        rights.grant(Item.READ).onItems(items).to(NAME);
        return this;
    }

    Reader discovers(Item... items) {
        rights.grant(Item.DISCOVER).onItems(items).to(NAME);
        return this;
    }

    /** The builds of this job run as the reader. */
    Reader runs(Job<?, ?> job) {
        return runs(job, NAME);
    }

    /** The builds of this job run as somebody who may do everything. */
    Reader runsNot(Job<?, ?> job) {
        return runs(job, ADMIN);
    }

    private Reader runs(Job<?, ?> job, String user) {
        authenticator.authenticate(job.getFullName(), User.getById(user, true).impersonate2());
        if (QueueItemAuthenticatorConfiguration.get().getAuthenticators().isEmpty()) {
            QueueItemAuthenticatorConfiguration.get().getAuthenticators().add(authenticator);
        }
        return this;
    }

    /** What the reader gets for an address below the root: a page, or data. */
    String sees(String path) throws Exception {
        return sees(NAME, path);
    }

    String administratorSees(String path) throws Exception {
        return sees(ADMIN, path);
    }

    private String sees(String user, String path) throws Exception {
        try (JenkinsRule.WebClient client = Clients.of(jenkins, user)) {
            Page page = client.goTo(path, null);
            return page.getWebResponse().getContentAsString();
        } catch (IOException x) {
            throw new AssertionError(path, x);
        }
    }
}
