// A desk in memory, one incident: the program of the main README, for Java.
import io.tocsin.Desk;
import io.tocsin.Result;
import io.tocsin.Tocsin;
import java.time.Instant;

class FirstIncident {
    public static void main(String[] arguments) {
        try (Desk desk = Tocsin.open()) {
            Result logged = desk.logIncident(c -> c.title("VPN is down").impact("high").urgency("high")
                    .at(Instant.parse("2026-11-22T08:00:00Z")));
            System.out.println(logged.record().number() + " " + logged.events().get(0).event());
        }
    }
}
