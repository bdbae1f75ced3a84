package io.jenkins.plugins.concurrency;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.htmlunit.Page;
import org.htmlunit.WebClient;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlFormUtil;
import org.htmlunit.html.HtmlPage;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * Clients that read what the server wrote, and run none of a page's programs: pages renew themselves, which is for a real
 * browser. What only a style sheet hides is text to them.
 */
public final class Clients {
    private Clients() {}

    /** One that nobody has signed in with. */
    public static JenkinsRule.WebClient of(JenkinsRule jenkins) {
        JenkinsRule.WebClient client = jenkins.createWebClient().withJavaScriptEnabled(false);
        client.getOptions().setCssEnabled(false);
        return client;
    }

    /** One that signs in with each of its requests; under the harness's security realm, with the name as password. */
    public static JenkinsRule.WebClient of(JenkinsRule jenkins, String user) throws Exception {
        return of(jenkins).withBasicCredentials(user);
    }

    /**
     * Saves a form that needs its scripts for that, and does not go to the page that follows: HtmlUnit sometimes never gets to
     * an end with the scripts of a job's page.
     */
    public static void save(HtmlForm form) throws IOException {
        WebClient client = ((HtmlPage) form.getPage()).getWebClient();
        client.getOptions().setRedirectEnabled(false);
        client.getOptions().setThrowExceptionOnFailingStatusCode(false);
        Page answer = HtmlFormUtil.submit(form);
        assertEquals(
                302,
                answer.getWebResponse().getStatusCode(),
                () -> answer.getWebResponse().getContentAsString());
    }
}
