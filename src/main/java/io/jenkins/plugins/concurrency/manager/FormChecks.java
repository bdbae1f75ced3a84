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
import java.util.Arrays;
import java.util.function.Consumer;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What the forms of the step and of the property say while somebody fills them in. They know nothing that is secret. */
@Restricted(NoExternalUse.class)
public final class FormChecks {
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
    public static FormValidation variable(
            @NonNull String argument, @CheckForNull String value, @NonNull String example) {
        return sentence(Util.fixEmptyAndTrim(value), given -> RequestParameters.variable(argument, given, example));
    }

    @NonNull
    public static FormValidation slots(@CheckForNull String value, @CheckForNull String limit) {
        FormValidation number = FormValidation.validatePositiveInteger(value);
        boolean above = number.kind == FormValidation.Kind.OK
                && FormValidation.validatePositiveInteger(limit).kind == FormValidation.Kind.OK
                && Integer.parseInt(value.trim()) > Integer.parseInt(limit.trim());
        return above ? FormValidation.error(Messages.FormChecks_moreThanLimit()) : number;
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
        boolean neverWaits =
                Arrays.stream(Behavior.values()).anyMatch(known -> known.name().equals(behavior) && !known.waits());
        return number.kind == FormValidation.Kind.OK && neverWaits
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
