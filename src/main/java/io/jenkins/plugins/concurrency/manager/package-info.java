/**
 * The one manager of a controller: the engine, and what turns its effects into calls of Jenkins.
 *
 * <p>Rule: who holds and who waits is known from the builds themselves, and from the engine; no class here keeps it on disk.
 * This package knows {@code engine}, {@code arguments}, {@code cluster}, {@code records} and {@code settings}, and nobody above
 * it.
 *
 * <p>Threads: {@link io.jenkins.plugins.concurrency.manager.ConcurrencyManager} may be called on any thread, that of a
 * Pipeline's program and one that holds the lock of Jenkins' queue included; it waits for nothing but the engine's short lock.
 * What becomes of a request is told to its {@code Requester} on four threads of this package: in order for each request, and
 * never under a lock. Those calls may block for a while.
 *
 * <p>Callers: {@code pipeline}, {@code queue} and {@code pages}. No other plugin: but for the causes of interruption, which are
 * data, all is restricted.
 *
 * <p>By room:
 *
 * <dl>
 *   <dt>The manager
 *   <dd>{@code ConcurrencyManager}; {@code RequestRouter}, which knows where a request goes; {@code Caps}, which tells the engine
 *       of caps before somebody asks for one; {@code GroupLookups} for all that can be seen; {@code Fences}
 *   <dt>Shared groups
 *   <dd>{@code Sharing}, behind which nothing is loaded where no database is configured; {@code SharedRealm} takes part, and {@code
 *       SharedHealth} knows how that is going, as {@code SharedStatus} tells pages; {@code SplitRequest}, {@code SharedRequest}
 *       and {@code SharedRequests} for what builds ask for; {@code SharedViews} and {@code OtherControllers} for whose builds
 *       these are; {@code SharedInterventions} for what people do
 *   <dt>Effects
 *   <dd>{@code EngineDriver} calls the engine and {@code Dispatcher} sends off what that caused, to a {@code Requester};
 *       {@code DeadlineTimer} wakes the engine, {@code Reminder} those who wait, and {@code WaitNews} those who are next
 *   <dt>History
 *   <dd>{@code HistoryRecorder} is told of every effect and writes history, off all locks and on a lane of its own: a
 *       {@code Backlog}, that has gaps rather than keep anybody waiting; {@code Forecasts} reads it; {@code WaitRecorder} notes
 *       down with each build what it waited for
 *   <dt>Recovery
 *   <dd>{@code Recovery} asks every {@code Restorer} and {@code Restorable} after a start-up, each with a {@code Restoration} for
 *       an answer; {@code Resumption} and {@code MovedBuilds} see to renamed Pipelines; {@code Sweep} looks for what was forgotten
 *   <dt>What people do
 *   <dd>{@code Interventions} checks who may act on what and acts, in the name of a {@code Person}, on a {@code RequestTarget} or a
 *       group; {@code MovesTogether} for several; {@code DecisionFollower} carries out decisions; {@code EndedRequests} knows whose
 *       a request was that is over; {@code HandText} for logs
 *   <dt>What happens in Jenkins
 *   <dd>{@code ManagerListeners}
 *   <dt>What is stored
 *   <dd>{@code StoredRequest}, {@code StoredClaim}, {@code StoredGrant}, {@code Place}; {@code StoredNames} gives them names in
 *       files
 *   <dt>Requests
 *   <dd>{@code GroupResolver} finds the group that is meant
 *   <dt>Builds
 *   <dd>{@code Runs} between owners and builds, {@code VisibleItems} and {@code VisibleGroups} for
 *       what a reader may see, {@code BuildReferences} for builds
 *       that were referred to, {@code FormerEntry} for which queue item one was
 *   <dt>Upstreams
 *   <dd>{@code Upstreams} and {@code BuildSteps}: which builds wait for another one
 *   <dt>Names and texts
 *   <dd>{@code GroupLabels}, {@code BuildNames}, {@code BuildNote}, {@code LogNames}; {@code GrantText} and {@code OutcomeText};
 *       {@code Wait} and {@code WaitText}, with {@code EstimateText}, for why somebody waits; {@code BuildLog} writes,
 *       {@code Interruption} is kept with a build
 * </dl>
 *
 * <p>On disk: {@code concurrency-moved-builds.xml}, names of running builds whose job was renamed; {@code concurrency-fence.txt}; in files of XStream ({@code build.xml}, {@code queue.xml}, flow nodes) by the names in {@code StoredNames}. As
 * serialized Java, where the names of classes and fields matter: with a Pipeline's program {@code StoredRequest},
 * {@code StoredClaim}, {@code StoredGrant}, {@code Interruption} with its {@code Kind}, and {@code BuildReference} of
 * {@code records}, and the engine's {@code GroupKey}, {@code Scope} and {@code Behavior}; with a log {@code BuildNote} and
 * {@code BuildReference}.
 */
package io.jenkins.plugins.concurrency.manager;
