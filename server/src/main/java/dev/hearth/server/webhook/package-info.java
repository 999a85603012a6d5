/**
 * Going out to addresses that operators give. Knows {@code spi} only.
 */
@NullMarked
package dev.hearth.server.webhook;

import org.jspecify.annotations.NullMarked;
