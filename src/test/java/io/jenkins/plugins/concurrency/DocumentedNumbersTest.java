package io.jenkins.plugins.concurrency;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.jenkins.plugins.concurrency.engine.GroupKey;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A number that stands in the code stands in the documentation as it is. */
class DocumentedNumbersTest {
    @Test
    void theUsersAreToldHowLongANameMayBe() throws Exception {
        assertThat(
                Files.readString(Path.of("docs/user.md")),
                containsString("1 to " + GroupKey.MAX_NAME_LENGTH + " characters"));
    }
}
