package dev.hearth.bench.generate;

import java.util.List;

/**
 * A matter of a person that changes.
 *
 * @param says forms of stating it
 * @param news forms of saying that it changed
 * @param asks forms of asking for it
 * @param others forms of stating it of another person
 * @param otherAsks forms of asking for that
 * @param values what it may be, at least four
 */
record Slot(
        String name,
        List<String> says,
        List<String> news,
        List<String> asks,
        List<String> others,
        List<String> otherAsks,
        List<String> values) {

    Slot {
        says = List.copyOf(says);
        news = List.copyOf(news);
        asks = List.copyOf(asks);
        others = List.copyOf(others);
        otherAsks = List.copyOf(otherAsks);
        values = List.copyOf(values);
        if (says.size() < 5 || news.size() < 5 || asks.size() < 3 || values.size() < 4) {
            throw new IllegalArgumentException("The slot " + name + " has too few forms or values.");
        }
    }
}
