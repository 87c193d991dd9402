package io.orlop.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The endpoint works on the registry as a whole, and the caller needs this permission. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface RequiresSystemPermission {
  /** Returns what the caller must be allowed to do. */
  SystemPermission value();
}
