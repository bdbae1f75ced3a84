package io.jenkins.plugins.concurrency.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.EnumSet;
import java.util.Set;

/**
 * The network between one controller and the database. It can be cut in either direction: nothing is refused and nothing ends
 * then, what is sent is on its way, and comes late, once the wire is mended. That is what TCP makes of a network that drops.
 */
final class Wire implements AutoCloseable {
    enum Direction {
        TO_SERVER,
        FROM_SERVER
    }

    private static final int BUFFER = 8192;

    private final ServerSocket entry = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int server;
    private final Set<Direction> cut = EnumSet.noneOf(Direction.class);

    /** @param server the port of the database, on this machine */
    Wire(int server) throws IOException {
        this.server = server;
        run(this::accept);
    }

    int port() {
        return entry.getLocalPort();
    }

    synchronized void cut(Direction direction) {
        cut.add(direction);
    }

    synchronized void mend() {
        cut.clear();
        notifyAll();
    }

    private synchronized void pass(Direction direction) throws InterruptedException {
        while (cut.contains(direction)) {
            wait();
        }
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void run(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException | InterruptedException x) {
                // One of the two ends is closed, and the other one with it.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (true) {
            Socket member = entry.accept();
            run(() -> connect(member));
        }
    }

    private void connect(Socket member) throws IOException {
        try {
            Socket database = new Socket(InetAddress.getLoopbackAddress(), server);
            database.setTcpNoDelay(true);
            member.setTcpNoDelay(true);
            run(() -> carry(member, database, Direction.TO_SERVER));
            run(() -> carry(database, member, Direction.FROM_SERVER));
        } catch (IOException x) {
            member.close();
        }
    }

    /** Until one of them ends; the end comes late as well. */
    private void carry(Socket from, Socket to, Direction direction) throws IOException, InterruptedException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER];
            int size;
            do {
                size = in.read(buffer);
                pass(direction);
                out.write(buffer, 0, Math.max(size, 0));
            } while (size >= 0);
        }
    }

    @Override
    public void close() throws IOException {
        entry.close();
        mend();
    }
}
