package io.orlop.registry.v2;

/** Names of headers that the specification and its clients use. */
final class Headers {
  static final String DIGEST = "Docker-Content-Digest";
  static final String UPLOAD = "Docker-Upload-UUID";
  static final String RANGE = "Range";
  static final String SUBJECT = "OCI-Subject";
  static final String TAG = "OCI-Tag";
  static final String FILTERS = "OCI-Filters-Applied";
  static final String LINK = "Link";
  static final String IF_RANGE = "If-Range";

  private Headers() {}
}
