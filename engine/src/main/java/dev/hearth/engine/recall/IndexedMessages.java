package dev.hearth.engine.recall;

import dev.hearth.kernel.lexical.LexicalView;
import java.util.List;

/**
 * What the index keeps of each message beside words and vectors, by place. What stands below the count of the view that
 * holds it never changes.
 *
 * @param speakers all speakers' names, in lower case
 */
@SuppressWarnings("ArrayRecordComponent") // compared with nothing
record IndexedMessages(short[] traits, byte[] speaker, List<String> speakers, TimesView times, LexicalView words) {

    short traits(int place) {
        return traits[place];
    }

    /** Who said it, as an index in the list of speakers; -1 where there are too many to tell. */
    int speaker(int place) {
        return speaker[place];
    }

    int length(int place) {
        return words.length(place);
    }

    /** The month in which it was said, UTC, 0 for January. */
    int month(int place) {
        return java.time.LocalDate.ofEpochDay(Math.floorDiv(times.saidSeconds(place), 24 * 3_600))
                        .getMonthValue()
                - 1;
    }
}
