package io.jenkins.plugins.concurrency.cluster;

import java.util.concurrent.CompletionStage;

/**
 * Who carries out what the shared groups cause on this controller. It is called on the executor that was given with it, one
 * call after the other, in the order of the log.
 *
 * @since 1.0
 */
public interface SharedGroupsListener {
    /**
     * The controller has joined, after its start or because it was lost. Calls that were submitted wait until this is answered,
     * and so do all who wait for its slots.
     *
     * @return what the builds have of shared groups; completed when that is known for all of them
     */
    CompletionStage<Report> report();

    /** Something about a request of this controller. */
    void onNews(News news);

    /** Something about the controllers. */
    void onEvent(Event event);

    /**
     * What an entry has caused, whosever the requests are: for those who keep a history.
     *
     * @param answer with the effects of all requests
     */
    default void onEntry(Answer answer) {}
}
