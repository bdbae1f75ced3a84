package io.jenkins.plugins.concurrency.engine;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/**
 * What a group's name may be, and when two of them are the same: after canonical composition (NFC) and full case folding, as
 * Unicode has it, whatever the locale. A name that only looks different, or turns text around it, is none.
 */
final class GroupName {
    /** Has no width although it is a letter, a mark or a symbol. */
    private static final Set<Integer> UNSEEN =
            Set.of(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, 0x1D159);

    /** The only letter whose capital is that of another letter, to which it is not equal. */
    private static final int DOTLESS_I = 0x131;

    private GroupName() {}

    /**
     * A name without the blanks around it.
     *
     * @throws InvalidRequestException if it is none
     */
    static String checked(String written) {
        String name = stripped(written);
        if (name.codePoints().allMatch(GroupName::isUnseen)) {
            throw refused("is empty", "Give it a name, such as 'deploy'");
        }
        name.codePoints().forEach(GroupName::check);
        long length =
                Normalizer.normalize(name, Normalizer.Form.NFC).codePoints().count();
        if (length > GroupKey.MAX_NAME_LENGTH) {
            throw refused("has " + length + " characters", "Give it a name of at most " + GroupKey.MAX_NAME_LENGTH);
        }
        return name;
    }

    private static void check(int character) {
        switch (Character.getType(character)) {
            case Character.CONTROL ->
                throw refused(
                        "contains a control character, such as a line break", "Give it a name of visible characters");
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                throw refused("contains a line break (" + code(character) + ")", "Give it a name of one line");
            case Character.SURROGATE ->
                throw refused(
                        "contains half of a character (" + code(character) + "), as of a text that was cut",
                        "Give it a name of whole characters");
            default -> {
                if (isBidirectional(character)) {
                    throw refused(
                            "contains a character that changes the direction of text (" + code(character) + ")",
                            "Take it out");
                }
            }
        }
    }

    private static InvalidRequestException refused(String because, String instead) {
        return new InvalidRequestException("The name of the group " + because + ". " + instead + ".");
    }

    private static String code(int character) {
        return String.format(Locale.ROOT, "U+%04X", character);
    }

    private static boolean isBidirectional(int character) {
        return character == 0x61C
                || character == 0x200E
                || character == 0x200F
                || character >= 0x202A && character <= 0x202E
                || character >= 0x2066 && character <= 0x2069;
    }

    private static boolean isUnseen(int character) {
        return switch (Character.getType(character)) {
            case Character.FORMAT, Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                true;
            default -> Character.isWhitespace(character) || isVariation(character) || UNSEEN.contains(character);
        };
    }

    private static boolean isVariation(int character) {
        return character >= 0x180B && character <= 0x180F
                || character >= 0xFE00 && character <= 0xFE0F
                || character >= 0xE0000 && character <= 0xE0FFF;
    }

    private static String stripped(String written) {
        int from = 0;
        int to = written.length();
        while (from < to && isBlank(written.charAt(from))) {
            from++;
        }
        while (from < to && isBlank(written.charAt(to - 1))) {
            to--;
        }
        return written.substring(from, to);
    }

    private static boolean isBlank(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    /** What is compared instead of the name. */
    static String folded(String name) {
        if (isAscii(name)) {
            return name.toLowerCase(Locale.ROOT);
        }
        StringBuilder folded = new StringBuilder(name.length());
        Normalizer.normalize(name, Normalizer.Form.NFC)
                .codePoints()
                .forEach(character -> folded.append(folded(character)));
        return Normalizer.normalize(folded, Normalizer.Form.NFC);
    }

    /** By way of the capital, as some letters are equal only there; small before that, as a capital may have no capitals. */
    private static String folded(int character) {
        String letter = Character.toString(character);
        return character == DOTLESS_I
                ? letter
                : letter.toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    private static boolean isAscii(String name) {
        return name.chars().allMatch(character -> character < 0x80);
    }
}
