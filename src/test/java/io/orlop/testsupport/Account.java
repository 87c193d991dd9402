package io.orlop.testsupport;

/** Somebody with a password. */
public record Account(long id, String name, String password) {}
