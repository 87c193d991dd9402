package io.orlop.catalog.upload;

import jakarta.enterprise.context.ApplicationScoped;

/** Brings the rows up to date of uploads that have begun, which is else done a moment later. */
@ApplicationScoped
public class RowsOfUploads {
  private final BegunUploads begun;

  RowsOfUploads(BegunUploads begun) {
    this.begun = begun;
  }

  /** Writes those that are missing. */
  public void write() {
    begun.flush();
  }
}
