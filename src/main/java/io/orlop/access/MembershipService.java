package io.orlop.access;

import io.orlop.platform.persistence.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/** Makes users members of projects. */
@ApplicationScoped
public class MembershipService {
  private final Database database;

  MembershipService(Database database) {
    this.database = database;
  }

  /** Gives a user a role in a project, in place of the one that the user has. */
  @Transactional
  public void assign(long projectId, long userId, Role role) {
    database.update(
        """
        INSERT INTO project_member (project_id, user_id, role) VALUES (?, ?, ?)
        ON CONFLICT (project_id, user_id) DO UPDATE SET role = excluded.role
        """,
        projectId,
        userId,
        role.id());
  }

  /** Ends a membership. */
  @Transactional
  public void remove(long projectId, long userId) {
    database.update(
        "DELETE FROM project_member WHERE project_id = ? AND user_id = ?", projectId, userId);
  }
}
