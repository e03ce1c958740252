// A worker that sends what lies in the outbox, is stopped in the middle, and sends nothing twice and nothing never: the
// cursor of a consumer is in the desk's file, and the id of an effect tells the receiver what it has already.
import io.tocsin.Definitions.Person;
import io.tocsin.Desk;
import io.tocsin.Effect;
import io.tocsin.Tocsin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

class OutboxWorker {
    static final Instant AT = Instant.parse("2026-11-23T08:00:00Z");

    static final class Lost extends RuntimeException {}

    // A mail server takes a message once: what comes again under the same id, it has already.
    static final class MailServer {
        final Set<Long> received = new LinkedHashSet<>();
        int calls;

        void send(Effect effect) {
            received.add(effect.id());
            if (++calls == 2) {
                throw new Lost(); // its answer
            }
        }
    }

    static void work(Path path, MailServer server) {
        try (Desk desk = Tocsin.open(path)) {
            for (Effect effect : desk.effects("mailer")) {
                server.send(effect);
            }
        }
    }

    // Logs incidents, and says which messages they come to.
    static List<Long> fill(Path path) {
        try (Desk desk = Tocsin.open(path)) {
            desk.publish(c -> c.at(AT).people(new Person().key("ana").name("Ana"), new Person().key("ben").name("Ben")));
            for (String title : List.of("VPN is down", "Mail is slow", "Printer jams")) {
                String number = desk.logIncident(c -> c.title(title).caller("ben").at(AT)).record().number();
                desk.assignIncident(c -> c.incident(number).assignee("ana").at(AT));
            }
            return desk.takeEffects("a look without acknowledging", 100).stream().map(Effect::id).toList();
        }
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("tocsin-");
        Path path = folder.resolve("support.desk");
        try {
            List<Long> expected = fill(path);
            MailServer server = new MailServer();
            try {
                work(path, server);
                throw new AssertionError("nothing was lost");
            } catch (Lost lost) {
                work(path, server); // another worker, later
            }
            System.out.println(server.received.size() + " messages in " + server.calls + " calls");
            if (!new ArrayList<>(server.received).equals(expected) || server.calls != expected.size() + 1) {
                throw new AssertionError("expected " + expected + ", received " + server.received);
            }
        } finally {
            Files.deleteIfExists(path);
            Files.deleteIfExists(folder);
        }
    }
}
