// SPDX-License-Identifier: Apache-2.0
package org.wavefed.configuration;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a number may be, both ends included; without it any number may be. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Within {
  /** The least. */
  long least();

  /** The most; of an {@code int}, no more than an {@code int} can be. */
  long most() default Long.MAX_VALUE;
}
