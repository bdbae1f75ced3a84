package io.jenkins.plugins.concurrency.settings;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import io.jenkins.plugins.concurrency.engine.Scope;

/**
 * What counts of the settings now. Immutable.
 *
 * @param database by which groups are shared with other controllers; null for none
 */
record SettingsInEffect(
        DeclaredGroups declared,
        CapRules caps,
        boolean undeclaredAllowed,
        @CheckForNull SharedDatabase database) {
    static final SettingsInEffect NONE = new SettingsInEffect(DeclaredGroups.NONE, CapRules.NONE, false, null);

    /**
     * @param job its full name
     * @throws InvalidRequestException if the job may not use a group of the controller, or a shared one; the message says why
     */
    void checkUse(GroupKey group, String job) {
        declared.checkUse(group, job);
        if (CapRules.isCap(group)) {
            throw new InvalidRequestException("The group '" + group.name() + "' is the cap of all builds."
                    + " Builds take its slots by themselves. Name another group.");
        }
        if (group.scope() == Scope.SHARED) {
            checkShared(group, job);
        } else if (!undeclaredAllowed && !declared.contains(group)) {
            throw new InvalidRequestException("There is no group '" + group.name() + "' of the whole controller. "
                    + declared.similarTo(group, job)
                    + "An administrator declares such groups in Manage Jenkins » Concurrency.");
        }
    }

    private void checkShared(GroupKey group, String job) {
        if (database == null) {
            throw new InvalidRequestException(
                    "The group '" + group.name() + "' cannot be shared, as this controller has no"
                            + " database to share groups by. An administrator enters one in Manage Jenkins » Concurrency.");
        }
        if (!declared.contains(group)) {
            throw new InvalidRequestException("There is no shared group '" + group.name() + "'. "
                    + declared.similarTo(group, job)
                    + "An administrator declares such groups, with 'shared', in Manage Jenkins » Concurrency of each"
                    + " controller that uses them.");
        }
    }

    /** Whether there can be such a group: one of the controller is declared, or a cap, unless these need not be. */
    boolean mayBe(GroupKey group) {
        return switch (group.scope()) {
            case CONTROLLER -> undeclaredAllowed || declared.contains(group) || CapRules.isCap(group);
            case SHARED -> database != null && declared.contains(group);
            default -> true;
        };
    }
}
