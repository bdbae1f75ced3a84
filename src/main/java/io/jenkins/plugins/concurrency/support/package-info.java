/**
 * What is put into a support bundle, where the Support Core plugin is installed. Nothing here is loaded where it is not.
 */
package io.jenkins.plugins.concurrency.support;
