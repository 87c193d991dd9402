package io.orlop.identity;

/**
 * Who makes a request, how that was shown, and from where.
 *
 * @param address of the client; see {@code platform.http.ClientAddress}
 */
public record Caller(Principal principal, Proof proof, String address) {

  /** Returns nobody in particular. */
  public static Caller anonymous(String address) {
    return new Caller(Principal.ANONYMOUS, Proof.NONE, address);
  }

  /** Returns whoever came with credentials that were right. */
  static Caller of(Principal principal, String address) {
    Proof proof =
        switch (principal) {
          case Principal.Anonymous _ -> Proof.NONE;
          case Principal.UserPrincipal _, Principal.RobotPrincipal _ -> Proof.BASIC;
          case Principal.PersonalToken _ -> Proof.TOKEN;
        };
    return new Caller(principal, proof, address);
  }
}
