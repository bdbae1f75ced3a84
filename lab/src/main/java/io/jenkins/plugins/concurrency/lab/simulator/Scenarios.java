package io.jenkins.plugins.concurrency.lab.simulator;

import java.util.List;
import java.util.OptionalLong;

/** What is to be simulated, in one or several variants with the very same builds. */
interface Scenarios {
    String title();

    String about();

    /** @param seed instead of their own */
    List<Scenario> variants(OptionalLong seed);
}
