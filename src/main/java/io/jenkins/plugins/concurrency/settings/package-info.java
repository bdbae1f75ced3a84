/**
 * What an administrator says of all groups: the settings, and decisions at run time.
 *
 * <p>Rule: what makes no sense is refused where it is set, as a whole, and nothing has changed then. This package knows the
 * engine's values; who wants to follow it is a listener.
 *
 * <p>Threads: what counts now is one immutable value, read on any thread, without a lock or a disk. Setters are called by one
 * thread at a time, as Jenkins' forms and configuration as code do; decisions by any.
 *
 * <p>Callers: forms, configuration as code, the manager and what is above that. Meant for others are {@link
 * io.jenkins.plugins.concurrency.settings.ConcurrencySettings}, {@link io.jenkins.plugins.concurrency.settings.DeclaredGroup} and
 * {@link io.jenkins.plugins.concurrency.settings.FolderCap} with what configuration as code sets; the rest is restricted.
 *
 * <p>On disk: {@code concurrency-settings.xml} and {@code concurrency-decisions.xml} in Jenkins' home, where the classes have
 * names of their own.
 */
package io.jenkins.plugins.concurrency.settings;
