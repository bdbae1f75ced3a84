package org.jenkinsci.plugins.workflow.libs;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Names the libraries of a Jenkinsfile, as in Jenkins. */
@Retention(RetentionPolicy.RUNTIME)
public @interface Library {
    /** The libraries, each with or without a version. */
    String[] value();

    /** Whether a library may be another version in each build. */
    boolean changelog() default true;
}
