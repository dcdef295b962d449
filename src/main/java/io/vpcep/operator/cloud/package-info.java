/**
 * Step 1, fetch: the query API over OkHttp and Jackson. A listing is read page by page into a
 * {@link io.vpcep.operator.sync.Snapshot}, or ends in one classified {@link
 * io.vpcep.operator.sync.SyncFailure}; nothing that a cloud sends gets past here unchecked.
 *
 * <p>{@link io.vpcep.operator.cloud.CloudCatalog} is the way in, for the assembly alone; {@link
 * io.vpcep.operator.cloud.RequestObserver} the way out for metrics. From the outside in: {@code
 * CloudCatalog} wires one listing, {@code Pager} asks for its pages, {@code RetryingPages} asks
 * again, {@code BudgetedPages} waits for others, {@code PageReader} makes one call, {@code
 * PageParser} reads one body, {@code Listing} judges what the pages prove.
 */
package io.vpcep.operator.cloud;
