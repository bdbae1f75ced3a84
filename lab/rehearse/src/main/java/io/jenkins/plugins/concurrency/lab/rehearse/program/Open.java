package io.jenkins.plugins.concurrency.lab.rehearse.program;

/** What a Jenkinsfile may use in any way: each class that has this does nothing but rehearse. */
public interface Open {}
