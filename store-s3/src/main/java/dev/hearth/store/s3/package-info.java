/**
 * The cold store on S3, or on what speaks its protocol.
 *
 * <p>An object is {@code <prefix><partition>/<name>.o} in one bucket, with {@code !} for {@code /} in names, so that
 * a partition is one flat folder whatever a server thinks of dots and slashes. It is written once, by a conditional
 * put, and carries two words of metadata: a checksum, which every read is held to, and the mark of the call that
 * wrote it, by which a put whose answer was lost finds out whether it happened. Knows {@code dev.hearth.spi} and
 * nothing of what it keeps.
 *
 * <p>The bucket must not keep old versions, or must let them expire soon: S3 hides what is deleted in a versioned
 * bucket and does not erase it.
 */
@NullMarked
package dev.hearth.store.s3;

import org.jspecify.annotations.NullMarked;
