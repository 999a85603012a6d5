package dev.hearth.engine.memory;

/** What a relationship remembers. */
public interface Memories {

    SearchResult search(String relationship, SearchRequest request);

    Memory get(String memoryId);

    /** Forgets it: the words leave recall and history at once and are gone from the store when this returns. */
    void delete(String memoryId);
}
