package dev.hearth.client;

import dev.hearth.client.data.Event;

/** What a feed hands on. */
public sealed interface FeedEvent {

    /**
     * Something happened.
     *
     * @param position where the feed stands now; {@link RelationshipClient#events(String)} goes on behind it
     */
    record Happened(String position, Event event) implements FeedEvent {}

    /** Something happened that is not kept any more: the place asked for is too long ago. */
    record Missed() implements FeedEvent {}
}
