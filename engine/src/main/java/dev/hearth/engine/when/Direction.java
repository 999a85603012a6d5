package dev.hearth.engine.when;

import org.jspecify.annotations.Nullable;

/** Which of the times that bear one name: "last", "this" or "next" Friday, May, summer. */
enum Direction {
    LAST(-1),
    THIS(0),
    NEXT(1);

    private final int steps;

    Direction(int steps) {
        this.steps = steps;
    }

    /** How many units away from the current one. */
    int steps() {
        return steps;
    }

    /** What stands at a place: the direction and the place behind it. */
    record Read(Direction direction, int end) {}

    static @Nullable Read at(Tokens tokens, int i) {
        return switch (tokens.word(i)) {
            case "last", "past", "previous" -> new Read(LAST, i + 1);
            case "next", "coming", "upcoming" -> new Read(NEXT, i + 1);
            case "this" -> {
                Read closer = tokens.is(i + 1, "this") ? null : at(tokens, i + 1);
                yield closer == null ? new Read(THIS, i + 1) : closer;
            }
            default -> null;
        };
    }
}
