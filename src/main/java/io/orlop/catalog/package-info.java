/** The content model: projects, repositories, artifacts, tags, blobs and uploads. */
@NullMarked
package io.orlop.catalog;

import org.jspecify.annotations.NullMarked;
