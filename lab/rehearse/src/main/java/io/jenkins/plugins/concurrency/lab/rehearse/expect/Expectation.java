package io.jenkins.plugins.concurrency.lab.rehearse.expect;

import io.jenkins.plugins.concurrency.lab.rehearse.journal.Journal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One kind of expectation.
 *
 * @param pattern of the sentence
 * @param check says what is wrong; nothing if all is well
 */
record Expectation(Pattern pattern, Check check) {
    /** Looks at what happened. */
    @FunctionalInterface
    interface Check {
        String problem(Matcher sentence, Journal journal);
    }

    static Expectation of(String pattern, Check check) {
        return new Expectation(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), check);
    }
}
