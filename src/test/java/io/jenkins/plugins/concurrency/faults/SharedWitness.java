package io.jenkins.plugins.concurrency.faults;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Judges what bodies of one group have noted, on whichever controller: {@code enter} and {@code leave}, with the build, which
 * is called {@code controller-number}.
 *
 * @param limit of the group
 * @param asked the builds, as they asked
 * @param lines as they were written
 */
record SharedWitness(int limit, List<String> asked, List<String> lines) {
    private static String who(String line) {
        return line.substring(line.indexOf(' ') + 1);
    }

    private static boolean isOf(String build, List<String> controllers) {
        return controllers.contains(build.substring(0, build.indexOf('-')));
    }

    /** What concerns these controllers alone. */
    SharedWitness of(String... controllers) {
        List<String> some = List.of(controllers);
        return new SharedWitness(
                limit,
                asked.stream().filter(build -> isOf(build, some)).toList(),
                lines.stream().filter(line -> isOf(who(line), some)).toList());
    }

    boolean says(String line) {
        return lines.contains(line);
    }

    /**
     * Never were more inside than the limit. Who was killed inside holds its slot until it has left, and may say twice that it
     * is there: its program goes on from where it was last saved.
     *
     * @return how many bodies there were
     */
    int judge() {
        Set<String> inside = new LinkedHashSet<>();
        Set<String> entered = new HashSet<>();
        for (String line : lines) {
            if (line.startsWith("enter")) {
                inside.add(who(line));
                entered.add(who(line));
                assertThat(line + " in " + inside, inside.size(), lessThanOrEqualTo(limit));
            } else {
                inside.remove(who(line));
            }
        }
        return entered.size();
    }

    /** Builds get in as they asked, on whichever controller; of two that have their slots at once, either may be there first. */
    void judgeOrder() {
        List<String> entered = lines.stream()
                .filter(line -> line.startsWith("enter"))
                .map(SharedWitness::who)
                .toList();
        assertEquals(asked.size(), entered.size());
        for (int i = 0; i < asked.size(); i++) {
            assertThat(
                    asked + " got in as " + entered,
                    Math.abs(i - entered.indexOf(asked.get(i))),
                    lessThanOrEqualTo(limit - 1));
        }
    }
}
