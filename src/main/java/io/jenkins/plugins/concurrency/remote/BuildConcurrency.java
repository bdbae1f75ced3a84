package io.jenkins.plugins.concurrency.remote;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Api;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.RequestView;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.manager.Runs;
import io.jenkins.plugins.concurrency.records.BuildWaits;
import java.util.List;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What a build holds, waits for, and has waited for. */
@Restricted(NoExternalUse.class)
@ExportedBean(defaultVisibility = 2)
public final class BuildConcurrency extends InvisibleAction {
    /** Of a build with very many branches, so many are told of. */
    private static final int MOST = 1_000;

    private final Run<?, ?> run;

    BuildConcurrency(Run<?, ?> run) {
        this.run = run;
    }

    @Override
    public String getUrlName() {
        return "concurrency";
    }

    @NonNull
    public Api getApi() {
        return new Api(this);
    }

    /** What it has slots of; also while it waits for more. */
    @Exported(inline = true)
    @NonNull
    public List<ShareBean> getHolding() {
        return shares().filter(share -> share.isRunning() || !share.slots().isEmpty())
                .map(ShareBean::new)
                .toList();
    }

    /** What it waits for. */
    @Exported(inline = true)
    @NonNull
    public List<ShareBean> getWaiting() {
        return shares().filter(BuildConcurrency::waitsHere).map(ShareBean::new).toList();
    }

    private static boolean waitsHere(RequestView share) {
        GroupKey here = share.claim().group();
        return share.waitingIn().filter(here::equals).isPresent();
    }

    private Stream<RequestView> shares() {
        ConcurrencyManager manager = ConcurrencyManager.get();
        return manager.lookups().requestsOf(Runs.owner(run)).stream()
                .limit(MOST)
                .flatMap(request -> manager.lookups().shares(request).stream());
    }

    /** What it has waited for, the oldest first. */
    @Exported(inline = true)
    @NonNull
    public List<PastWaitBean> getWaited() {
        return BuildWaits.of(run).stream().map(PastWaitBean::new).toList();
    }
}
