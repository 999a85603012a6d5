package dev.hearth.bench.embed;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Two hundred messages of 5 to about 60 words, written for Hearth and put together in a fixed way. */
final class SampleSentences {

    private static final int COUNT = 200;

    private static final List<String> OPENINGS = List.of(
            "You will not believe this.",
            "Good morning!",
            "I had the strangest dream last night.",
            "Sorry I went quiet yesterday.",
            "Can I tell you something?",
            "Guess who finally called.",
            "It rained all day here.",
            "I am so tired, honestly.");

    private static final List<String> HAPPENINGS = List.of(
            "My sister Nora is moving to Lisbon in the spring.",
            "The interview at the bakery went better than I feared.",
            "I burned the lentils again and ate toast instead.",
            "Our old dog slept on my feet the whole evening.",
            "Grandfather told the story of the frozen harbour, and this time he remembered the name of the boat.",
            "They cancelled my train, so I walked home along the canal and counted herons.",
            "I started the pottery class on Tuesday and my first bowl looks like a surprised hat.",
            "The doctor says the knee is healing and that I may run again in March if I am patient.",
            "My manager moved the deadline forward by a week without asking anybody on the team.",
            "I found the letters my mother wrote when she was as old as I am now.",
            "We planted tomatoes, basil and far too many beans on the balcony.",
            "The choir asked me to sing the solo in the winter concert, and I said yes before I could think.");

    private static final List<String> FEELINGS = List.of(
            "I keep smiling about it.",
            "It made me a little sad, to be honest.",
            "I do not know whether I should be angry or relieved.",
            "What would you have done?",
            "Please remind me to write to her on Sunday.",
            "I was nervous, but less than last year, which must count for something.",
            "You said once that small steps are still steps, and I thought of that.",
            "Tell me something cheerful?");

    private SampleSentences() {}

    static List<String> all() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        List<String> texts = new ArrayList<>(COUNT);
        for (int index = 0; index < COUNT; index++) {
            texts.add(
                    switch (index % 5) {
                        case 0 -> one(HAPPENINGS, random);
                        case 1 -> one(OPENINGS, random) + " " + one(HAPPENINGS, random);
                        case 2 -> one(HAPPENINGS, random) + " " + one(FEELINGS, random);
                        case 3 -> one(FEELINGS, random);
                        default ->
                            one(OPENINGS, random) + " " + one(HAPPENINGS, random) + " " + one(HAPPENINGS, random) + " "
                                    + one(FEELINGS, random);
                    });
        }
        return List.copyOf(texts);
    }

    private static String one(List<String> choices, RandomGenerator random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
