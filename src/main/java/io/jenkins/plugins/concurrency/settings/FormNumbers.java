package io.jenkins.plugins.concurrency.settings;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Descriptor.FormException;
import java.util.List;
import java.util.Map;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Finds what is no number in the numbers of a form. Bound to an object, it would become 0, or no bound at all. */
@Restricted(NoExternalUse.class)
public final class FormNumbers {
    /** The names of the fields, and whether it means something that one is left empty. */
    private static final Map<String, Boolean> FIELDS = Map.of(
            "limit",
            false,
            "slots",
            false,
            "priority",
            false,
            "waitTimeout",
            false,
            "maxQueued",
            true,
            "cap",
            true,
            "lostAfter",
            false);

    private FormNumbers() {}

    /**
     * Takes out those that were left empty, so that the usual value counts.
     *
     * @throws FormException if one is no number; the message says what to do
     */
    public static void check(@NonNull JSONObject form) throws FormException {
        for (Object key : List.copyOf(form.keySet())) {
            String field = (String) key;
            Object value = form.get(field);
            if (value instanceof JSONObject inner) {
                check(inner);
            } else if (value instanceof JSONArray list) {
                for (Object element : list) {
                    if (element instanceof JSONObject inner) {
                        check(inner);
                    }
                }
            } else if (FIELDS.containsKey(field) && value instanceof String text) {
                check(form, field, text);
            }
        }
    }

    private static void check(JSONObject form, String field, String text) throws FormException {
        if (text.isBlank()) {
            if (!FIELDS.get(field)) {
                form.remove(field);
            }
            return;
        }
        try {
            long number = Long.parseLong(text.trim());
            if (field.equals("waitTimeout") || (int) number == number) {
                return;
            }
        } catch (NumberFormatException x) {
            // Told below.
        }
        throw new FormException(Messages.FormNumbers_bad(field, text), field);
    }
}
