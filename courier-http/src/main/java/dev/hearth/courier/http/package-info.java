/**
 * Going out to addresses that operators give. Knows {@code spi} only.
 */
@NullMarked
package dev.hearth.courier.http;

import org.jspecify.annotations.NullMarked;
