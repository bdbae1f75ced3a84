package io.jenkins.plugins.concurrency.lab.simulator;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.JacksonYAMLParseException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A part of a scenario file that knows where it stands, so that what is wrong with it can be said with file and line. */
public final class Node {
    private final Path file;
    private final int line;
    private final String field;
    private final Map<String, Node> fields = new LinkedHashMap<>();
    private final List<Node> items = new ArrayList<>();
    private String text;
    private boolean isList;

    private Node(Path file, int line, String field) {
        this.file = file;
        this.line = line;
        this.field = field;
    }

    public static Node read(Path file) {
        try (JsonParser parser = new YAMLFactory().createParser(Files.readString(file))) {
            if (parser.nextToken() == null) {
                throw new ScenarioException(file + ": the file is empty");
            }
            Node root = read(parser, file, "");
            if (root.isList || root.text != null) {
                throw root.wrong("a scenario consists of fields, such as 'groups' and 'jobs'");
            }
            return root;
        } catch (JacksonYAMLParseException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            String problem = e.getOriginalMessage().lines().findFirst().orElse("not YAML");
            throw new ScenarioException(file + ":" + line + ": " + problem);
        } catch (IOException e) {
            throw new ScenarioException(file + ": " + (Files.exists(file) ? e.getMessage() : "there is no such file"));
        }
    }

    private static Node read(JsonParser parser, Path file, String field) throws IOException {
        Node node = new Node(file, parser.currentTokenLocation().getLineNr(), field);
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                Node child = read(parser, file, field.isEmpty() ? name : field + "." + name);
                if (node.fields.put(name, child) != null) {
                    throw child.wrong("it is there twice");
                }
            }
        } else if (parser.currentToken() == JsonToken.START_ARRAY) {
            node.isList = true;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                node.items.add(read(parser, file, field + "[" + node.items.size() + "]"));
            }
        } else {
            node.text = parser.getText();
        }
        return node;
    }

    public ScenarioException wrong(String what) {
        return new ScenarioException(
                file + ":" + line + ": " + (field.isEmpty() ? "" : "field '" + field + "': ") + what);
    }

    /** The fields by name; each must be one of those given. */
    public Node only(String... known) {
        if (text != null || isList) {
            throw wrong("fields are expected here: " + String.join(", ", known));
        }
        Set<String> names = Set.of(known);
        fields.forEach((name, node) -> {
            if (!names.contains(name)) {
                throw node.wrong("there is no such field; valid ones are "
                        + Arrays.stream(known).sorted().collect(Collectors.joining(", ")));
            }
        });
        return this;
    }

    public Map<String, Node> fields() {
        if (text != null || isList) {
            throw wrong("names, each with fields below it, are expected here");
        }
        return fields;
    }

    public boolean has(String name) {
        return fields.containsKey(name);
    }

    public Optional<Node> get(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    public Node required(String name) {
        return get(name).orElseThrow(() -> wrong("the field '" + name + "' is missing"));
    }

    /** A list, or the one value as a list of one. */
    public List<Node> list() {
        if (isList && items.isEmpty()) {
            throw wrong("the list is empty");
        }
        return isList ? items : List.of(this);
    }

    /** Whether it is a single value. */
    public boolean isValue() {
        return text != null;
    }

    public String text() {
        if (text == null) {
            throw wrong("a single value is expected here");
        }
        return text;
    }

    public int integer(int atLeast) {
        long number;
        try {
            number = Long.parseLong(text());
        } catch (NumberFormatException e) {
            throw wrong("'" + text + "' is not a whole number");
        }
        if (number < atLeast || number > Integer.MAX_VALUE) {
            throw wrong("it is " + number + " and must be at least " + atLeast);
        }
        return (int) number;
    }

    public double positive() {
        try {
            double number = Double.parseDouble(text());
            if (number > 0 && number < Double.POSITIVE_INFINITY) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw wrong("'" + text + "' is not a number above 0");
    }

    public boolean bool() {
        if (!text().equals("true") && !text.equals("false")) {
            throw wrong("'" + text + "' is neither true nor false");
        }
        return Boolean.parseBoolean(text);
    }

    public <E extends Enum<E>> E one(Class<E> of) {
        return Arrays.stream(of.getEnumConstants())
                .filter(constant -> constant.name().equalsIgnoreCase(text()))
                .findFirst()
                .orElseThrow(() -> wrong("'" + text + "' is none of " + Arrays.toString(of.getEnumConstants())));
    }

    /** In milliseconds: {@code 90s}, {@code 1h30m}, or a plain number of seconds. */
    public long duration() {
        String written = text().trim().toUpperCase(java.util.Locale.ROOT);
        try {
            if (written.matches("[0-9.]+")) {
                return Math.round(Double.parseDouble(written) * 1000);
            }
            int days = written.indexOf('D');
            String time = written.substring(days + 1);
            return Duration.parse("P" + written.substring(0, days + 1) + (time.isEmpty() ? "" : "T" + time))
                    .toMillis();
        } catch (java.time.DateTimeException | NumberFormatException e) {
            throw wrong("'" + text + "' is not a duration, such as 90s, 5m or 1h30m");
        }
    }

    /** A file that is named relative to this one. */
    public Path path() {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? Path.of(text()) : folder.resolve(text());
    }
}
