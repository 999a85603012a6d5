package dev.hearth.engine.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.engine.relationship.StoredMessage;
import dev.hearth.engine.relationship.StoredMessage.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Only what the cited words bear out is believed. */
class EvidenceTest {

    private static final Evidence EVIDENCE = new Evidence(List.of("Anna Berg", "Aria"));
    private static final List<String> WORDS = List.of(
            "dog", "river", "house", "violin", "sister", "teaches", "garden", "coffee", "walks", "train", "winter",
            "bakes", "bread", "lake");
    private static final List<String> NAMES = List.of("Rex", "Lyon", "Hector", "Oslo", "Maria", "Sony");
    private static final List<String> NUMBERS = List.of("2", "three", "17", "1,200", "twenty", "3.5");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "I have two dogs.|have two dogs|Anna has 2 dogs.|true",
                "I have 2 dogs.|have 2 dogs|Anna has two dogs.|true",
                "I have 2 dogs.|have 2 dogs|Anna has 3 dogs.|false",
                "I paid 1,200 for it.|paid 1,200|The user paid 1200.|true",
                "i live in lyon|live in lyon|Anna Berg lives in Lyon.|true",
                "I live in Lyon.|live in Lyon|Anna lives in Paris.|false",
                "I live in Lyon.|live in Lyon|Paris is where Anna lives.|false",
                "I live in Lyon.|live in Lyon|Lives in Lyon.|true",
                "I live in Lyon.|live in Lyon|Anna told Aria of living in Lyon.|true",
                "I live in Lyon.|live  in\tLyon|Anna lives in Lyon.|true",
                "I live in Lyon.|live in lyon|Anna lives in Lyon.|false",
                "I live in Lyon.|Lyon|Anna lives in Lyon.|false",
                "I live in Lyon.|live in Lyon|Anna likes tea.|false",
                "Anna here, hello.|Anna here|Anna is here.|false",
                "I work at IBM.|work at IBM|Anna works at IBM.|true",
                "I work at ibm.|work at ibm|Anna works at IBM's lab.|true",
                "I work there.|work there|Anna works at IBM.|false",
                "My sister bakes bread.|sister bakes bread|Anna was arrested for beating her sister.|false",
                "the bread was good though|the bread was|Anna is divorced, drinks too much and bakes bread.|false",
                "I live there.|live there|Anna lives in paris.|false",
                "I live by the lake there.|live by the|Anna lives by the lake in paris.|true",
                "I went to the clinic.|to the clinic|Anna was told at the clinic that she has diabetes.|false",
                "My sister bakes bread.|sister bakes bread|Anna's sister bakes bread.|true",
                "My sister bakes bread.|sister bakes bread|Anna has a sister baking bread.|true",
                "My sister bakes bread.|sister bakes bread|Anna has a sister who bakes stolen bread.|true",
                "My sister bakes bread.|sister bakes bread|Anna has a cruel sister who steals bread.|false",
            })
    void cases(String said, String quote, String fact, boolean borne) {
        assertThat(EVIDENCE.bears(new Draft(1, quote, fact), message(Origin.USER_TURN, said)))
                .isEqualTo(borne);
    }

    @ParameterizedTest
    @EnumSource(Origin.class)
    void onlyTheUsersWordsInTurnsBearAnything(Origin origin) {
        Draft draft = new Draft(1, "live in Lyon", "Anna lives in Lyon.");
        assertThat(EVIDENCE.bears(draft, message(origin, "I live in Lyon."))).isEqualTo(origin == Origin.USER_TURN);
    }

    @Test
    void whateverIsBelievedIsBorneOut() {
        int believed = 0;
        for (long seed = 1; seed <= 20_000; seed++) {
            Random random = new Random(seed);
            String text = sentence(random, 3 + random.nextInt(12));
            List<String> words = List.of(text.split(" ", -1));
            int from = random.nextInt(words.size());
            int to = from + 1 + random.nextInt(words.size() - from);
            String quote = random.nextInt(4) == 0
                    ? sentence(random, 2)
                    : String.join(random.nextBoolean() ? " " : " \n ", words.subList(from, to));
            List<String> said = new ArrayList<>(List.of("Anna"));
            for (int i = random.nextInt(5); i >= 0; i--) {
                said.add(random.nextInt(6) == 0 ? any(random) : words.get(random.nextInt(words.size())));
            }
            String fact = String.join(" ", said) + ".";
            boolean bears = EVIDENCE.bears(new Draft(1, quote, fact), message(Origin.USER_TURN, text));
            if (bears) {
                believed++;
                Set<String> telling = new TreeSet<>(said);
                telling.removeIf(word -> !NAMES.contains(word) && !NUMBERS.contains(word));
                assertThat(words).as("seed %d", seed).containsAll(telling);
                assertThat(text).as("seed %d", seed).contains(quote.replaceAll("\\s+", " "));
                assertThat(quote.strip().split("\\s+", -1).length)
                        .as("seed %d", seed)
                        .isGreaterThan(1);
                assertThat(said).as("seed %d", seed).containsAnyElementsOf(List.of(quote.split("\\s+", -1)));
                Set<String> content = new TreeSet<>(said);
                content.removeIf(word -> word.equals("Anna") || NUMBERS.contains(word));
                int all = content.size();
                words.forEach(content::remove);
                assertThat(content.size()).as("seed %d: %s", seed, content).isLessThanOrEqualTo(all > 2 ? 1 : 0);
            }
            String name = "Zork" + (char) ('a' + random.nextInt(26));
            assertThat(EVIDENCE.bears(
                            new Draft(1, quote, fact.replaceFirst(Pattern.quote("."), " " + name + ".")),
                            message(Origin.USER_TURN, text)))
                    .as("seed %d: an invented name", seed)
                    .isFalse();
            assertThat(EVIDENCE.bears(
                            new Draft(1, quote, fact.replaceFirst("^Anna", "Anna " + (9_000 + random.nextInt(999)))),
                            message(Origin.USER_TURN, text)))
                    .as("seed %d: an invented number", seed)
                    .isFalse();
        }
        assertThat(believed).isGreaterThan(2_000);
    }

    private static String sentence(Random random, int length) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            words.add(any(random));
        }
        return String.join(" ", words);
    }

    private static String any(Random random) {
        List<String> of = switch (random.nextInt(6)) {
            case 0 -> NAMES;
            case 1 -> NUMBERS;
            default -> WORDS;
        };
        return of.get(random.nextInt(of.size()));
    }

    private static StoredMessage message(Origin origin, String text) {
        return new StoredMessage(
                1, 0, 0, origin, null, 1, text, Instant.EPOCH, "01jtcq8v0000000000000000cd", null, 0, false);
    }
}
