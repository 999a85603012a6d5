package dev.hearth.engine.extraction;

import dev.hearth.engine.relationship.StoredMessage;
import dev.hearth.engine.statement.Support;
import java.util.List;

/**
 * What makes a draft a fact: it stands on words that the user said, and says no more than they can bear as far as words
 * show it. A model that invents, or that a text has talked into something, does not get past this by its word alone.
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
                && Support.touches(fact, quote, own);
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
