package dev.hearth.store.s3;

/** What is asked of the bucket, as a message names it. */
enum Operation {
    LIST("list objects of", false),
    PUT("put an object into", true),
    READ("read an object of", false),
    DELETE("delete an object of", true),
    DROP("delete the objects of a partition in", true),
    LOOK_AT_VERSIONS("look at the versioning of", false);

    private final String words;
    private final boolean writes;

    Operation(String words, boolean writes) {
        this.words = words;
        this.writes = writes;
    }

    String words() {
        return words;
    }

    /** What an operator has to know where the outcome is not known. */
    String doubt() {
        return writes ? " It may have happened." : "";
    }
}
