package io.jenkins.plugins.concurrency.manager;

import hudson.ExtensionList;
import hudson.model.Item;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.Owner;
import io.jenkins.plugins.concurrency.settings.Decision;
import io.jenkins.plugins.concurrency.settings.Decisions;
import java.util.Set;

/** Has all that goes by the full name of a job or a folder follow that to its new one. It costs what moves. */
final class Relocation {
    private final ConcurrencyManager manager;
    private boolean decisionsMoved;

    Relocation(ConcurrencyManager manager) {
        this.manager = manager;
    }

    /** @param from the name that the item had */
    void follow(Item item, String from) {
        manager.names().move(item, from, this::rename);
        if (decisionsMoved) {
            // Not before: whoever asks for something waits for what comes before, and is not to wait for a disk.
            Decisions.get().save();
        }
        Set<Owner> owners =
                Set.copyOf(manager.lookups().ownersOf(manager.names().of(item)));
        manager.recovery().movedBuilds().add(owners);
        Resumption.ensure(owners);
    }

    private void rename(String from, String to) {
        manager.sharing().ifAny(requests -> requests.relocate(from, to));
        decisionsMoved =
                Decisions.get().relocate(from, to, () -> manager.driver().relocate(from, to));
        Decisions.get().all().stream()
                .map(Decision::group)
                .filter(group -> group.isWithin(to))
                .forEach(group -> carryOut(group, group.relocated(to, from)));
        manager.declaredPolicies().relocate(from, to);
        ExtensionList.lookup(RelocationListener.class).forEach(listener -> listener.relocated(from, to));
    }

    /** Where somebody asked by the new name for what nobody had asked for before, the engine had that name already. */
    private static void carryOut(GroupKey now, GroupKey before) {
        DecisionFollower.get().carryOut(before);
        DecisionFollower.get().carryOut(now);
    }
}
