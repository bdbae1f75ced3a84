package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.User;
import hudson.security.ACL;
import io.jenkins.plugins.concurrency.settings.OneLine;
import java.util.Objects;
import jenkins.model.Jenkins;

/**
 * Who does something by hand.
 *
 * @param id of the user
 * @param name as logs show it
 */
record Person(String id, String name) {
    static Person current() {
        return of(Jenkins.getAuthentication2().getName());
    }

    /** Whose name is not known, or not to be seen, is called by the id. */
    static Person of(String id) {
        User user = id.equals(ACL.ANONYMOUS_USERNAME) ? null : User.getById(id, false);
        return new Person(id, firstSeen(user == null ? null : user.getFullName(), id));
    }

    private static String firstSeen(@CheckForNull String name, String id) {
        return Objects.requireNonNullElse(OneLine.of(name), Objects.requireNonNullElse(OneLine.of(id), "?"));
    }
}
