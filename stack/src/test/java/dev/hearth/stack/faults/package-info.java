/**
 * The whole engine on DynamoDB local, Redis and s3proxy: several nodes that share them while they fail, while nodes stand
 * still or die, and what is left of a user who was erased.
 */
@NullMarked
package dev.hearth.stack.faults;

import org.jspecify.annotations.NullMarked;
