// A workflow of one's own, published from objects, and an incident driven through it, past a guard that says no.
import io.tocsin.Definitions.CustomField;
import io.tocsin.Definitions.Person;
import io.tocsin.Definitions.RecordType;
import io.tocsin.Definitions.Workflow;
import io.tocsin.Definitions.WorkflowStates;
import io.tocsin.Definitions.WorkflowTransitions;
import io.tocsin.Definitions.WorkflowTransitionsGuards;
import io.tocsin.Desk;
import io.tocsin.Records.IncidentRecord;
import io.tocsin.Tocsin;
import io.tocsin.TocsinException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

class OwnWorkflow {
    static final Instant AT = Instant.parse("2026-11-23T08:00:00Z");
    static final Instant REPAIRED = AT.plus(Duration.ofHours(2));

    // A fault in a lift: nobody closes it before it was inspected, and it is taken back if it breaks within a month.
    static final Workflow WORKFLOW = new Workflow().key("lift").name("Fault in a lift")
            .states(new WorkflowStates().name("reported").kind("new").initial(true),
                    new WorkflowStates().name("under_repair").kind("in_progress"),
                    new WorkflowStates().name("repaired").kind("resolved"),
                    new WorkflowStates().name("closed").kind("closed"),
                    new WorkflowStates().name("withdrawn").kind("cancelled"))
            .transitions(move("begin_work", "reported", "under_repair"),
                    move("resolve", "under_repair", "repaired").guards(new WorkflowTransitionsGuards()
                            .condition(Map.of("var", "custom.inspected")).says("the lift has been inspected")),
                    move("close", "repaired", "closed"),
                    move("reopen", "repaired", "under_repair"),
                    move("cancel", "reported", "withdrawn"))
            .resolutionCodes("repaired", "replaced")
            .reopenWindow(Duration.ofDays(30));

    static WorkflowTransitions move(String verb, String from, String to) {
        return new WorkflowTransitions().verb(verb).from(from).to(to);
    }

    public static void main(String[] arguments) {
        try (Desk desk = Tocsin.open()) {
            desk.publish(c -> c.at(AT)
                    .people(new Person().key("tom").name("Tom"))
                    .customFields(new CustomField().key("inspected").name("Inspected").kind("boolean").types("lift_fault"))
                    .workflows(WORKFLOW)
                    .recordTypes(new RecordType().key("lift_fault").name("Lift").base("incident").numberPrefix("LFT").workflow("lift")));
            String number = desk.logIncident(c -> c.type("lift_fault").title("Lift 2 stands still").at(AT)).record().number();
            desk.beginWork(c -> c.incident(number).actor("tom").at(AT.plus(Duration.ofMinutes(20))));

            try {
                desk.resolveIncident(c -> c.incident(number).actor("tom").code("repaired").notes("New fuse").at(REPAIRED));
                throw new AssertionError("it was not inspected");
            } catch (TocsinException.FailedPrecondition refusal) {
                System.out.println("Not yet: " + refusal.getMessage() + " " + refusal.detail().get("unmet"));
            }
            desk.setCustomFields(c -> c.incident(number).actor("tom").custom(Map.of("inspected", true)).at(REPAIRED));
            desk.resolveIncident(c -> c.incident(number).actor("tom").code("repaired").notes("New fuse").at(REPAIRED));

            IncidentRecord record = desk.get(q -> q.incident(number));
            System.out.println(number + " is " + record.state() + " since " + record.resolvedAt());
            if (!record.state().equals("repaired")) {
                throw new AssertionError("it is not repaired");
            }
        }
    }
}
