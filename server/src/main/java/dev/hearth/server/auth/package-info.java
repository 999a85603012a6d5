/**
 * The operator's key: where it is kept and how one is compared with it. Knows no HTTP.
 */
@NullMarked
package dev.hearth.server.auth;

import org.jspecify.annotations.NullMarked;
