package io.orlop.system.postgres;

import com.sun.security.auth.module.UnixSystem;
import io.orlop.system.StartRefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who PostgreSQL runs as. It refuses to run as root, so where Orlop does:
 *
 * <ul>
 *   <li>a folder that belongs to root stays so, and PostgreSQL gets a user namespace in which it is
 *       nobody while its files remain root's;
 *   <li>where namespaces are forbidden (most containers), the folder is handed to an ordinary
 *       account, and is used under that account from then on.
 * </ul>
 *
 * @param prefix the words that come before a command to run it as this account
 * @param owner whom files must belong to, {@code uid:gid}; null where that is who Orlop runs as
 */
record Account(List<String> prefix, @Nullable String owner) {
  private static final List<String> NAMESPACE = List.of("unshare", "-U", "--");

  /** Finds out who may run PostgreSQL on a folder, and hands it over where that is needed. */
  static Account of(Path folder) {
    if (new UnixSystem().getUid() != 0) {
      return new Account(List.of(), null);
    }
    try {
      String uid = String.valueOf(Files.getAttribute(folder, "unix:uid"));
      if (!uid.equals("0")) {
        return ordinary(folder, uid, String.valueOf(Files.getAttribute(folder, "unix:gid")));
      }
      if (works(NAMESPACE, folder)) {
        return new Account(NAMESPACE, null);
      }
      return handOver(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the command line that runs a command as this account. */
  List<String> command(List<String> words) {
    return Stream.concat(prefix.stream(), words.stream()).toList();
  }

  /** Gives what Orlop wrote to the account, if that is another one. */
  void own(Path path) {
    if (owner != null) {
      new Command(Path.of("/")).run(List.of("chown", "-R", owner, path.toString()));
    }
  }

  private static Account handOver(Path folder) throws IOException {
    String name = accountExists(folder, "postgres") ? "postgres" : "nobody";
    String uid = id(folder, "-u", name);
    String gid = id(folder, "-g", name);
    Account account = ordinary(folder.resolve("..").normalize(), uid, gid);
    account.own(folder);
    return account;
  }

  private static boolean accountExists(Path folder, String name) {
    return new Command(folder).run(List.of("id", "-u", name)).succeeded();
  }

  private static String id(Path folder, String what, String name) {
    return new Command(folder).run(List.of("id", what, name)).output().strip();
  }

  private static Account ordinary(Path folder, String uid, String gid) {
    List<String> prefix =
        List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups", "--");
    if (!works(prefix, Path.of("/"))) {
      throw new StartRefusedException(
          "PostgreSQL refuses to run as root, and neither 'unshare -U' nor 'setpriv' works here to"
              + " run it as somebody else; start Orlop as an ordinary user.");
    }
    List<String> enter = new ArrayList<>(prefix);
    enter.addAll(List.of("test", "-x", folder.toString()));
    if (!new Command(Path.of("/")).run(enter).succeeded()) {
      throw new StartRefusedException(
          "PostgreSQL refuses to run as root, and the account that it would run as (uid "
              + uid
              + ") may not enter "
              + folder
              + "; choose another folder with --data, or start Orlop as an ordinary user.");
    }
    return new Account(prefix, uid + ":" + gid);
  }

  private static boolean works(List<String> prefix, Path folder) {
    List<String> words = new ArrayList<>(prefix);
    words.addAll(List.of("sh", "-c", "test $(id -u) != 0"));
    try {
      return new Command(folder).run(words).succeeded();
    } catch (StartRefusedException e) {
      // No such program.
      return false;
    }
  }
}
