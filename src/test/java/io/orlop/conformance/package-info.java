/**
 * The distribution-spec in executable form: one class for each of its chapters, one nested class
 * for each section, read with the specification beside it. What the specification leaves open and
 * this registry promises (mounts without {@code from}, several tags at once, paging, conditional
 * requests) stands in the section where it belongs.
 *
 * <table>
 *   <caption>Where the specification's endpoints are</caption>
 *   <tr><td>end-1</td><td>{@code DeterminingSupportTest}</td></tr>
 *   <tr><td>end-2, end-3</td><td>{@code PullTest}</td></tr>
 *   <tr><td>end-4a to end-6, end-13, end-14</td><td>{@code PushBlobsTest}</td></tr>
 *   <tr><td>end-11</td><td>{@code MountBlobsTest}</td></tr>
 *   <tr><td>end-7a, end-7b</td><td>{@code PushManifestsTest}, {@code ManifestContentTest}</td></tr>
 *   <tr><td>end-8a, end-8b</td><td>{@code ContentDiscoveryTest}</td></tr>
 *   <tr><td>end-12a, end-12b</td><td>{@code ReferrersTest}</td></tr>
 *   <tr><td>end-9, end-10</td><td>{@code ContentManagementTest}</td></tr>
 *   <tr><td>code-1 to code-14</td><td>{@code ErrorsTest}</td></tr>
 *   <tr><td>what clients need besides</td><td>{@code HeadersTest}</td></tr>
 * </table>
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md">OCI
 *     Distribution Specification</a>
 */
@NullMarked
package io.orlop.conformance;

import org.jspecify.annotations.NullMarked;
