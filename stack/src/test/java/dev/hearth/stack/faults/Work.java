package dev.hearth.stack.faults;

import dev.hearth.engine.turn.TurnResult;
import org.jspecify.annotations.Nullable;

/** What a node is at when something happens to it. */
enum Work {
    TURN,
    FOLD,
    DEMOTION,
    PROMOTION,
    /** What a turn used comes back from the cold store. */
    USE,
    DELETION,
    ERASURE;

    /** What {@link #DELETION} forgets. */
    static final String FORGOTTEN = "Topic number 17 was on the table.";

    private static final String PINNED = "Topic number 18 was on the table.";
    private static final String SAID = "Do you remember topic number 42?";

    /** A relationship of so many messages for which there is this to be done. */
    String prepared(RealHouse house, String user, int messages) {
        if (this != FOLD && this != DEMOTION) {
            String relationship = house.withCold(user, messages);
            if (this == USE) {
                try (Node node = house.open()) {
                    node.say(relationship, SAID, "key");
                }
            }
            return relationship;
        }
        try (Node node = house.open()) {
            String relationship = node.imported(user, RealHouse.history(0, messages, house.clock.now()));
            if (this == DEMOTION) {
                node.engine.folding().fold(relationship);
                house.clock.advance(RealHouse.LONG);
            }
            return relationship;
        }
    }

    /**
     * Has a node do it.
     *
     * @param forgotten the memory's id, empty where there is none any more
     * @return the turn that was taken, null where none was
     */
    @Nullable
    TurnResult on(Node node, String user, String relationship, String forgotten) {
        switch (this) {
            case TURN -> {
                return node.say(relationship, SAID, "key");
            }
            case FOLD -> {
                int ignored = node.engine.folding().fold(relationship);
            }
            case DEMOTION, USE -> {
                int ignored = node.engine.tiering().tidy(relationship);
            }
            case PROMOTION ->
                node.engine.memories().change(node.memory(relationship, PINNED).id(), null, true);
            case DELETION -> {
                if (!forgotten.isEmpty()) {
                    node.engine.memories().delete(forgotten);
                }
            }
            case ERASURE -> node.engine.users().erase(user);
        }
        return null;
    }
}
