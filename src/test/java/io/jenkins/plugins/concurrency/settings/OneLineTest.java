package io.jenkins.plugins.concurrency.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class OneLineTest {
    @Test
    void whatBreaksALineOrTurnsItIsLeftOut() {
        assertEquals("the disk is full", OneLine.of("  the disk\r\nis\u2028\u202Efull\u0000"));
        assertEquals("Straße 😀", OneLine.of("Straße 😀"));
        assertNull(OneLine.of("\n\t "));
        assertNull(OneLine.of(null));
    }

    @Test
    void aLongTextIsCutBetweenCharacters() {
        String cut = OneLine.of("x".repeat(OneLine.LONGEST - 1) + "😀 and more");
        assertEquals("x".repeat(OneLine.LONGEST - 1) + "…", cut);
    }
}
