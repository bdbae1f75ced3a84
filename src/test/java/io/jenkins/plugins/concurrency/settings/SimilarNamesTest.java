package io.jenkins.plugins.concurrency.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimilarNamesTest {
    private static final String ALL = "production, production-eu, deploy, gpu, smoke-tests, database";

    @ParameterizedTest(name = "{0} may mean {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            prodution     | 'production', 'production-eu'
            PRODUKTION    | 'production', 'production-eu'
            prod          | 'production', 'production-eu'
            depoly        | 'deploy'
            deployment    | 'deploy'
            gpv           | 'gpu'
            smoketest     | 'smoke-tests'
            """)
    void whatIsNearIsOffered(String typed, String offered) {
        assertEquals("Declared ones with a similar name: " + offered + ". ", SimilarNames.hint(typed, names()));
    }

    @ParameterizedTest
    @CsvSource({"kubernetes", "x", "all-of-them"})
    void whatIsFarIsNot(String typed) {
        assertEquals("None that this job may use has a similar name. ", SimilarNames.hint(typed, names()));
    }

    private static List<io.jenkins.plugins.concurrency.engine.GroupKey> names() {
        return Arrays.stream(ALL.split(", ")).map(DeclaredGroup::key).toList();
    }
}
