// A desk that runs: timers fire when they are due, pages go out as they come, an acknowledgement ends it. Patience is a
// second here, so that it is soon over.
import io.tocsin.Definitions.EscalationPolicy;
import io.tocsin.Definitions.EscalationPolicySteps;
import io.tocsin.Definitions.EscalationPolicyStepsTargets;
import io.tocsin.Definitions.Person;
import io.tocsin.Desk;
import io.tocsin.Effect;
import io.tocsin.Events;
import io.tocsin.OpenOptions;
import io.tocsin.Tocsin;
import java.time.Duration;
import java.time.InstantSource;

class EventLoop {
    static EscalationPolicySteps step(String person, Duration patience) {
        return new EscalationPolicySteps().targets(new EscalationPolicyStepsTargets().kind("person").key(person)).delay(patience);
    }

    public static void main(String[] arguments) throws InterruptedException {
        try (Desk desk = Tocsin.open(new OpenOptions().clock(InstantSource.system()))) {
            desk.publish(c -> c
                    .people(new Person().key("ana").name("Ana"), new Person().key("ben").name("Ben"))
                    .escalationPolicies(new EscalationPolicy().key("night")
                            .steps(step("ana", Duration.ofSeconds(1)), step("ben", Duration.ofMinutes(5)))));

            Thread timers = new Thread(desk::runTimers);
            timers.start();
            String number = desk.logIncident(c -> c.title("Mail is down").severity("sev1")).record().number();
            desk.startEscalation(c -> c.incident(number).policy("night"));

            // What a host does with an effect: here a person answers it, Ben at once, Ana not at all.
            for (Effect effect : desk.followEffects("pager")) {
                if (!effect.is(Events.Page.class)) {
                    continue;
                }
                String person = effect.as(Events.Page.class).person();
                System.out.println(effect.scheduledAt() + " page " + person);
                if (person.equals("ben")) {
                    desk.acknowledgePage(c -> c.incident(number).actor("ben"));
                    Thread.currentThread().interrupt(); // the next round ends the loop
                }
            }
            Thread.interrupted();
            timers.interrupt();
            timers.join();
            if (!desk.get(q -> q.incident(number)).acknowledgedBy().equals("ben")) {
                throw new AssertionError("Ben did not acknowledge it");
            }
        }
    }
}
