package io.jenkins.plugins.concurrency.queue;

import io.jenkins.plugins.concurrency.arguments.Arguments;
import io.jenkins.plugins.concurrency.arguments.EndResult;
import io.jenkins.plugins.concurrency.engine.Behavior;
import io.jenkins.plugins.concurrency.engine.InvalidRequestException;
import io.jenkins.plugins.concurrency.engine.Scope;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What a Jenkinsfile gives the property, before it is bound to that. */
final class LimitArguments {
    private LimitArguments() {}

    /**
     * @throws InvalidRequestException if a value cannot be that of its parameter; the message says what to do
     */
    static void check(Map<String, Object> given) {
        Arguments.check(given);
        Arguments.checkChoice(given, "behavior", Behavior.class);
        Arguments.checkChoice(given, "unit", TimeUnit.class);
        Arguments.checkChoice(given, "result", EndResult.class);
        if (given.get("scope") != null) {
            Arguments.checkChoice("scope", given.get("scope"), Scope.class);
        }
        for (Object cause : Arguments.list(given, "causes", "causes: ['TIMER']")) {
            Arguments.checkChoice("causes", cause, CauseKind.class);
        }
    }
}
