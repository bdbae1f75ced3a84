package io.jenkins.plugins.concurrency.lab.rehearse.declarative;

/**
 * Where a stage runs.
 *
 * @param label of the executor; empty for any
 * @param none whether it takes none
 */
record Agent(String label, boolean none) {
    static final Agent NONE = new Agent("", true);
    static final Agent ANY = new Agent("", false);

    /** From the lines of {@code agent { … }}. Containers run on an executor of their label, too. */
    static Agent of(Lines lines) {
        for (Lines.Line line : lines.all()) {
            switch (line.name()) {
                case "none" -> {
                    return NONE;
                }
                case "any" -> {
                    return ANY;
                }
                case "label" -> {
                    return new Agent(line.text(), false);
                }
                default -> {
                    Object label = line.arguments().get("label");
                    if (label != null) {
                        return new Agent(label.toString(), false);
                    }
                    if (line.body() != null && line.body().find("label").isPresent()) {
                        return new Agent(line.body().find("label").get().text(), false);
                    }
                }
            }
        }
        return ANY;
    }
}
