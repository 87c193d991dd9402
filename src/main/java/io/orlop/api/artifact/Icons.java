package io.orlop.api.artifact;

/** The digests by which clients ask for icons, as Harbor has them. */
final class Icons {
  private static final String IMAGE =
      "sha256:0048162a053eef4d4ce3fe7518615bef084403614f8bca43b40ae2e762e11e06";
  private static final String CHART =
      "sha256:61cf3a178ff0f75bf08a25d96b75cf7355dc197749a9f128ed3ef34b0df05518";
  private static final String ANY =
      "sha256:da834479c923584f4cbcdecc0dac61f32bef1d51e8aae598cf16bd154efab49f";

  private Icons() {}

  static String of(String type) {
    return switch (type) {
      case "IMAGE" -> IMAGE;
      case "CHART" -> CHART;
      default -> ANY;
    };
  }
}
