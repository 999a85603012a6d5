package dev.hearth.engine;

import dev.hearth.engine.export.Exports;
import dev.hearth.engine.memory.Memories;
import dev.hearth.engine.partition.Users;
import dev.hearth.engine.persona.Companions;
import dev.hearth.engine.relationship.Relationships;
import dev.hearth.engine.turn.Turns;

/**
 * The door of the engine. Safe for any number of threads; every call blocks, so make it on a virtual thread. Calls
 * throw {@link dev.hearth.engine.problem.Problem} for everything that is refused or fails.
 */
public interface Engine extends AutoCloseable {

    Companions companions();

    Users users();

    Relationships relationships();

    Memories memories();

    Turns turns();

    Exports exports();

    /** Waits for running turns and the work after them, within bounds, then ends. Does not close the {@link World}. */
    @Override
    void close();
}
