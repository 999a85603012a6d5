/**
 * The warm store, wrapped keys and the erasure ledger on DynamoDB (or an engine that speaks its protocol), for several
 * servers at once.
 *
 * <p>Who does what: {@link dev.hearth.store.dynamodb.DynamoWarmStore}, {@link dev.hearth.store.dynamodb.DynamoKeys} and
 * {@link dev.hearth.store.dynamodb.DynamoErasureLedger} say what is meant; a {@code Table} makes requests of it, with
 * the names of {@code Row} and the actions of {@code Actions}; {@code Attempts} repeats what may be repeated, within the
 * deadline; {@code Failures} puts what DynamoDB says into the words of the contract; {@code JdkHttp} carries it. Data
 * and keys stand in two tables of the same shape, which {@link dev.hearth.store.dynamodb.DynamoTables} makes.
 *
 * <p>Knows {@code dev.hearth.spi} and the AWS SDK, and nothing of what the items mean.
 */
@NullMarked
package dev.hearth.store.dynamodb;

import org.jspecify.annotations.NullMarked;
