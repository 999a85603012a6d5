package dev.hearth.engine.recall;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * Words that keep a conversation going and are about nothing: greetings, thanks, assent, and whatever stands between words
 * that matter. English.
 */
final class Phatic {

    private static final Set<String> ALWAYS = words("""
            hi hey hello hiya yo greetings good morning afternoon evening night goodnight bye goodbye later soon ya cya
            tomorrow today tonight welcome thank thanks thx ty cheers please sorry pardon ok okay k yes yeah yep yup no nope
            nah sure right true indeed exactly absolutely definitely certainly course alright fine great cool nice awesome
            amazing wonderful lovely perfect wow oh ah aw aww hm hmm mm mhm uh um huh well so really actually just very too
            quite bit day week time long minute moment maybe perhaps probably know think guess mean see say tell talk let look sense makes
            make sounds sound lol haha hehe hah lmao rofl omg brb gtg afk congrats congratulations one thing things stuff
            something anything nothing everything joke jokes lot lots sec second fair enough point luck mind
            gotcha ugh oops yay whoa meh yikes np nvm idk tbh imo ttyl omw bro dude man guys now again back more else also still always never not don doesn didn isn
            aren wasn weren won wouldn couldn shouldn haven hasn hadn ain ll ve re
            i me my mine you your yours we us our he him his she her they them their it its this that these those
            a an the and or but if because as of in on at to for from by with about into up down out off over
            what when where who whom whose which why how do does did is are was were am be been being have has had
            can could would should will might may must there here then than s t d m whatever""");

    /** Who asks about themselves names themselves. */
    private static final Set<String> OWN = Set.of("i", "me", "my", "mine", "we", "us", "our");

    /** A remark that has fewer words which matter is about nothing. */
    private static final int LEAST_OF_A_REMARK = 2;

    /** Of a remark, and yet what a question about oneself may well be about. */
    private static final Set<String> REMARKED = words("""
            like want need happy glad sad bad tired sleepy bored busy funny sweet kind sleep
            dream dreams hear heard love miss missed hope wish feel feeling agree believe enjoy enjoyed take care rest wait
            hug hugs kiss kisses laugh smile story weather weekend being away worries done going coming gone get got go come
            much many ready next first last best better worse way people everyone friend dear darling honey buddy""");

    private Phatic() {}

    /**
     * The words that a text may be about, set apart by spaces; none for small talk.
     *
     * @param text as it was written
     * @param words of it, set apart by spaces
     */
    static String without(String text, String words) {
        boolean question = text.indexOf('?') >= 0;
        boolean own = question && Arrays.stream(text.split("\\s+", -1)).anyMatch(word -> OWN.contains(plain(word)));
        StringBuilder left = new StringBuilder(words.length());
        int many = 0;
        for (String word : words.split("\\s+", -1)) {
            String plain = plain(word);
            if (!plain.isEmpty() && !ALWAYS.contains(plain) && (own || !REMARKED.contains(plain))) {
                left.append(word).append(' ');
                many++;
            }
        }
        return question || many >= LEAST_OF_A_REMARK ? left.toString() : "";
    }

    /** In lower case, without what stands around it or is drawn together with it. */
    private static String plain(String word) {
        String lower = word.toLowerCase(Locale.ROOT).replace('\u2019', '\'');
        int from = 0;
        while (from < lower.length() && !Character.isLetterOrDigit(lower.charAt(from))) {
            from++;
        }
        int to = from;
        while (to < lower.length() && Character.isLetterOrDigit(lower.charAt(to))) {
            to++;
        }
        return lower.substring(from, to);
    }

    private static Set<String> words(String list) {
        return Set.of(list.strip().split("\\s+"));
    }
}
