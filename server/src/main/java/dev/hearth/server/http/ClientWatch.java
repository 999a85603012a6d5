package dev.hearth.server.http;

/** A client that is watched until this is closed, which the thread of its request does before it ends. */
public interface ClientWatch extends AutoCloseable {

    @Override
    void close();
}
