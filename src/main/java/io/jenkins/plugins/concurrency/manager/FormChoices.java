package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.Scope;
import java.util.Arrays;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What the forms of the steps and of the property offer. */
@Restricted(NoExternalUse.class)
public final class FormChoices {
    private FormChoices() {}

    private static ListBoxModel scopes(String usual, List<Scope> offered) {
        ListBoxModel items = new ListBoxModel();
        items.add(usual, "");
        offered.forEach(scope -> items.add(Labels.of(scope), scope.name()));
        return items;
    }

    /** For a block, or a look at a group: all of them. */
    @NonNull
    public static ListBoxModel scopes() {
        return scopes(List.of(Scope.values()));
    }

    /** Where a group need not be named. */
    @NonNull
    public static ListBoxModel scopes(@NonNull List<Scope> offered) {
        return scopes(Messages.FormChoices_folderOrJob(), offered);
    }

    /** Where a group is named in any case. */
    @NonNull
    public static ListBoxModel scopesOfNamed() {
        return scopes(Messages.FormChoices_folder(), List.of(Scope.values()));
    }

    @NonNull
    public static ListBoxModel behaviors() {
        ListBoxModel items = new ListBoxModel();
        Arrays.stream(Behavior.values()).forEach(behavior -> items.add(Labels.of(behavior), behavior.name()));
        return items;
    }
}
