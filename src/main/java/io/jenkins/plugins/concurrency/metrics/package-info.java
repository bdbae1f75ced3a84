/**
 * What the Metrics plugin is told, where that is installed. Nothing here is loaded where it is not.
 */
package io.jenkins.plugins.concurrency.metrics;
