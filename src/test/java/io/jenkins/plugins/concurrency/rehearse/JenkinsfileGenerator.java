package io.jenkins.plugins.concurrency.rehearse;

import java.util.Random;

/** Writes Jenkinsfiles at random: the same seed, the same file. What they do instead of work is a semaphore of its own name. */
final class JenkinsfileGenerator {
    private static final String[] BEHAVIORS = {
        "QUEUE", "QUEUE", "QUEUE", "QUEUE_LATEST", "CANCEL_RUNNING", "CANCEL", "FAIL", "SKIP"
    };
    private static final String[] SCOPES = {"BUILD", "JOB", "FOLDER"};
    private static final String[] GROUPS = {"alpha", "beta", "gamma"};
    private static final int DEEPEST = 4;

    private final Random random;
    private final StringBuilder text = new StringBuilder();
    private int sites;

    private JenkinsfileGenerator(long seed) {
        random = new Random(seed);
    }

    static String scripted(long seed) {
        JenkinsfileGenerator generator = new JenkinsfileGenerator(seed);
        if (generator.one(6)) {
            generator.line(0, "properties([concurrencyLimit(limit: " + generator.limit() + ")])");
        }
        generator.block(0);
        generator.block(0);
        return generator.text.toString();
    }

    static String declarative(long seed) {
        JenkinsfileGenerator generator = new JenkinsfileGenerator(seed);
        generator.pipeline();
        return generator.text.toString();
    }

    private boolean one(int in) {
        return random.nextInt(in) == 0;
    }

    private String any(String... of) {
        return of[random.nextInt(of.length)];
    }

    private int limit() {
        return 1 + random.nextInt(2);
    }

    private void line(int depth, String line) {
        text.append("    ".repeat(depth)).append(line).append('\n');
    }

    private void work(int depth) {
        line(depth, "semaphore \"${env.JOB_BASE_NAME}-${env.BUILD_NUMBER}-" + ++sites + "\"");
    }

    private String arguments() {
        String behavior = any(BEHAVIORS);
        String limit = one(5) ? "(env.BUILD_NUMBER as int) % 2 + 1" : String.valueOf(limit());
        StringBuilder arguments = new StringBuilder(
                "group: '" + any(GROUPS) + "', scope: '" + any(SCOPES) + "', behavior: '" + behavior + "'");
        if (one(6)) {
            arguments.append(", limit: 3, exclusive: true");
        } else if (one(6)) {
            arguments.append(", limit: 3, slots: 2");
        } else {
            arguments.append(", limit: ").append(limit);
        }
        if (one(5)) {
            arguments.append(", priority: env.BUILD_NUMBER as int");
        }
        if (one(6)) {
            arguments.append(", result: 'NOT_BUILT'");
        }
        if (one(8)) {
            arguments.append(", extra: [[group: 'delta', limit: 1]]");
        }
        return arguments.toString();
    }

    private void block(int depth) {
        switch (depth >= DEEPEST ? 0 : random.nextInt(9)) {
            case 1, 2, 3, 4 -> held(depth);
            case 5 -> parallel(depth);
            case 6 -> caught(depth);
            case 7 -> failing(depth);
            default -> work(depth);
        }
    }

    private void held(int depth) {
        line(depth, "concurrency(" + arguments() + ") {");
        work(depth + 1);
        if (one(2)) {
            block(depth + 1);
        }
        line(depth, "}");
    }

    private void parallel(int depth) {
        line(depth, "parallel(");
        int branches = 2 + random.nextInt(2);
        for (int i = 1; i <= branches; i++) {
            line(depth + 1, "b" + i + ": {");
            block(depth + 2);
            line(depth + 1, "},");
        }
        line(depth + 1, "failFast: " + one(2));
        line(depth, ")");
    }

    private void caught(int depth) {
        if (one(2)) {
            line(
                    depth,
                    "catchError(buildResult: '" + any("UNSTABLE", "FAILURE", "SUCCESS") + "', catchInterruptions: "
                            + one(2) + ") {");
            block(depth + 1);
            line(depth, "}");
        } else {
            line(depth, "try {");
            block(depth + 1);
            line(depth, "} finally {");
            work(depth + 1);
            line(depth, "}");
        }
    }

    /** Every other build. */
    private void failing(int depth) {
        work(depth);
        line(depth, "if ((env.BUILD_NUMBER as int) % 2 == 0) {");
        line(depth + 1, "error 'as it should'");
        line(depth, "}");
    }

    private void pipeline() {
        line(0, "pipeline {");
        line(1, "agent none");
        line(1, "options {");
        if (one(2)) {
            line(2, "concurrency(" + arguments() + ")");
        }
        line(2, "retry(1)");
        line(1, "}");
        line(1, "stages {");
        stage(2, "first");
        line(2, "stage('both') {");
        line(3, "parallel {");
        stage(4, "left");
        stage(4, "right");
        line(3, "}");
        line(2, "}");
        stage(2, "last");
        line(1, "}");
        post(1);
        line(0, "}");
    }

    private void stage(int depth, String name) {
        line(depth, "stage('" + name + "') {");
        if (one(2)) {
            line(depth + 1, "options {");
            line(depth + 2, "concurrency(" + arguments() + ")");
            line(depth + 1, "}");
        }
        if (one(4)) {
            line(depth + 1, "when {");
            line(depth + 2, "expression { (env.BUILD_NUMBER as int) % 2 == 0 }");
            line(depth + 1, "}");
        }
        line(depth + 1, "steps {");
        work(depth + 2);
        if (one(5)) {
            line(depth + 2, "script {");
            failing(depth + 3);
            line(depth + 2, "}");
        }
        line(depth + 1, "}");
        if (one(3)) {
            post(depth + 1);
        }
        line(depth, "}");
    }

    private void post(int depth) {
        line(depth, "post {");
        line(depth + 1, any("always", "failure", "aborted", "success") + " {");
        work(depth + 2);
        line(depth + 1, "}");
        line(depth, "}");
    }
}
