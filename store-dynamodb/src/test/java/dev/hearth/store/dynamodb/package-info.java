/** The DynamoDB stores held to their contracts on DynamoDB local, to several servers, and to a way there that fails. */
@NullMarked
package dev.hearth.store.dynamodb;

import org.jspecify.annotations.NullMarked;
