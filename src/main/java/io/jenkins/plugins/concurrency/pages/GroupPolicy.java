package io.jenkins.plugins.concurrency.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.GroupView;
import io.jenkins.plugins.concurrency.engine.Policy;
import io.jenkins.plugins.concurrency.engine.Scope;
import io.jenkins.plugins.concurrency.settings.CapRules;
import io.jenkins.plugins.concurrency.settings.ConcurrencySettings;
import io.jenkins.plugins.concurrency.settings.Decision;
import io.jenkins.plugins.concurrency.settings.Decisions;
import io.jenkins.plugins.concurrency.settings.DeclaredGroup;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Who says what about a group: its declaration in the settings, what people decided, or else the requests.
 */
@Restricted(NoExternalUse.class)
public final class GroupPolicy {
    private final GroupKey key;
    private final Optional<Policy> declared;
    private final Optional<DeclaredGroup> declaration;
    private final List<Decision> decisions;

    GroupPolicy(GroupKey key, Optional<GroupView> view) {
        this.key = key;
        this.declared = view.flatMap(GroupView::declared);
        this.declaration = ConcurrencySettings.get().getGroups().stream()
                .filter(group -> key.scope() == Scope.SHARED
                        ? ConcurrencySettings.get().mayBe(key)
                        : ConcurrencySettings.get().policies().containsKey(key))
                .filter(group -> group.key().equals(key))
                .findFirst();
        this.decisions = Decisions.get().all().stream()
                .filter(decision -> decision.group().equals(key))
                .toList();
    }

    /** Whose limit it is, where no person decided. */
    @NonNull
    public String getSource() {
        if (CapRules.isCap(key)) {
            return Messages.GroupPolicy_cap();
        }
        return declared.isPresent() ? Messages.GroupPolicy_declared() : Messages.GroupPolicy_adHoc();
    }

    /** The limit that a person gave the group for now; null if none did. */
    @CheckForNull
    public Decision getLimit() {
        return decisions.stream()
                .filter(decision -> !decision.isPause())
                .findFirst()
                .orElse(null);
    }

    /** That a person paused the group; null if none did. */
    @CheckForNull
    public Decision getPause() {
        return decisions.stream().filter(Decision::isPause).findFirst().orElse(null);
    }

    public boolean isDecided() {
        return !decisions.isEmpty();
    }

    /** The limit that counts once a decision is taken back; null if only requests tell. */
    @CheckForNull
    public Integer getDeclaredLimit() {
        return declared.map(Policy::limit).orElse(null);
    }

    /** Who goes first; null where it is the usual order. */
    @CheckForNull
    public String getOrder() {
        return declaration.map(group -> descriptor().label(group.getOrder())).orElse(null);
    }

    /** How many may wait, and what happens to one more; null if any number may. */
    @CheckForNull
    public String getBound() {
        OptionalInt bound = declared.map(Policy::maxQueued).orElse(OptionalInt.empty());
        return declaration.isPresent() && bound.isPresent()
                ? Messages.GroupPolicy_bound(
                        bound.getAsInt(), descriptor().label(declaration.get().getOverflow()))
                : null;
    }

    /** What it is for; null if nobody said. */
    @CheckForNull
    public String getDescription() {
        return declaration.map(DeclaredGroup::getDescription).orElse(null);
    }

    /** The folders whose jobs may use it; null if all may, or it is none of the viewer's business. */
    @CheckForNull
    public String getFolders() {
        return Jenkins.get().hasPermission(Jenkins.MANAGE)
                ? declaration.map(DeclaredGroup::getFolders).orElse(null)
                : null;
    }

    private static DeclaredGroup.DescriptorImpl descriptor() {
        return (DeclaredGroup.DescriptorImpl) Jenkins.get().getDescriptorOrDie(DeclaredGroup.class);
    }

    @Override
    public String toString() {
        return decisions.stream()
                .map(decision -> decision.getId() + decision.getAt() + decision.limit())
                .toList()
                .toString();
    }
}
