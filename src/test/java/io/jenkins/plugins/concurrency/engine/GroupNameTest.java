package io.jenkins.plugins.concurrency.engine;

import static io.jenkins.plugins.concurrency.engine.Story.group;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupNameTest {
    private static void refused(String because, String name) {
        InvalidRequestException refusal = assertThrows(InvalidRequestException.class, () -> group(name));
        assertThat(refusal.getMessage(), containsString(because));
    }

    @ParameterizedTest
    @CsvSource({
        "straße,STRASSE",
        "straße,straẞe",
        "STRASSE,STRAẞE",
        "ΟΔΟΣ,οδος",
        "οδος,οδοσ",
        "Ångström,A\u030angstro\u0308m",
        "ÉTÉ,e\u0301te\u0301",
        "ﬁx,FIX",
        "ᾼ,α\u0345",
        "K,\u212a",
        "ǆ,ǅ",
        "Ꭰ,ꭰ",
        "İ,i\u0307"
    })
    void namesThatDifferInCaseOrCompositionAreTheSame(String one, String other) {
        assertThat(group(one), is(group(other)));
        assertThat(group(one).hashCode(), is(group(other).hashCode()));
        assertThat(group(one).compareTo(group(other)), is(0));
    }

    @ParameterizedTest
    @CsvSource({"ı,i", "ı,I", "é,e", "ﬁ,ﬂ", "а,a", "１,1", "ss,s"})
    void namesThatDifferOtherwiseAreNot(String one, String other) {
        assertThat(group(one), not(group(other)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr", "az", "lt", "de"})
    void namesAreComparedAlikeInEveryLocale(String language) {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(language));
        try {
            assertThat(group("LIMIT"), is(group("limit")));
            assertThat(group("DÉPLOI"), is(group("déploi")));
            assertThat(group("DÉPLOI"), not(group("déploı")));
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "  ", "\u00a0", "\u3000", "\u200b", "\u200d\ufeff", "\u2060 \u2063", "\u3164", "\u115f\u1160",
                "\uffa0", "\u2800", "\u034f", "\ufe0f", "\u00ad", "\u180e", "\udb40\udc41", "\u2028", "\u202e"
            })
    void aNameThatIsBlankToTheEyeIsRefused(String name) {
        refused("is empty", name);
    }

    @Test
    void whatIsNotSeenBesideWhatIsSeenIsPartOfTheName() {
        // A family of three is one sign, of five characters that two invisible ones join.
        String family = "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc66";
        assertThat(group(family).name(), is(family));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u061c", "\u200e", "\u200f", "\u202a", "\u202e", "\u2066", "\u2069"})
    void aNameThatTurnsTheDirectionOfTextIsRefused(String mark) {
        refused("direction of text", "de" + mark + "ploy");
        refused("direction of text", "deploy" + mark);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u2028", "\u2029"})
    void aNameOfSeveralLinesIsRefused(String separator) {
        refused("line break", "de" + separator + "ploy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\t", "\r", "\u001b", "\u007f", "\u0085", "\u009f"})
    void aNameWithAControlCharacterIsRefused(String control) {
        refused("control character", "de" + control + "ploy");
    }

    @Test
    void halfACharacterIsRefused() {
        refused("half of a character (U+D83D)", "deploy\ud83d");
        refused("half of a character (U+DC68)", "\udc68deploy");
        refused("half of a character", "de\udc68\ud83dploy");
    }

    @Test
    void charactersAreCountedAsPeopleCountThem() {
        String rocket = "\ud83d\ude80";
        assertThat(group(rocket.repeat(200)).name().length(), is(400));
        refused("201 characters", rocket.repeat(201));
        group("e\u0301".repeat(200));
        refused("201 characters", "e\u0301".repeat(201));
    }

    @Test
    void theNameIsShownAsItWasWritten() {
        assertThat(group("\u00a0Straße ").name(), is("Straße"));
        assertThat(group("e\u0301te\u0301").name(), is("e\u0301te\u0301"));
    }
}
