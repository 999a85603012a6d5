package dev.hearth.bench.tiers;

import java.util.List;

/** What people write without any matter: nothing of it is worth a look into the past. */
final class Pleasantries {

    static final List<String> ALL = List.of(
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

    private Pleasantries() {}
}
