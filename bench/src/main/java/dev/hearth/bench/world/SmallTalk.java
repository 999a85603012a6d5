package dev.hearth.bench.world;

import java.util.List;
import java.util.Random;

/** What a user might write, made up by rule: the same number gives the same words. */
public final class SmallTalk {

    private static final List<String> WHO = List.of(
            "my sister",
            "my neighbour",
            "my boss",
            "my cat",
            "grandpa",
            "Mira",
            "Jonas",
            "the landlord",
            "my dentist",
            "an old friend",
            "my running group",
            "the kid next door",
            "my cousin Leila",
            "our choir",
            "Tom from work");
    private static final List<String> DID = List.of(
            "wants to move to",
            "just came back from",
            "keeps talking about",
            "got lost in",
            "baked a cake for",
            "planted tomatoes behind",
            "sold a bicycle to",
            "is saving money for",
            "painted",
            "forgot the keys at",
            "dreams of",
            "is learning to cook for",
            "wrote a song about",
            "won a raffle at",
            "is afraid of");
    private static final List<String> WHAT = List.of(
            "the old harbour",
            "a cabin in Norway",
            "the farmers' market",
            "the blue kitchen",
            "a marathon in spring",
            "the night train to Lisbon",
            "her pottery class",
            "the library on Elm Street",
            "a second-hand piano",
            "the garden fence",
            "the school reunion",
            "a very small boat",
            "the dog shelter",
            "their new flat",
            "the lighthouse",
            "a job in Rotterdam",
            "the chess club",
            "an allotment by the canal");
    private static final List<String> HOW = List.of(
            "and I am not sure what to think.",
            "and it made my whole week.",
            "so I could not sleep last night.",
            "which nobody had expected.",
            "and now everyone laughs about it.",
            "and I promised to help on Saturday.",
            "so we talked about it until midnight.",
            "and honestly I was a bit jealous.",
            "for the third time this year.");

    private SmallTalk() {}

    /** A sentence of some 15 words. */
    public static String statement(long number) {
        Random random = new Random(number * 0x9E3779B97F4A7C15L);
        return "You know, " + pick(WHO, random) + " " + pick(DID, random) + " " + pick(WHAT, random) + " "
                + pick(HOW, random);
    }

    /** A question about something that may have been said. */
    public static String question(long number) {
        Random random = new Random(number * 0x9E3779B97F4A7C15L + 1);
        return "Do you remember what I told you about " + pick(WHO, random) + " and " + pick(WHAT, random) + "?";
    }

    /** Three statements for each question. */
    public static String line(long number) {
        return number % 4 == 3 ? question(number) : statement(number);
    }

    private static String pick(List<String> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
