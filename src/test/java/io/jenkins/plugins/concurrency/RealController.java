package io.jenkins.plugins.concurrency;

import java.util.stream.Stream;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** Controllers in processes of their own. */
public final class RealController {
    private RealController() {}

    /** One that starts as fast as it can, as most of them live for seconds; without what is optional. */
    public static RealJenkinsExtension create(String... options) {
        String[] fast = {"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"};
        return new RealJenkinsExtension()
                .omitPlugins("job-dsl", "metrics", "prometheus", "support-core")
                .javaOptions(Stream.of(fast, options).flatMap(Stream::of).toArray(String[]::new));
    }
}
