package dev.hearth.bench.tiers;

import java.util.List;

/** What people write without any matter: nothing of it is worth a look into the past. */
final class Pleasantries {

    /** Those that the words were chosen by that are about nothing. */
    static final List<String> CHOSEN = List.of(
            "ok, thanks",
            "Thanks!",
            "good night",
            "Good morning!",
            "how was your day?",
            "hey",
            "hi there, how are you?",
            "lol",
            "haha that's funny",
            "yes",
            "no, not really",
            "sure, sounds good",
            "I see.",
            "what do you think?",
            "tell me more",
            "really? wow",
            "that's so sweet of you",
            "brb",
            "ok I'm back",
            "see you tomorrow",
            "talk to you later!",
            "have a nice evening",
            "sleep well",
            "I'm bored",
            "what's up?",
            "not much, you?",
            "I'm fine, just a bit tired",
            "you're welcome",
            "no worries",
            "hmm, let me think",
            "I agree with you",
            "that makes sense",
            "cool!",
            "awesome, thank you so much",
            "sorry, I was away for a minute",
            "are you there?",
            "I missed you",
            "that was a long day",
            "nice to talk to you",
            "oh no, that's sad",
            "congratulations!",
            "happy to hear that",
            "why not?",
            "maybe later",
            "I don't know",
            "whatever you like",
            "can you tell me a joke?",
            "guess what",
            "you always know what to say",
            "ok, bye for now");

    /** Written afterwards, and looked at by no choice. */
    static final List<String> UNSEEN = List.of(
            "gotcha",
            "sounds like a plan",
            "take care!",
            "what are you up to?",
            "ugh, Mondays",
            "thank you, that helps a lot",
            "yay!",
            "good luck!",
            "never mind",
            "one sec",
            "that's a good point",
            "how are you feeling today?",
            "I have to go now",
            "nice one",
            "did you sleep well?",
            "oops, typo",
            "well, that's life",
            "fair enough",
            "it's raining here",
            "you made me smile");

    private Pleasantries() {}
}
