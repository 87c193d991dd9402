package io.orlop.api;

import io.orlop.identity.Principal;
import jakarta.enterprise.context.RequestScoped;

/** Who makes this request. */
@RequestScoped
public class ApiCall {
  private Principal principal = Principal.ANONYMOUS;

  void madeBy(Principal who) {
    principal = who;
  }

  /** Returns the caller; anonymous if nobody signed in or the credentials are wrong. */
  public Principal principal() {
    return principal;
  }

  /** Tells whether the caller is nobody in particular. */
  public boolean isAnonymous() {
    return principal instanceof Principal.Anonymous;
  }
}
