/**
 * Bytes of a record: variable-length numbers, text, times, and a checksum. Knows arrays of bytes and nothing of what
 * the records mean, of stores, or of encryption.
 */
@NullMarked
package dev.hearth.kernel.codec;

import org.jspecify.annotations.NullMarked;
