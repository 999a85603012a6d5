/**
 * A client of Hearth's native API: {@link dev.hearth.client.HearthClient} is its door. Blocking calls, safe for many
 * threads, made for virtual ones. What a server refuses is a {@link dev.hearth.client.HearthException}; a server that
 * gives no answer is a {@link dev.hearth.client.HearthUnreachable}. Knows no other part of Hearth.
 */
@NullMarked
package dev.hearth.client;

import org.jspecify.annotations.NullMarked;
