package dev.hearth.engine.recall;

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
            something anything nothing everything joke jokes now again back more else also still always never not don doesn didn isn
            aren wasn weren won wouldn couldn shouldn haven hasn hadn ain ll ve re
            i me my mine you your yours we us our he him his she her they them their it its this that these those
            a an the and or but if because as of in on at to for from by with about into up down out off over
            what when where who whom whose which why how do does did is are was were am be been being have has had
            can could would should will might may must there here then than s t d m whatever""");

    /** Of a remark, and yet what a question may well be about. */
    private static final Set<String> REMARKED = words("""
            like want need happy glad sad bad tired sleepy bored busy funny sweet kind sleep
            dream dreams hear heard love miss missed hope wish feel feeling agree believe enjoy enjoyed take care rest wait
            hug hugs kiss kisses laugh smile story weather weekend being away worries done going coming gone get got go come
            much many ready next first last best better worse way people everyone friend dear darling honey buddy""");

    private Phatic() {}

    /**
     * The words of a text that it may be about, set apart by spaces.
     *
     * @param words of the text, set apart by spaces
     * @param question whether the text asks something
     */
    static String without(String words, boolean question) {
        StringBuilder left = new StringBuilder(words.length());
        for (String word : words.split("\\s+", -1)) {
            String plain = plain(word);
            if (!plain.isEmpty() && !ALWAYS.contains(plain) && (question || !REMARKED.contains(plain))) {
                left.append(word).append(' ');
            }
        }
        return left.toString();
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
