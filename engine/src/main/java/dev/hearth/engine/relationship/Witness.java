package dev.hearth.engine.relationship;

import dev.hearth.engine.problem.Problem;

/** Stands by when something happens in a relationship. Safe for many threads. */
public interface Witness {

    /** Takes no notice. */
    Witness NOBODY = new Witness() {
        @Override
        public void before(RelationshipKey key, long events) {}

        @Override
        public void after(RelationshipKey key) {}
    };

    /**
     * Called before events are written; what must not be forgotten if the process dies now is noted by then.
     *
     * @param events how many events the relationship had so far
     * @throws Problem where it cannot be noted; then nothing is written
     */
    void before(RelationshipKey key, long events);

    /** Called after events were written, or may have been; and when the relationship is gone. Does not wait. */
    void after(RelationshipKey key);
}
