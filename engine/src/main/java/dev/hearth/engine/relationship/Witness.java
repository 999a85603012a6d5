package dev.hearth.engine.relationship;

import dev.hearth.engine.problem.Problem;

/** Stands by when something happens in a relationship. Safe for many threads. */
public interface Witness {

    /** Takes no notice. */
    Witness NOBODY = new Witness() {
        @Override
        public void before(RelationshipKey key, Head present) {}

        @Override
        public void after(RelationshipKey key) {}
    };

    /**
     * Called before events are written; what must not be forgotten if the process dies now is noted by then.
     *
     * @param present the relationship as it is before them
     * @throws Problem where it cannot be noted; then nothing is written
     */
    void before(RelationshipKey key, Head present);

    /** Called after events were written, or may have been; and when the relationship is gone. Does not wait. */
    void after(RelationshipKey key);
}
