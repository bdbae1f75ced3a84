package io.jenkins.plugins.concurrency.metrics;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.MetricSet;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Policy;
import io.jenkins.plugins.concurrency.manager.ConcurrencyManager;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import jenkins.metrics.api.MetricProvider;
import jenkins.metrics.api.Metrics;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Gives the Metrics plugin what there is to measure. Those of declared groups come and go with the declarations. */
@Extension(optional = true)
@Restricted(NoExternalUse.class)
public final class ConcurrencyMetrics extends MetricProvider {
    private final ManagerMetrics metrics = new ManagerMetrics();
    /** Settings are read before there is anybody to give metrics to. */
    private boolean started;

    @NonNull
    @Override
    public synchronized MetricSet getMetricSet() {
        started = true;
        ConcurrencyManager.get().metering().startWith(metrics);
        declare();
        return metrics::all;
    }

    private synchronized void declare() {
        if (!started) {
            return;
        }
        ConcurrencySettings settings = ConcurrencySettings.get();
        Set<GroupKey> declared = new TreeSet<>(settings.policies().keySet());
        declared.addAll(settings.sharedPolicies().keySet());
        MetricRegistry registry = Metrics.metricRegistry();
        Set<GroupKey> gone = new TreeSet<>(metrics.groups().keySet());
        gone.removeAll(declared);
        gone.forEach(group -> metrics.groups().remove(group).all().keySet().forEach(registry::remove));
        for (GroupKey group : declared) {
            if (!metrics.groups().containsKey(group)) {
                GroupMetrics added = new GroupMetrics(group);
                metrics.groups().put(group, added);
                added.all().forEach((name, metric) -> {
                    // One of a Jenkins that was before this one in the same process.
                    registry.remove(name);
                    registry.register(name, metric);
                });
            }
        }
    }

    /** Follows the settings. */
    @Extension(optional = true)
    public static final class Declarations implements ConcurrencySettings.Listener {
        @Override
        public void onDeclared(@NonNull Map<GroupKey, Policy> policies) {
            Optional.ofNullable(ExtensionList.lookup(MetricProvider.class).get(ConcurrencyMetrics.class))
                    .ifPresent(ConcurrencyMetrics::declare);
        }
    }
}
