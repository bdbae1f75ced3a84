package io.jenkins.plugins.concurrency.settings;

import com.thoughtworks.xstream.XStream;
import hudson.XmlFile;
import hudson.util.XStream2;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** Where decisions are kept over restarts. */
final class DecisionFile {
    private static final Logger LOGGER = Logger.getLogger(DecisionFile.class.getName());
    private static final XStream XSTREAM = new XStream2();

    static {
        XSTREAM.alias("decision", Decision.class);
    }

    private DecisionFile() {}

    static List<Decision> read() {
        XmlFile file = file();
        try {
            return file.exists() ? whole((List<?>) file.read()) : List.of();
        } catch (IOException | RuntimeException x) {
            LOGGER.log(Level.WARNING, x, () -> "Cannot read " + file + "; limits and pauses that users set are lost");
            return List.of();
        }
    }

    private static List<Decision> whole(List<?> read) {
        List<Decision> decisions = read.stream()
                .filter(Decision.class::isInstance)
                .map(Decision.class::cast)
                .filter(Decision::isWhole)
                .toList();
        if (decisions.size() < read.size()) {
            LOGGER.warning(() -> (read.size() - decisions.size()) + " of the decisions in " + file()
                    + " are invalid and are ignored. Set them again in Manage Jenkins » Concurrency.");
        }
        return decisions;
    }

    static void write(List<Decision> decisions) {
        try {
            file().write(new ArrayList<>(decisions));
        } catch (IOException x) {
            LOGGER.log(Level.WARNING, "Cannot save the limits and pauses that users set", x);
        }
    }

    private static XmlFile file() {
        return new XmlFile(XSTREAM, new File(Jenkins.get().getRootDir(), "concurrency-decisions.xml"));
    }
}
