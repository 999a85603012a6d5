package dev.hearth.engine.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a text says to be so no more, by name: "from A to B", "no more A", "I sold the A", "not A anymore". */
final class Departures {

    private static final String WHAT = "(?<what>[\\p{L}\\p{N}' :.,&-]{2,40}?)";

    /** What somebody does with a thing to have it no more; of a number of things it tells nothing. */
    private static final Pattern DEEDS = form(
            "(?:i|we) (?:have |had to )?(?:replaced|sold|ditched|cancelled|returned|left|quit|traded in|swapped|traded|got rid"
                    + " of|gave away|gave up on|gave up|dropped|finished|broke up with|split up with|stopped drinking|stopped"
                    + " using|stopped eating|am done with)(?: (?:my|the|our|a))? " + WHAT
                    + "(?:,|$| (?:for|with|by|in|at|on|and|so|because|last|this|yesterday|today|instead)\\b)");

    private static final List<Pattern> FORMS = List.of(
            form(
                    "(?:switched|changed|went|gone|swapped|moved|upgraded|transferred|converted|rescheduled|postponed|changed it)"
                            + "(?: [a-z]+){0,4}? from " + WHAT + " (?:over )?to\\b"),
            DEEDS,
            form("(?:^|, )(?:no more|forget|goodbye to|no longer)(?: (?:my|the|a|on|at|in))? " + WHAT
                    + "(?:,|;|$| (?:for|in) )"),
            form("(?:is|am|are) (?:not|no longer)(?: (?:my|the|a|an|on|at|in))? " + WHAT
                    + "(?: any ?more| any longer|, (?:it|now|but))"),
            form(
                    "(?:instead of|no longer at|no longer on|no longer in|, it was|, it used to be|up from|down from|, not on|, and"
                            + " not on)(?: (?:my|the|a|an))? " + WHAT + "(?:,|;|$)"),
            form("^" + WHAT + " (?:broke|left|moved out|is gone|and i (?:split|broke) up)\\b"));

    private Departures() {}

    private static Pattern form(String form) {
        return Pattern.compile(form);
    }

    /** The stems of each thing that is named as over. */
    static List<Set<String>> of(String bare) {
        List<Set<String>> left = new ArrayList<>();
        String lower = Words.lower(bare);
        for (Pattern form : FORMS) {
            Matcher matcher = form.matcher(lower);
            while (matcher.find()) {
                Set<String> stems = Claims.stems(matcher.group("what"));
                boolean counted = form == DEEDS && stems.stream().anyMatch(Numbers::isNumber);
                if (!stems.isEmpty() && !counted) {
                    left.add(stems);
                }
            }
        }
        return left;
    }
}
