package io.jenkins.plugins.concurrency.lab.rehearse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long rehearsals take. */
class SpeedTest {
    private static final Duration BOUND = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    @Test
    void aThousandBuildsOfSixParallelBranchesTakeLessThanTenSeconds() {
        StringBuilder branches = new StringBuilder();
        for (int i = 1; i <= 6; i++) {
            branches.append("stage('shard ")
                    .append(i)
                    .append("') {\nsteps {\nconcurrency(group: 'db', limit: 8) {\nsh 'test'\n}\n}\n}\n");
        }
        String pipeline =
                "pipeline {\nagent none\noptions { timeout(time: 9, unit: 'HOURS') }\nenvironment { VERSION = \"1.${BUILD_NUMBER}\" }\n"
                        + "stages {\nstage('build') {\nagent any\nsteps {\nsh 'make'\n}\n}\nstage('test') {\nparallel {\n"
                        + branches + "}\n}\n"
                        + "stage('deploy') {\noptions { concurrency(group: 'deploy', behavior: 'QUEUE_LATEST') }\nsteps {\necho VERSION\nsh 'deploy'\n}\n}\n}\n"
                        + "post { always { echo 'done' } }\n}";
        // What the machine does besides does not count: a rehearsal has one thread.
        long before = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
        Show show = new Show(folder).builds(1000, pipeline, "executors: {any: 20}\n");
        long took = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                        .getProcessCpuTime()
                - before;
        assertEquals(1000, show.journal().builds().size());
        assertTrue(
                show.journal().builds().stream()
                        .noneMatch(build -> build.result().isEmpty()),
                "not all have ended");
        assertTrue(took < BOUND.toNanos(), () -> "it took " + Duration.ofNanos(took));
    }
}
