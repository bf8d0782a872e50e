// SPDX-License-Identifier: Apache-2.0
package org.wavefed.crypto;

import org.wavefed.model.Bytes;

/**
 * A signature over the exact bytes of a serialised ProtocolWaveletDelta.
 *
 * @param signer who signed
 * @param algorithm how
 * @param signature the signature itself
 */
public record DeltaSignature(SignerId signer, SignatureAlgorithm algorithm, Bytes signature) {}
