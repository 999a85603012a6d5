package dev.hearth.engine.relationship;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.engine.recall.RelationshipIndex;
import dev.hearth.spi.Partition;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResidentTest {

    private static final Instant NOW = Instant.parse("2026-05-04T09:00:00Z");

    private final Resident resident = new Resident(
            new RelationshipKey(new Partition("p"), 0),
            Head.founded("id", "aria", "anna", NOW),
            1,
            7,
            new RelationshipIndex(2),
            false);

    @Test
    void aVectorThatComesAfterItsMessageWasForgottenIsNotKept() {
        resident.admit(List.of(message(1)));
        resident.admit(List.of(message(2)));
        resident.forget(1);

        resident.attach(1, List.of(new float[] {1, 0}));
        resident.attach(2, List.of(new float[] {0, 1}));

        assertThat(resident.index().embedded(1)).isFalse();
        assertThat(resident.unsavedVectors().take(10))
                .extracting(VectorBlock.Embedded::seq)
                .containsExactly(2L);
    }

    @Test
    void vectorsThatWerePutBackLeaveTheForgottenOut() {
        resident.admit(List.of(message(1)));
        resident.attach(1, List.of(new float[] {1, 0}));
        List<VectorBlock.Embedded> taken = resident.unsavedVectors().take(10);
        resident.forget(1);

        resident.unsavedVectors().putBack(taken);

        assertThat(resident.unsavedVectors().take(10)).isEmpty();
    }

    private static StoredMessage message(long seq) {
        return new StoredMessage(
                seq,
                NOW.toEpochMilli(),
                1,
                StoredMessage.Origin.USER_TURN,
                null,
                1,
                "words " + seq,
                NOW,
                "turn",
                null,
                0,
                false);
    }
}
