package io.jenkins.plugins.concurrency.remote;

import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import org.kohsuke.stapler.export.DataWriter;
import org.kohsuke.stapler.export.ExportConfig;
import org.kohsuke.stapler.export.Flavor;
import org.kohsuke.stapler.export.Model;
import org.kohsuke.stapler.export.ModelBuilder;
import org.kohsuke.stapler.export.TreePruner.ByDepth;

/** How a command prints what it has found. */
public enum Format {
    /** For people: lines that may change from one version to the next. */
    TEXT,
    /** For programs: the same JSON as REST. */
    JSON;

    private static final ModelBuilder MODELS = new ModelBuilder();

    /** Prints a bean as REST would, with all that is in it. */
    static <T> void json(T bean, Class<T> type, PrintStream out) throws IOException {
        StringWriter text = new StringWriter();
        DataWriter writer = Flavor.JSON.createDataWriter(bean, text, new ExportConfig().withPrettyPrint(true));
        Model<T> model = MODELS.get(type);
        model.writeTo(bean, new ByDepth(-10), writer);
        out.println(text);
    }
}
