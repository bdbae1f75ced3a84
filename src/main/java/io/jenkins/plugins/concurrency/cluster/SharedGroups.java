package io.jenkins.plugins.concurrency.cluster;

import io.jenkins.plugins.concurrency.engine.AsideRequest;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Lookups;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.sql.DataSource;

/**
 * The groups that this controller shares with others, by one database.
 *
 * <p>A call is made on all controllers, in one order, and answered when this one has made it too. What it causes for builds of
 * this controller is told to the listener, whoever made it. While the database is away, calls wait; what is known can be
 * looked at all the time.
 *
 * <p>It has three threads of its own, and calls nobody on them. It is safe for use by several threads, and none of its methods
 * waits, but for {@link #check} and {@link #close}.
 *
 * @since 1.0
 */
public final class SharedGroups implements AutoCloseable {
    private final Log reading;
    private final Log writing;
    private final Member member;
    private final MemberThreads threads;

    private SharedGroups(
            SharedGroupsSettings settings,
            String instance,
            Log reading,
            Log writing,
            SharedGroupsListener listener,
            Executor executor) {
        this.reading = reading;
        this.writing = writing;
        member = new Member(settings, instance, reading, writing, listener, executor, System::nanoTime);
        threads = new MemberThreads(settings, member, reading);
    }

    /**
     * Takes part from now on, as soon as the database answers.
     *
     * @param source of connections, two of which are kept; their sockets must not wait much longer than a controller may be
     *     silent
     * @param schema of the database where the log is: controllers with the same one share groups. It exists
     * @param executor on which the listener is called, by one thread at a time
     */
    public static SharedGroups start(
            SharedGroupsSettings settings,
            DataSource source,
            String schema,
            SharedGroupsListener listener,
            Executor executor) {
        String instance = UUID.randomUUID().toString();
        return start(
                settings,
                instance,
                new PostgresLog(source, schema, instance),
                new PostgresLog(source, schema, instance),
                listener,
                executor);
    }

    /**
     * The same by any log.
     *
     * @param instance the process, which nobody else is
     * @param reading by which one thread reads, while another one appends by {@code writing}
     */
    static SharedGroups start(
            SharedGroupsSettings settings,
            String instance,
            Log reading,
            Log writing,
            SharedGroupsListener listener,
            Executor executor) {
        SharedGroups groups = new SharedGroups(settings, instance, reading, writing, listener, executor);
        groups.threads.start();
        return groups;
    }

    /**
     * Tries whether the database can be used, and creates what is missing in the schema.
     *
     * @throws SQLException if not, with the reason
     */
    public static void check(DataSource source, String schema) throws SQLException {
        PostgresLog.check(source, schema);
    }

    /**
     * Makes a call on all controllers.
     *
     * @return what it has caused; or that it was refused, by the exception that {@link
     *     io.jenkins.plugins.concurrency.engine.Engine} refuses it with, or that this controller takes part no more: {@link
     *     FencedException}, {@link OutdatedException}. It is completed on the executor of the listener
     */
    public CompletableFuture<Answer> submit(Call call) {
        return member.submit(call);
    }

    /** What can be seen of the shared groups, as this controller knows them. Owners are those of {@link SharedOwner}. */
    public Lookups lookups() {
        return member.replica().engine();
    }

    /** The requests of lost controllers that keep their places, and that nobody waits behind; by ticket. */
    public List<AsideRequest> aside() {
        return member.replica().aside().all();
    }

    /** All controllers, as far as was known when the database answered last; by name. */
    public List<MemberView> members() {
        return member.realm().members();
    }

    /** Which controllers declare which groups otherwise than is valid. */
    public Map<String, Set<GroupKey>> differing() {
        return member.realm().differing();
    }

    /**
     * A time by this controller's clock, as the database's clock has it, as far as that is known: so that a clock that is wrong
     * makes no deadline earlier or later.
     */
    public Instant atDatabase(Instant here) {
        return member.realm()
                .now(System.nanoTime())
                .map(now -> now.plus(Duration.between(Instant.now(), here)))
                .orElse(here);
    }

    /** Whether calls are carried out: the database answers, and the builds of this controller have what the log says. */
    public boolean takesPart() {
        return member.takesPart();
    }

    /** Stops taking part. To the others, this controller is silent from now on. */
    @Override
    public void close() {
        threads.stop();
        reading.close();
        writing.close();
    }
}
