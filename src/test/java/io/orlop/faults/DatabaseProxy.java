package io.orlop.faults;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Stands between Orlop and PostgreSQL, and loses a connection at a chosen statement: before
 * PostgreSQL has seen it, or after PostgreSQL has done it and before Orlop learns of that.
 *
 * <p>Counts what the driver sends as a whole, such as {@code BEGIN} with a transaction's first
 * statement. What the scheduler of background work sends goes through uncounted, and so does what
 * the connection sends that holds the lock of the only writer: it can be lost by itself.
 *
 * @see <a href="https://www.postgresql.org/docs/18/protocol-message-formats.html">PostgreSQL,
 *     message formats</a>
 */
final class DatabaseProxy implements AutoCloseable {

  /** When the connection is lost. */
  enum Moment {
    BEFORE,
    AFTER
  }

  /** How that connection says what it is. */
  private static final String SOLE_WRITER = "'orlop sole writer'";

  private final ServerSocket door;
  private final int database;
  private int countdown;
  private Moment moment = Moment.BEFORE;
  private Predicate<String> counted = _ -> true;
  private Optional<String> lost = Optional.empty();
  private Optional<Conversation> soleWriter = Optional.empty();

  /** Opens the proxy of a database on this machine. */
  DatabaseProxy(int database) throws IOException {
    this.database = database;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /** Loses the connection that carries a statement, counted among some from now on. */
  synchronized void loseAt(int statement, Moment when, Predicate<String> among) {
    countdown = statement;
    moment = when;
    counted = among;
    lost = Optional.empty();
  }

  /** Loses no more; returns the statement at which a connection was lost. */
  synchronized Optional<String> lost() {
    countdown = 0;
    return lost;
  }

  /** Loses the connection that holds the lock of the only writer. */
  synchronized void loseSoleWriter() throws IOException {
    soleWriter.orElseThrow().end();
  }

  private synchronized Optional<Moment> fate(Conversation conversation, String sql) {
    if (sql.contains(SOLE_WRITER)) {
      soleWriter = Optional.of(conversation);
    }
    if (soleWriter.filter(conversation::equals).isPresent()) {
      return Optional.empty();
    }
    if (countdown == 0
        || sql.isEmpty()
        || sql.contains("scheduled_tasks")
        || !counted.test(sql)
        || --countdown > 0) {
      return Optional.empty();
    }
    lost = Optional.of(sql.strip());
    return Optional.of(moment);
  }

  @Override
  public void close() throws IOException {
    door.close();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = door.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), database);
        // Without this each small message waits 40 ms for the acknowledgement of the one before.
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        new Conversation(client, server).start();
      }
    } catch (IOException e) {
      if (!door.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** One connection. */
  private final class Conversation {
    private final Socket client;
    private final Socket server;

    /** Whether the answer to what was sent last is the last thing that this connection sees. */
    private volatile boolean doomed;

    private Conversation(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void start() {
      Thread.ofVirtual().start(() -> run(this::pumpQuestions));
      Thread.ofVirtual().start(() -> run(this::pumpAnswers));
    }

    /** Orlop first: it is to know before the lock is free. */
    void end() throws IOException {
      client.close();
      server.close();
    }

    private interface Pump {
      void run() throws IOException;
    }

    /** A connection that ends, however it does, ends on both sides. */
    private void run(Pump pump) {
      try (client;
          server) {
        pump.run();
      } catch (IOException _) {
        // One of both has hung up.
      }
    }

    private void pumpQuestions() throws IOException {
      DataInputStream in = new DataInputStream(client.getInputStream());
      DataOutputStream out = new DataOutputStream(server.getOutputStream());
      byte[] greeting = in.readNBytes(4);
      out.write(greeting);
      out.write(in.readNBytes(ByteBuffer.wrap(greeting).getInt() - 4));
      out.flush();
      ByteArrayOutputStream batch = new ByteArrayOutputStream();
      StringBuilder sql = new StringBuilder();
      while (true) {
        int type = in.readByte();
        int length = in.readInt();
        byte[] message = in.readNBytes(length - 4);
        DataOutputStream copy = new DataOutputStream(batch);
        copy.writeByte(type);
        copy.writeInt(length);
        copy.write(message);
        sql.append(sqlOf(type, message));
        if ("PBDEC".indexOf(type) < 0) {
          Optional<Moment> fate = fate(this, sql.toString());
          if (fate.isPresent() && fate.get() == Moment.BEFORE) {
            return;
          }
          doomed = fate.isPresent();
          batch.writeTo(out);
          out.flush();
          batch.reset();
          sql.setLength(0);
        }
      }
    }

    private void pumpAnswers() throws IOException {
      DataInputStream in = new DataInputStream(server.getInputStream());
      var out = new DataOutputStream(new BufferedOutputStream(client.getOutputStream()));
      while (true) {
        int type = in.readByte();
        int length = in.readInt();
        byte[] message = in.readNBytes(length - 4);
        if (doomed) {
          if (type == 'Z') {
            return;
          }
        } else {
          out.writeByte(type);
          out.writeInt(length);
          out.write(message);
          if (in.available() == 0) {
            out.flush();
          }
        }
      }
    }

    private static String sqlOf(int type, byte[] message) {
      String text = new String(message, StandardCharsets.UTF_8);
      return switch (type) {
        case 'P' -> text.split("\0", 3)[1] + "; ";
        case 'Q' -> text.split("\0", 2)[0];
        default -> "";
      };
    }
  }
}
