/**
 * Companions as tools for language models: the Model Context Protocol at {@code /mcp}, over Streamable HTTP. The
 * protocol is the official SDK's; what its tools do is asked of the engine. Knows the http room and the shapes of the api
 * room; knows no web server.
 *
 * <p>Two decisions. <b>No session is kept</b>: no tool needs anything of the request before it, so there is nothing to
 * bound, to expire or to lose with a server, and any server may answer any request. A session id is given out all the
 * same, and believed when it comes back: together with the key it tells whose request a cancellation means. <b>The SDK's
 * servlet is not used</b>: a servlet stands beside our routes, without their access check, bounds, problems and meters,
 * and the SDK's answers without noticing that its client has left. {@link dev.hearth.server.mcp.ExchangeTransport} stands
 * in its place, behind the same interface of the SDK. Tools run on the request's own thread.
 */
@NullMarked
package dev.hearth.server.mcp;

import org.jspecify.annotations.NullMarked;
