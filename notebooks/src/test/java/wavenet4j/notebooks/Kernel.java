package wavenet4j.notebooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// A running kernel, spoken to as Jupyter does (its messaging protocol 5, unsigned).
final class Kernel implements AutoCloseable {
    private static final Gson JSON = new Gson();
    private static final String DELIMITER = "<IDS|MSG>";
    private static final int ATTEMPTS = 4;
    private static final long START_SECONDS = 15;

    private final Process process;
    private final Path log;
    private final ZContext context = new ZContext();
    private final ZMQ.Socket shell = context.createSocket(SocketType.DEALER);
    private final ZMQ.Socket published = context.createSocket(SocketType.SUB);
    private final String session = UUID.randomUUID().toString();

    private record Message(String type, String parent, JsonObject content) {}

    /// Starts one in the present folder.
    ///
    /// @param folder for its connection file and its log
    static Kernel start(KernelSpec spec, Path folder) throws IOException {
        // What KernelMain makes rare may still happen on a busy machine.
        for (int attempt = 1; ; attempt++) {
            var kernel = new Kernel(spec, folder);
            if (kernel.answers()) return kernel;
            kernel.close();
            if (attempt == ATTEMPTS) {
                throw new IOException("the kernel does not answer:\n" + kernel.log());
            }
        }
    }

    private Kernel(KernelSpec spec, Path folder) throws IOException {
        var connection = new LinkedHashMap<String, Object>();
        connection.putAll(
                Map.of("transport", "tcp", "ip", "127.0.0.1", "signature_scheme", "hmac-sha256"));
        connection.put("key", "");
        var held = new ArrayList<ServerSocket>(); // all at once, so that they differ
        for (String port : List.of("shell", "iopub", "stdin", "control", "hb")) {
            var free = new ServerSocket(0);
            held.add(free);
            connection.put(port + "_port", free.getLocalPort());
        }
        for (var free : held) free.close();
        Path file = Files.writeString(folder.resolve("connection.json"), JSON.toJson(connection));
        log = folder.resolve("kernel.log");
        var command =
                spec.argv().stream()
                        .map(word -> word.equals("{connection_file}") ? file.toString() : word)
                        .toList();
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(log.toFile()).environment().putAll(spec.env());
        process = builder.start();
        published.subscribe(ZMQ.SUBSCRIPTION_ALL);
        published.connect("tcp://127.0.0.1:" + connection.get("iopub_port"));
        shell.connect("tcp://127.0.0.1:" + connection.get("shell_port"));
    }

    /// Waits until it answers a question and is heard to do so.
    private boolean answers() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (System.nanoTime() < end && process.isAlive()) {
            String question = send("kernel_info_request", new JsonObject());
            for (Message heard = receive(500); heard != null; heard = receive(500)) {
                if (heard.parent().equals(question) && isIdle(heard)) return true;
            }
        }
        return false;
    }

    /// Runs a cell, and waits for its end.
    ///
    /// @return what it put out, each display as it was shown last
    List<Output> run(String code) throws IOException {
        var request = new JsonObject();
        request.addProperty("code", code);
        request.addProperty("silent", false);
        request.addProperty("store_history", true);
        request.add("user_expressions", new JsonObject());
        request.addProperty("allow_stdin", false);
        request.addProperty("stop_on_error", true);
        String cell = send("execute_request", request);
        var outputs =
                new LinkedHashMap<String, Output>(); // by the display's name, or any of its own
        while (true) {
            Message heard = receive(1000);
            if (heard == null) {
                if (!process.isAlive()) throw new IOException("the kernel died:\n" + log());
            } else if (heard.parent().equals(cell)) {
                if (isIdle(heard)) return List.copyOf(outputs.values());
                switch (heard.type()) {
                    case "display_data", "update_display_data" ->
                            outputs.put(
                                    display(heard.content()),
                                    Output.of("display_data", heard.content()));
                    case "stream", "execute_result", "error" ->
                            outputs.put(
                                    "output " + outputs.size(),
                                    Output.of(heard.type(), heard.content()));
                    default -> {} // what it is doing
                }
            }
        }
    }

    private static String display(JsonObject content) {
        return content.getAsJsonObject("transient").get("display_id").getAsString();
    }

    private static boolean isIdle(Message message) {
        return message.type().equals("status")
                && message.content().get("execution_state").getAsString().equals("idle");
    }

    /// @return the message's name, which answers give as their parent's
    private String send(String type, JsonObject content) {
        String id = UUID.randomUUID().toString();
        var header =
                Map.of(
                        "msg_id",
                        id,
                        "username",
                        "check",
                        "session",
                        session,
                        "date",
                        "2026-01-01T00:00:00Z",
                        "msg_type",
                        type,
                        "version",
                        "5.3");
        String unsigned = "";
        for (String part : List.of(DELIMITER, unsigned, JSON.toJson(header), "{}", "{}")) {
            shell.sendMore(part);
        }
        shell.send(content.toString());
        return id;
    }

    /// The next published message, or null when there is none for that long.
    private @Nullable Message receive(int milliseconds) {
        published.setReceiveTimeOut(milliseconds);
        String address = published.recvStr();
        if (address == null) return null;
        while (!address.equals(DELIMITER)) address = published.recvStr();
        published.recv(); // the signature
        JsonObject header = json(published.recv());
        JsonObject parent = json(published.recv());
        published.recv(); // metadata
        JsonObject content = json(published.recv());
        return new Message(
                header.get("msg_type").getAsString(),
                parent.has("msg_id") ? parent.get("msg_id").getAsString() : "",
                content);
    }

    private static JsonObject json(byte[] frame) {
        return JsonParser.parseString(new String(frame, UTF_8)).getAsJsonObject();
    }

    private String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        context.close();
    }
}
