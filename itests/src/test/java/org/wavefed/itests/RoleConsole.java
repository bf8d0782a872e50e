// SPDX-License-Identifier: Apache-2.0
package org.wavefed.itests;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.Arrays;
import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;

/** The console inside a container, for a user who has some roles. */
final class RoleConsole {
  private final SessionFactory sessions;
  private final Subject user = new Subject();

  private RoleConsole(SessionFactory sessions, String... roles) {
    this.sessions = sessions;
    user.getPrincipals().add(new UserPrincipal("karaf"));
    Arrays.stream(roles).map(RolePrincipal::new).forEach(user.getPrincipals()::add);
  }

  /** For a user with these roles alone. */
  static RoleConsole of(SessionFactory sessions, String... roles) {
    return new RoleConsole(sessions, roles);
  }

  /** For the user that the first start makes. */
  static RoleConsole ofAdmin(SessionFactory sessions) {
    return new RoleConsole(sessions, "admin", "manager", "viewer");
  }

  /**
   * What a command prints.
   *
   * @throws Exception with which it refuses, or Gogo's if it is not there for the user
   */
  String run(String command) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    Session session = sessions.create(new ByteArrayInputStream(new byte[0]), out, out);
    try {
      Subject.doAs(user, (PrivilegedExceptionAction<Object>) () -> session.execute(command));
    } catch (PrivilegedActionException e) {
      throw e.getException();
    } finally {
      session.close();
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
