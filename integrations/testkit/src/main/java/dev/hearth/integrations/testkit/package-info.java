/** What the tests of the integrations share: a real server, and the document that their examples stand in. */
@NullMarked
package dev.hearth.integrations.testkit;

import org.jspecify.annotations.NullMarked;
