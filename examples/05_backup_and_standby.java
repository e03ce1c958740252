// A backup while the desk goes on, a standby that follows by entries, and a failover to it.
import io.tocsin.Desk;
import io.tocsin.Head;
import io.tocsin.OpenOptions;
import io.tocsin.Tocsin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

class BackupAndStandby {
    static final Instant AT = Instant.parse("2026-11-23T08:00:00Z");

    // Over a wire: the standby says where it is, the leader sends bytes, the standby takes them up.
    static void follow(Desk standby, Desk leader) {
        while (standby.head().sequence() < leader.head().sequence()) {
            long from = standby.head().sequence() + 1;
            byte[] entries = leader.readEntries(from, 4096);
            System.out.println(entries.length + " bytes from entry " + from + " on: " + standby.applyEntries(entries) + " entries");
        }
    }

    static void demand(boolean holds) {
        if (!holds) {
            throw new AssertionError("it does not hold");
        }
    }

    static void run(Path folder) {
        Path monday = folder.resolve("monday.desk");
        Head anchor;
        try (Desk standby = Tocsin.open(folder.resolve("standby.desk"))) {
            try (Desk leader = Tocsin.open(folder.resolve("leader.desk"))) {
                for (int i = 0; i < 10; ++i) {
                    String title = "Incident " + i;
                    Instant at = AT.plus(Duration.ofMinutes(i));
                    leader.logIncident(c -> c.title(title).at(at));
                }
                leader.backup(monday);
                follow(standby, leader);
                anchor = leader.head();
                demand(standby.head().equals(anchor));
            }
            // The standby becomes a desk of its own with its first command.
            standby.logIncident(c -> c.title("The machine of the leader is on fire").at(AT.plus(Duration.ofHours(1))));
            System.out.println(standby.verify().get("entries") + " entries verified after the failover");
        }
        try (Desk backup = Tocsin.open(monday, new OpenOptions().readOnly().mustExist())) {
            demand(backup.head().equals(anchor));
            System.out.println("the backup has " + backup.incidents(q -> {}).size() + " incidents");
        }
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("tocsin-");
        try {
            run(folder);
        } finally {
            for (String name : List.of("monday.desk", "standby.desk", "leader.desk", "")) {
                Files.deleteIfExists(folder.resolve(name));
            }
        }
    }
}
