package io.jenkins.plugins.concurrency.manager;

import io.jenkins.plugins.concurrency.cluster.SharedGroups;
import io.jenkins.plugins.concurrency.cluster.SharedGroupsListener;
import io.jenkins.plugins.concurrency.settings.DatabaseSource;
import io.jenkins.plugins.concurrency.settings.SharedDatabase;
import java.util.concurrent.Executor;

/** Has a controller take part in shared groups. */
@FunctionalInterface
interface SharedGroupsStarter {
    /** By the database that the settings name. */
    SharedGroupsStarter USUAL = (database, listener, executor) -> SharedGroups.start(
            DatabaseSource.settings(database), new DatabaseSource(database), database.getSchema(), listener, executor);

    /**
     * @throws IllegalStateException if that cannot be tried here; the message says what to do
     */
    SharedGroups start(SharedDatabase database, SharedGroupsListener listener, Executor executor);
}
