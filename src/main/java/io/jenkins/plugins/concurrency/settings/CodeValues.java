package io.jenkins.plugins.concurrency.settings;

import hudson.model.Describable;
import io.jenkins.plugins.casc.Attribute;
import io.jenkins.plugins.casc.model.CNode;
import io.jenkins.plugins.casc.model.Mapping;
import io.jenkins.plugins.casc.model.Scalar;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The values that configuration as code gives the fields of one object. */
final class CodeValues {
    private final String subject;
    private final Mapping given;

    /** @param subject what the object is called when it is wrong */
    CodeValues(String subject, Mapping given) {
        this.subject = subject;
        this.given = given;
    }

    /** @param name the field that tells it from the other elements of its list */
    static CodeValues ofElement(String list, int place, CNode element, String name) {
        if (!(element instanceof Mapping mapping)) {
            throw new IllegalArgumentException(Messages.CodeValues_noFields(list, place, name));
        }
        String called = new CodeValues("", mapping)
                .find(name)
                .map(CodeValues::text)
                .map(text -> "'" + text + "'")
                .orElse(String.valueOf(place));
        return new CodeValues(list + " » " + called, mapping);
    }

    /** The value of a field, whose name may be in upper or lower case. */
    Optional<CNode> find(String field) {
        return given.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(field))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    static Integer number(CNode value) {
        return Integer.valueOf(text(value));
    }

    private static String text(CNode value) {
        return value instanceof Scalar scalar ? scalar.getValue().trim() : "[…]";
    }

    /**
     * @throws IllegalArgumentException if a value is none of its field, or of none; the message says what to do
     */
    void check(Set<? extends Attribute<?, ?>> fields) {
        List<String> names = fields.stream().map(Attribute::getName).sorted().toList();
        for (String field : given.keySet()) {
            if (names.stream().noneMatch(field::equalsIgnoreCase)) {
                throw new IllegalArgumentException(
                        Messages.CodeValues_noField(subject, field, String.join(", ", names)));
            }
        }
        for (Attribute<?, ?> field : fields) {
            find(field.getName()).ifPresent(value -> check(field, value));
        }
    }

    private void check(Attribute<?, ?> field, CNode value) {
        Class<?> type = field.getType();
        if (field.isMultiple()) {
            if (value.getType() != CNode.Type.SEQUENCE) {
                throw bad(field, value, Messages.CodeValues_list());
            }
        } else if (Describable.class.isAssignableFrom(type)) {
            if (value.getType() != CNode.Type.MAPPING) {
                throw bad(field, value, Messages.CodeValues_fields());
            }
        } else if (value.getType() != CNode.Type.SCALAR) {
            throw bad(field, value, Messages.CodeValues_value());
        } else if ((type == int.class || type == Integer.class) && !isNumber(text(value))) {
            throw bad(field, value, Messages.CodeValues_number());
        } else if (type == boolean.class && !List.of("true", "false").contains(text(value))) {
            throw bad(field, value, "true, false");
        } else if (type.isEnum() && !constants(type).contains(text(value))) {
            throw bad(field, value, String.join(", ", constants(type)));
        }
    }

    private static boolean isNumber(String text) {
        try {
            Integer.parseInt(text);
            return true;
        } catch (NumberFormatException x) {
            return false;
        }
    }

    private static List<String> constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants()).map(Object::toString).collect(Collectors.toList());
    }

    private IllegalArgumentException bad(Attribute<?, ?> field, CNode value, String possible) {
        return new IllegalArgumentException(Messages.CodeValues_bad(subject, field.getName(), text(value), possible));
    }
}
