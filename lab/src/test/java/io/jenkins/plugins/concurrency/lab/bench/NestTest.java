package io.jenkins.plugins.concurrency.lab.bench;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

class NestTest {
    @Test
    void aCircleOfAThousandBuildsIsFoundAndALongChainIsNone() {
        Nest nest = new Nest(1_000);
        assertThat("waits", nest.comeAndGo(), is(1));
        assertThat("waits, and ends for the circle", nest.closeTheCircle(), is(2));
    }
}
