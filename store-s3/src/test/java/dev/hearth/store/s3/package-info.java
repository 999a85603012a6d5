/** The cold store on S3 held to its contract against a real server, and to what goes wrong on the way to one. */
@NullMarked
package dev.hearth.store.s3;

import org.jspecify.annotations.NullMarked;
