package io.jenkins.plugins.concurrency.lab.rehearse.journal;

/**
 * Something that people should look at.
 *
 * @param about what it is of, such as {@code executor held}
 */
public record Warning(String about, String text) {}
