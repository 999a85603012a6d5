package dev.hearth.engine.statement;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is worth being a memory: everything that has a word of its own. Only what is made of nothing but greetings,
 * thanks, laughter, assent and the like is not; history keeps it. A name, a number, a negated verb or any word that is
 * not on the list makes a text a memory: what is wrongly kept costs little, what is wrongly dropped is lost to recall.
 */
public final class WriteGate {

    /** Longer texts say something, whatever they are made of. */
    private static final int MOST_WORDS = 12;

    private static final int LONGEST_PHRASE = 5;
    private static final int LONGEST_WORD = 60;

    private static final String PHRASES = """
            hi|hello|hey|heya|hiya|yo|hey there|hi there|hello there|howdy|greetings|sup|what is up|wassup
            good morning|good afternoon|good evening|good night|morning|night night|nighty night|sleep well
            sweet dreams|gn|gm|bye|bye bye|goodbye|cya|see you|see ya|see you later|see you soon|see you tomorrow|later
            talk later|talk soon|talk to you later|talk to you soon|ttyl|take care|have a nice day|have a good day
            have a great day|have a good one|welcome back|i am back|back|brb|afk|gtg|got to go|gotta go
            how are you|how are you doing|how is it going|how are things|how you doing|hru|and you|you too|same|same here
            thanks|thank you|thank you so much|thank you very much|thanks a lot|thanks so much|many thanks|thx|ty|tysm|tyvm
            cheers|much appreciated|no problem|np|you are welcome|welcome|my pleasure|anytime|no worries|nw
            ok|okay|okey|oki|okie|okie dokie|k|kk|kay|alright|all right|right|fine|sure|sure thing|of course|certainly
            absolutely|definitely|exactly|indeed|true|fair|fair enough|makes sense|that makes sense|agreed|i agree|deal
            yes|yeah|yea|yep|yup|ya|yes please|yeah right|no|nope|nah|no thanks|no thank you|maybe|perhaps|probably
            i guess|i guess so|i think so|i know|i know right|ikr|i see|got it|i got it|gotcha|understood|i understand
            noted|copy that|will do|sounds good|sounds great|sounds fun|sounds nice|that sounds good|that sounds great
            good|great|nice|cool|awesome|amazing|perfect|wonderful|lovely|sweet|neat|excellent|brilliant|fantastic|super
            that is great|that is nice|that is cool|that is good|that is awesome|that is amazing|that is true|that is right
            very good|very nice|so cool|so nice|so sweet|how nice|how cool|that is so|it is so|how sweet|nice one|good one|good idea|great idea
            oh|ooh|ah|aah|aha|uh|um|uhm|er|hm|hmm|mm|mhm|mmhmm|uh huh|uhuh|huh|eh|meh|wow|woah|whoa|omg|oh my|oh my god
            omfg|wtf|gosh|oh gosh|geez|jeez|oh no|oh well|oh wow|oh yes|oh yeah|oh okay|oh ok|oh nice|oh cool|oh really
            aw|aww|yay|woo|woohoo|hooray|hurray|ugh|phew|oops|ouch|damn|dang|shit|lol|lmao|rofl|xd|idk|i do not know|dunno
            really|seriously|what|why|who|how|when|where|how so|how come|why not|what do you mean|is that so|no way
            you know|well|so|anyway|anyways|please|pls|plz|sorry|my bad|never mind|nevermind|nvm|oh sorry|i am sorry
            go on|tell me more|continue|next|more|and|then|and then|wait|hold on|one moment|one sec|just a moment|stop
            love it|love that|i love it|i love that|i like it|i like that|love you|i love you|love you too|i love you too
            miss you|i miss you|miss you too|congrats|congratulations|good luck|well done|good job|great job|nice work
            happy to help|glad to hear it|glad to hear that|glad to help|good to hear|good to know|that is good to hear
            it is okay|it is ok|it is fine|that is fine|that is okay|that is ok|not bad|all good|it is all good|too|very
            much|a lot|so much|there|buddy|dear|darling|honey|sweetie|babe|baby|bro|dude|man|mate|friend|my friend|my dear
            """;

    private static final Pattern LAUGHTER =
            Pattern.compile("b?w?a?(?:ha|he|hi|ho|ja|je){2,}h?s?|ha|heh|hah|lo+l(?:o+l)*z?"
                    + "|lmf?ao+|rofl+|x+d+|k{2,}|h+m+|m{2,}h*m*|a+h+|o+h+|a+w+|u+g+h+|e+h+|w+o+w+|y+a+y+");

    private static final Set<String> EMPTY = phrases();

    /** The first words of longer phrases: nearly every text begins with another. */
    private static final Set<String> BEGINNINGS = EMPTY.stream()
            .filter(phrase -> phrase.indexOf(' ') > 0)
            .map(phrase -> phrase.substring(0, phrase.indexOf(' ')))
            .collect(Collectors.toUnmodifiableSet());

    private WriteGate() {}

    private static Set<String> phrases() {
        Set<String> phrases = new HashSet<>();
        PHRASES.lines().forEach(line -> phrases.addAll(List.of(line.strip().split("\\|"))));
        return Set.copyOf(phrases);
    }

    /** Whether a text is to be a memory. Costs a look at its first words. */
    public static boolean remembers(String text) {
        if (hasMoreWords(text)) {
            return true;
        }
        List<String> first = Words.of(text, LONGEST_PHRASE);
        if (!first.isEmpty() && phrase(first, 0) == 0) {
            return true;
        }
        List<String> words = Words.of(text, MOST_WORDS + 1);
        if (words.size() > MOST_WORDS) {
            return true;
        }
        int at = 0;
        while (at < words.size()) {
            int taken = phrase(words, at);
            if (taken == 0) {
                return true;
            }
            at += taken;
        }
        return false;
    }

    /** Whether more than {@value #MOST_WORDS} words of letters surely are there; looks at no word. */
    private static boolean hasMoreWords(String text) {
        int words = 0;
        boolean between = true;
        for (int i = 0; i < text.length() && words <= MOST_WORDS; i++) {
            char c = text.charAt(i);
            words += between && Character.isLetter(c) ? 1 : 0;
            between = c == ' ';
        }
        return words > MOST_WORDS;
    }

    /** How many words the longest phrase that begins here has, 0 for none. */
    private static int phrase(List<String> words, int at) {
        boolean begins = BEGINNINGS.contains(words.get(at));
        for (int length = Math.min(LONGEST_PHRASE, words.size() - at); begins && length > 1; length--) {
            if (EMPTY.contains(String.join(" ", words.subList(at, at + length)))) {
                return length;
            }
        }
        String word = words.get(at);
        // A pattern's loops take stack: of a very long word its beginning decides.
        String beginning = word.length() > LONGEST_WORD ? word.substring(0, LONGEST_WORD) : word;
        boolean empty = EMPTY.contains(word)
                || EMPTY.contains(shortened(beginning))
                || LAUGHTER.matcher(beginning).matches();
        return empty ? 1 : 0;
    }

    /** "sooooo" is "so", "okayyy" is "okay". */
    private static String shortened(String word) {
        StringBuilder out = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            int run = i;
            while (run < word.length() && word.charAt(run) == word.charAt(i)) {
                run++;
            }
            out.append(word, i, run - i > 2 ? i + 1 : run);
            i = run - 1;
        }
        return out.toString();
    }
}
