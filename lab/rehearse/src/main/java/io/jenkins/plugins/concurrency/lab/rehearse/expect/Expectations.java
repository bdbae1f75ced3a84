package io.jenkins.plugins.concurrency.lab.rehearse.expect;

import io.jenkins.plugins.concurrency.lab.rehearse.RehearsalException;
import io.jenkins.plugins.concurrency.lab.rehearse.journal.Journal;
import java.util.List;
import java.util.regex.Matcher;

/** Sentences about what is to be true at the end. */
public final class Expectations {
    private static final String DURATION = "(\\S+)";

    private static final List<Expectation> KINDS = List.of(
            Expectation.of("never more than (\\d+) in (.+)", Holds::neverMoreThan),
            Expectation.of("build (\\d+) of (.+) ends (\\w+)", Holds::buildEnds),
            Expectation.of("(?:every|each) build of (.+) ends (\\w+)", Holds::everyBuildEnds),
            Expectation.of("(p\\d{1,2}|median|longest) wait of (.+?) ?(<|<=) ?" + DURATION, Holds::wait),
            Expectation.of("the newest build of each branch finishes", Holds::newestFinishes),
            Expectation.of("every build finishes", Holds::everyBuildFinishes),
            Expectation.of("no executor is held while waiting", Holds::noExecutorHeld));

    private Expectations() {}

    /**
     * @throws RehearsalException if there is no such expectation
     */
    public static List<Verdict> judge(List<String> sentences, Journal journal) {
        return sentences.stream()
                .map(sentence -> judge(sentence.trim(), journal))
                .toList();
    }

    private static Verdict judge(String sentence, Journal journal) {
        for (Expectation kind : KINDS) {
            Matcher matcher = kind.pattern().matcher(sentence);
            if (matcher.matches()) {
                return new Verdict(sentence, kind.check().problem(matcher, journal));
            }
        }
        throw new RehearsalException(
                "'" + sentence + "' is no expectation. Write one such as 'never more than 1 in deploy',"
                        + " 'build 3 of pr-7 ends ABORTED', 'every build of main ends SUCCESS', 'p95 wait of main < 10m',"
                        + " 'the newest build of each branch finishes', 'every build finishes' or 'no executor is held while waiting'.");
    }
}
