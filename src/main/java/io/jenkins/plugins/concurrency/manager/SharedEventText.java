package io.jenkins.plugins.concurrency.manager;

import io.jenkins.plugins.concurrency.cluster.Event;

/** What happens among the controllers that share groups, in sentences for Jenkins' log. */
final class SharedEventText {
    private SharedEventText() {}

    static String of(Event event) {
        if (event instanceof Event.Away away) {
            return "The database does not answer; builds that wait for shared groups go on waiting: " + away.cause();
        } else if (event instanceof Event.Back) {
            return "The database answers again";
        } else if (event instanceof Event.TakesPart) {
            return "This controller takes part in shared groups";
        } else if (event instanceof Event.WasLost) {
            return "This controller was silent for so long that the others took it for lost; it comes back by itself";
        } else if (event instanceof Event.Fenced) {
            return "Another process has joined under this controller's name; this one takes part no more."
                    + " Give one of the two another name in Manage Jenkins » Concurrency";
        } else if (event instanceof Event.Outdated outdated) {
            return "This version of the plugin is too old to share groups with the others: " + outdated.message();
        } else if (event instanceof Event.Lost lost) {
            return "The controller '" + lost.member() + "' is lost";
        } else if (event instanceof Event.Joined joined) {
            return "The controller '" + joined.member() + "' takes part in shared groups";
        } else if (event instanceof Event.VersionsDiffer differ) {
            return "Controllers that share groups have different versions: " + differ.versions();
        } else if (event instanceof Event.PoliciesDiffer differ) {
            return differ.members().isEmpty()
                    ? "All controllers declare shared groups alike"
                    : "Controllers declare shared groups otherwise than is valid: " + differ.members();
        } else if (event instanceof Event.ReplicaDiffered differed) {
            return "After entry " + differed.seq()
                    + ", this controller knew something else than another one. It goes on"
                    + " with what the other knows. Please report this as a mistake of the plugin";
        } else {
            return "The database has lost what was in it, as after a restore; all was read anew";
        }
    }
}
