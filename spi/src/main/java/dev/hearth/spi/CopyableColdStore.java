package dev.hearth.spi;

import java.util.List;

/** A cold store that can say whose objects it has; for moving an installation, not for the engine. */
public interface CopyableColdStore extends ColdStore {

    /** Every partition that has an object, in no order. */
    List<Partition> partitions(Deadline deadline);
}
