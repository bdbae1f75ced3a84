package io.jenkins.plugins.concurrency.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hudson.model.Descriptor.FormException;
import net.sf.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormNumbersTest {
    @ParameterizedTest
    @ValueSource(strings = {"limit", "slots", "priority", "maxQueued", "cap", "waitTimeout"})
    void whatIsNoWholeNumberIsRefusedHoweverDeepItIs(String field) {
        for (String value : new String[] {"many", "1.5", "99999999999999999999", "0x10"}) {
            JSONObject form = JSONObject.fromObject("{groups: [{name: 'a', more: {}}]}");
            form.getJSONArray("groups").getJSONObject(0).getJSONObject("more").put(field, value);
            Exception refused = assertThrows(FormException.class, () -> FormNumbers.check(form));
            assertEquals(
                    "'" + field + "' is '" + value + "'. Give a whole number from -2147483648 to 2147483647.",
                    refused.getMessage());
        }
    }

    @Test
    void whatIsLeftEmptyIsAsUsual() throws FormException {
        JSONObject form =
                JSONObject.fromObject("{limit: '', priority: ' ', maxQueued: '', cap: '', name: '', slots: '3'}");
        FormNumbers.check(form);
        assertEquals(JSONObject.fromObject("{maxQueued: '', cap: '', name: '', slots: '3'}"), form);
    }

    @Test
    void aWaitMayBeLongerThanAnythingElse() throws FormException {
        FormNumbers.check(JSONObject.fromObject("{waitTimeout: '99999999999'}"));
        JSONObject limit = JSONObject.fromObject("{limit: '99999999999'}");
        assertThrows(FormException.class, () -> FormNumbers.check(limit));
    }
}
