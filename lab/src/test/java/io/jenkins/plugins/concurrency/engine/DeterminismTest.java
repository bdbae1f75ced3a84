package io.jenkins.plugins.concurrency.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Two engines that get the same calls do the same, in whichever JVM: neither its locale, its time zone, nor how it numbers
 * and hashes objects has a part in it.
 */
class DeterminismTest {
    private static final int HISTORIES = 60;
    private static final int CALLS_EACH = 120;

    @Test
    void theSameCallsCauseTheSameInEveryJvm() throws Exception {
        String turkish = digestIn("-Duser.language=tr", "-Duser.country=TR", "-Duser.timezone=Asia/Kathmandu");
        String other = digestIn(
                "-XX:+UnlockExperimentalVMOptions",
                "-XX:hashCode=3",
                "-Duser.language=ar",
                "-Duser.timezone=America/St_Johns",
                "-Dfile.encoding=ISO-8859-1");
        assertThat(turkish, matchesPattern("[0-9a-f]{64}"));
        assertThat(other, is(turkish));
    }

    private static String digestIn(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), DeterminismTest.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return told.strip();
    }

    /** Prints what all calls of some histories caused, in short. */
    public static void main(String[] args) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (int seed = 0; seed < HISTORIES; seed++) {
            RandomHistory history = new RandomHistory(seed);
            history.listen(told -> digest.update(told.toString().getBytes(StandardCharsets.UTF_8)));
            history.run(CALLS_EACH);
        }
        System.out.println(HexFormat.of().formatHex(digest.digest()));
    }
}
