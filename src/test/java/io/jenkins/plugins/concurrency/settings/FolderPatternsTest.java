package io.jenkins.plugins.concurrency.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FolderPatternsTest {
    @ParameterizedTest(name = "{0} means a job {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            team-a               | team-a/job          | true
            team-a               | team-a/deep/job     | true
            team-a               | team-ab/job         | false
            team-a               | job                 | false
            team-a               | team-a              | false
            team-*               | team-ab/job         | true
            team-b, team-a       | team-a/job          | true
            products/*/release   | products/x/release/job   | true
            products/*/release   | products/x/job      | false
            **/release           | a/b/release/job     | true
            /team-a/             | team-a/job          | true
            **                   | job                 | true
            **                   | a/b/job             | true
            *                    | job                 | false
            *                    | a/job               | true
            """)
    void aPatternMeansTheFoldersItMatchesAndAllBelow(String patterns, String job, boolean matches) {
        assertEquals(matches, FolderPatterns.of(patterns).matchFolderOf(job));
    }

    @Test
    void aJobIsInEachFolderAroundItTheInnermostFirst() {
        assertEquals(List.of("a/b", "a", ""), FolderPatterns.foldersOf("a/b/job"));
        assertEquals(List.of(""), FolderPatterns.foldersOf("job"));
    }
}
