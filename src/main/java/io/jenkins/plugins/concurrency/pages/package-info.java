/**
 * What people see: the page of a job, what the page of a build and the list of builds tell of groups, and a notice while nothing is granted yet.
 *
 * <p>Rule: a page shows pictures of the manager's state and changes nothing. A build or a job that its viewer may not read is
 * counted, and never named.
 *
 * <p>Threads: those of requests; each page has objects of its own, which live as long as it is rendered.
 *
 * <p>Callers: Jenkins' views. All is restricted, and nothing is on disk.
 */
package io.jenkins.plugins.concurrency.pages;
