package io.orlop.access.member;

/**
 * A user or a group with a role in a project.
 *
 * @param id of the membership, not of who it is
 * @param entityName the name of the user or group
 * @param entityId its id
 */
public record Member(
    long id,
    long projectId,
    String entityName,
    EntityType entityType,
    long entityId,
    int roleId,
    String roleName) {

  /** What a member is. */
  public enum EntityType {
    USER("u"),
    GROUP("g");

    private final String wireName;

    EntityType(String wireName) {
      this.wireName = wireName;
    }

    /** Returns the letter that clients know it by. */
    public String wireName() {
      return wireName;
    }
  }
}
