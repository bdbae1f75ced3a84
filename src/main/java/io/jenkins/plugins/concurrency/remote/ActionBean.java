package io.jenkins.plugins.concurrency.remote;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.RequestKey;
import io.jenkins.plugins.concurrency.manager.Interventions;
import java.util.List;
import java.util.Map;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What came of an action. */
@Restricted(NoExternalUse.class)
@ExportedBean(defaultVisibility = 2)
public final class ActionBean {
    private final List<Item> results;

    /** Of one on the group as a whole. */
    public ActionBean(@NonNull Interventions.Result result) {
        this.results = List.of(new Item(null, result));
    }

    /** Of one on some of its requests. */
    public ActionBean(@NonNull Map<RequestKey, Interventions.Result> results) {
        this.results = results.entrySet().stream()
                .map(entry -> new Item(entry.getKey().toString(), entry.getValue()))
                .toList();
    }

    /** Whether it came too late for all of them. */
    public boolean isOver() {
        return results.stream().allMatch(item -> item.getResult() == Interventions.Result.OVER);
    }

    @Exported(inline = true)
    @NonNull
    public List<Item> getResults() {
        return results;
    }

    /** What came of it for one. */
    @ExportedBean(defaultVisibility = 9)
    public static final class Item {
        private final String key;
        private final Interventions.Result result;

        Item(String key, Interventions.Result result) {
            this.key = key;
            this.result = result;
        }

        /** The request; null for the group. */
        @Exported
        @CheckForNull
        public String getKey() {
            return key;
        }

        @Exported
        @NonNull
        public Interventions.Result getResult() {
            return result;
        }
    }
}
