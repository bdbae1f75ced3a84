package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Policy;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import io.jenkins.plugins.concurrency.settings.Decisions;
import java.util.Map;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What happens to builds, jobs and folders, as far as the manager has to know. */
@Restricted(NoExternalUse.class)
public final class ManagerListeners {
    private ManagerListeners() {}

    private static void loadHistory() {
        Computer.threadPoolForRemoting.execute(ConcurrencyManager.get().history()::load);
    }

    /** Recovers where the plugin was installed into a Jenkins that runs: nothing is loaded there any more. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void installed() {
        if (Jenkins.get().getInitLevel() == InitMilestone.COMPLETED) {
            loadHistory();
            Computer.threadPoolForRemoting.execute(ConcurrencyManager.get().recovery()::run);
        }
    }

    /** A build that has ended, however, has nothing any more. */
    @Extension
    public static final class Builds extends RunListener<Run<?, ?>> {
        @Override
        public void onFinalized(@NonNull Run<?, ?> run) {
            ConcurrencyManager.get().endAll(run);
            String id = run.getExternalizableId();
            Decisions.get().forget(group -> group.scope() == Scope.BUILD && group.isWithin(id));
        }

        @Override
        public void onDeleted(@NonNull Run<?, ?> run) {
            ConcurrencyManager.get().endAll(run);
            Decisions.get().forget(group -> group.isWithin(run.getExternalizableId()));
        }
    }

    /** Jobs and folders that are gone, or elsewhere. */
    @Extension
    public static final class Items extends ItemListener {
        @Override
        public void onLoaded() {
            loadHistory();
            // Pipelines are resumed in the background too, and this waits for them.
            Computer.threadPoolForRemoting.execute(ConcurrencyManager.get().recovery()::runAfterResumption);
        }

        @Override
        public void onBeforeShutdown() {
            ConcurrencyManager manager = ConcurrencyManager.get();
            manager.recovery().goDown();
            manager.sharing().stop();
            manager.driver().recorder().save();
            manager.usedGroups().save();
            manager.refusals().save();
        }

        @Override
        public void onDeleted(@NonNull Item item) {
            ConcurrencyManager manager = ConcurrencyManager.get();
            manager.endAllIn(manager.names().of(item));
            manager.usedGroups().forget(item.getFullName());
            manager.refusals().forget(item.getFullName());
            manager.driver().recorder().forget(item.getFullName());
            Decisions.get().forget(group -> group.isWithin(item.getFullName()));
        }

        @Override
        public void onLocationChanged(@NonNull Item item, @NonNull String from, @NonNull String to) {
            ConcurrencyManager manager = ConcurrencyManager.get();
            new Relocation(manager).follow(item, from);
            manager.usedGroups().relocate(from, to);
            manager.refusals().relocate(from, to);
            manager.driver().recorder().relocate(from, to);
        }
    }

    /** The groups that an administrator declares. */
    @Extension
    public static final class Declarations implements ConcurrencySettings.Listener {
        @Override
        public void onDeclared(@NonNull Map<GroupKey, Policy> policies) {
            ConcurrencyManager.get().settingsChanged();
            ConcurrencyManager.get().sharing().follow();
        }
    }
}
