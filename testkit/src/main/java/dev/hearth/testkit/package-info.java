/** What tests are made of: contract suites, and stand-ins for the world that misbehave on demand. Never part of a running server. */
@NullMarked
package dev.hearth.testkit;

import org.jspecify.annotations.NullMarked;
