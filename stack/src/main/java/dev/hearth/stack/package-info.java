/**
 * A stack to try several servers on: Redis, DynamoDB local and an S3 server, each in a process of its own on this
 * machine, and a configuration that a server runs on.
 *
 * <p>It knows the stores' settings and nothing of the engine or the server, and no server knows it. DynamoDB local is
 * under a licence that forbids passing it on: it is known by name only and started from a folder that is given.
 */
@NullMarked
package dev.hearth.stack;

import org.jspecify.annotations.NullMarked;
