package io.jenkins.plugins.concurrency.manager;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.concurrency.arguments.RequestParameters;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.GroupKey;
import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import io.jenkins.plugins.concurrency.engine.Scope;
import java.util.Set;
import java.util.function.Consumer;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What the forms of the step and of the property say while somebody fills them in. They know nothing that is secret. */
@Restricted(NoExternalUse.class)
public final class FormChecks {
    private static final Set<String> NEVER_WAIT =
            Set.of(Behavior.CANCEL.name(), Behavior.FAIL.name(), Behavior.SKIP.name());

    private FormChecks() {}

    /** What a name says that has no parameters in it, which are known only when a build asks. */
    @NonNull
    public static FormValidation group(@CheckForNull String value) {
        String name = Util.fixEmptyAndTrim(value);
        return name == null || name.contains("$")
                ? FormValidation.ok()
                : sentence(name, given -> new GroupKey(Scope.FOLDER, "", given));
    }

    @NonNull
    public static FormValidation variable(@CheckForNull String value) {
        return sentence(Util.fixEmptyAndTrim(value), RequestParameters::variable);
    }

    @NonNull
    public static FormValidation maxQueued(@CheckForNull String value, @CheckForNull String behavior) {
        String bound = Util.fixEmptyAndTrim(value);
        return bound == null
                ? FormValidation.ok()
                : ifItCounts(FormValidation.validateNonNegativeInteger(bound), behavior);
    }

    @NonNull
    public static FormValidation waitTimeout(@CheckForNull String value, @CheckForNull String behavior) {
        String timeout = Util.fixEmptyAndTrim(value);
        return timeout == null || timeout.equals("0")
                ? FormValidation.ok()
                : ifItCounts(FormValidation.validateNonNegativeInteger(timeout), behavior);
    }

    private static FormValidation ifItCounts(FormValidation number, String behavior) {
        return number.kind == FormValidation.Kind.OK && behavior != null && NEVER_WAIT.contains(behavior)
                ? FormValidation.warning(Messages.FormChecks_nobodyWaits(behavior))
                : number;
    }

    private static FormValidation sentence(String value, Consumer<String> check) {
        try {
            check.accept(value);
            return FormValidation.ok();
        } catch (InvalidRequestException x) {
            return FormValidation.error(x.getMessage());
        }
    }
}
