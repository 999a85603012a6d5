package dev.hearth.engine.extraction;

import dev.hearth.engine.relationship.StoredMessage;
import dev.hearth.engine.statement.Support;
import java.util.List;

/**
 * What makes a draft a fact: it quotes words that the user said, and its own words are those of the message that it
 * cites. It has no number and no name that the message lacks, and of the other words that say what it is about at most
 * one, in any form of it, where two others are there. This is a check of words and not of what they mean together: the
 * words of a message can be put into another order, a negation can be left out, and one word can be invented.
 *
 * @param own what the user and the companion are called, which a fact may say without evidence
 */
record Evidence(List<String> own) {

    private static final int LONGEST_FACT = 300;
    private static final int FEWEST_QUOTED_WORDS = 2;

    Evidence {
        own = List.copyOf(own);
    }

    /** Whether a draft is borne out by the message that it cites. */
    boolean bears(Draft draft, StoredMessage cited) {
        String fact = draft.fact();
        String text = spaced(cited.text());
        String quote = spaced(draft.quote());
        return cited.origin() == StoredMessage.Origin.USER_TURN
                && !cited.deleted()
                && text.contains(quote)
                && Support.words(quote) >= FEWEST_QUOTED_WORDS
                && fact.length() <= LONGEST_FACT
                && fact.codePoints().noneMatch(Evidence::breaks)
                && Support.numbers(fact, text)
                && Support.names(fact, text, own)
                && Support.touches(fact, quote, own)
                && Support.covers(fact, text, own);
    }

    private static boolean breaks(int point) {
        return Character.isISOControl(point) || point == '\u2028' || point == '\u2029';
    }

    private static String spaced(String text) {
        StringBuilder out = new StringBuilder(text.length());
        boolean space = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c) || Character.isISOControl(c) || Character.isSpaceChar(c)) {
                space = !out.isEmpty();
                continue;
            }
            if (space) {
                out.append(' ');
                space = false;
            }
            out.append(c);
        }
        return out.toString();
    }
}
