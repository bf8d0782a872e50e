// SPDX-License-Identifier: Apache-2.0
/**
 * The durable store, embedded: wavelets in a RocksDB database in one directory. {@link
 * org.wavefed.store.rocksdb.Keys} shows what is in it, {@link
 * org.wavefed.store.rocksdb.WriteAheadLog} what is done about a crash.
 */
@NullMarked
package org.wavefed.store.rocksdb;

import org.jspecify.annotations.NullMarked;
