package dev.hearth.index.pinecone;

/** What is asked of the service, in the words of its failures. */
enum Operation {
    OPEN("look at", false, false),
    UPSERT("write vectors into", true, false),
    QUERY("search in", false, false),
    // What is not there is answered with 404 where the namespace itself is not.
    DELETE("delete vectors from", true, true),
    COUNT("count vectors in", false, false),
    DROP("delete a namespace of", true, true);

    private final String words;
    private final boolean changes;
    private final boolean absentIsFine;

    Operation(String words, boolean changes, boolean absentIsFine) {
        this.words = words;
        this.changes = changes;
        this.absentIsFine = absentIsFine;
    }

    String words() {
        return words;
    }

    /** Whether "not found" means that there is nothing left to do. */
    boolean absentIsFine() {
        return absentIsFine;
    }

    /** What has to be said where no answer came. */
    String doubt() {
        return changes ? " It may have happened." : "";
    }
}
