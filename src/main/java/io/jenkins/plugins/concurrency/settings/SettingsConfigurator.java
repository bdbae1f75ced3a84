package io.jenkins.plugins.concurrency.settings;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.casc.BaseConfigurator;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.Configurator;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.model.CNode;
import io.jenkins.plugins.casc.model.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Checks all that configuration as code says of the settings before any of it counts. Without this, a check would not find
 * what makes no sense together, 0 would count where a number is none, and the reason would stand in the log alone.
 */
@Extension(optional = true)
@Restricted(NoExternalUse.class)
public final class SettingsConfigurator extends BaseConfigurator<ConcurrencySettings> {
    @Override
    public Class<ConcurrencySettings> getTarget() {
        return ConcurrencySettings.class;
    }

    @NonNull
    @Override
    public String getName() {
        return "concurrency";
    }

    @Override
    protected ConcurrencySettings instance(Mapping mapping, ConfigurationContext context) {
        return ConcurrencySettings.get();
    }

    @Override
    protected void configure(
            Mapping config, ConcurrencySettings instance, boolean dryrun, ConfigurationContext context) {
        try {
            check(config, context);
        } catch (IllegalArgumentException x) {
            throw new ConfiguratorException(this, x.getMessage(), x);
        }
        super.configure(config, instance, dryrun, context);
    }

    private void check(Mapping config, ConfigurationContext context) {
        CodeValues own = new CodeValues(Messages.SettingsConfigurator_settings(), config);
        own.check(describe());
        DeclaredGroups.of(values(own, "groups", DeclaredGroup.class, "name", context));
        Integer cap = own.find("cap").map(CodeValues::number).orElse(null);
        new CapRules(cap, null, values(own, "folderCaps", FolderCap.class, "folders", context));
        own.find("database").ifPresent(database -> checkDatabase(database, context));
    }

    private static void checkDatabase(CNode database, ConfigurationContext context) {
        Configurator<SharedDatabase> configurator = context.lookupOrFail(SharedDatabase.class);
        new CodeValues("database", database.asMapping()).check(configurator.describe());
        configurator.check(database.clone(), context).check();
    }

    private static <T> List<T> values(
            CodeValues own, String list, Class<T> type, String name, ConfigurationContext context) {
        Configurator<T> configurator = context.lookupOrFail(type);
        List<T> values = new ArrayList<>();
        Optional<CNode> given = own.find(list);
        if (given.isPresent()) {
            int place = 0;
            for (CNode element : given.get().asSequence()) {
                place++;
                CodeValues value = CodeValues.ofElement(list, place, element, name);
                value.check(configurator.describe());
                values.add(configurator.check(element.clone(), context));
            }
        }
        return values;
    }
}
