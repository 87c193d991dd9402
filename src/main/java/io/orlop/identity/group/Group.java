package io.orlop.identity.group;

/**
 * A group of people.
 *
 * @param ldapDn its name in the directory that it comes from; else empty
 */
public record Group(long id, String name, GroupType type, String ldapDn) {}
