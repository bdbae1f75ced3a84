package io.jenkins.plugins.concurrency.cluster;

/**
 * The others write entries that this version of the plugin does not know.
 *
 * @since 1.0
 */
public final class OutdatedException extends Exception {
    private static final long serialVersionUID = 1L;

    OutdatedException(int own, Object needed) {
        super("The shared groups need version " + needed + " of their log, and this controller knows version " + own
                + ". Update the plugin.");
    }
}
