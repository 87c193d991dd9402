package io.orlop.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The endpoint works in the project in its path, or on one repository of it, and the caller needs
 * this permission there.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface RequiresPermission {
  /** Returns what the caller must be allowed to do. */
  ProjectPermission value();
}
