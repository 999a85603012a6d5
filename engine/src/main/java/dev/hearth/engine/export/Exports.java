package dev.hearth.engine.export;

import java.util.function.Consumer;

/** Exports of one user's data. */
public interface Exports {

    /** Everything about one user, entry by entry: the user, then each relationship with its messages and turns. */
    void export(String externalId, Consumer<ExportEntry> sink);
}
