// Escalations, where people have a say: pages are answered, runs begun and taken on, records handed over (E3-E6, R-P13).
#include "decide.hpp"

#include <tocsin/desk/permission.hpp>
#include <tocsin/escalation/commands.hpp>
#include <tocsin/escalation/events.hpp>
#include <tocsin/incident/commands.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/model/escalation_record.hpp>

#include "desk/escalation_trigger.hpp"
#include "desk/find_effect.hpp"
#include "incident/decide.hpp"

#include <algorithm>
#include <functional>

namespace tocsin::inline v1 {
namespace {

bool is_over(const record_run& kept) { return kept.run.state == run_state::ended; }

std::string names_of_runs(const deciding& d, const incident& r) {
  std::string names;
  for (std::size_t i = 0; i < runs_of(r).size(); ++i) {
    const record_run& kept = runs_of(r)[i];
    names += (i == 0 ? "" : ", ") + std::to_string(i + 1) + " of " +
             d.quoted(word_kind::escalation_policy, kept.policy.index) + " because of " + kept.cause;
  }
  return names;
}

// Its place. If no run is open, an ended one is meant, and the action is refused for that reason.
std::size_t run_of(const deciding& d, const incident& r, std::uint32_t number) {
  const std::vector<record_run>& runs = runs_of(r);
  if (number > runs.size() || runs.empty()) {
    throw error(status::not_found, "escalation.unknown_run",
                d.name_of(r) + " has no " + (number == 0 ? "escalation" : "escalation run " + std::to_string(number)) +
                    (runs.empty() ? "" : ", it has " + names_of_runs(d, r)));
  }
  if (number != 0) return number - 1;
  const auto under_way = static_cast<std::size_t>(std::ranges::count_if(runs, std::not_fn(is_over)));
  if (under_way > 1) {
    throw error(status::failed_precondition, "escalation.which_run",
                "run: several are under way for " + d.name_of(r) + "; name one of " + names_of_runs(d, r));
  }
  const auto found = std::ranges::find_if(runs, std::not_fn(is_over));
  return found == runs.end() ? runs.size() - 1 : static_cast<std::size_t>(found - runs.begin());
}

bool act_on(deciding& d, run_driver& keeper, std::size_t place, const run_action& action,
            const std::string& reason = {}) {
  const std::optional<error> refused = keeper.act(place, action, reason);
  if (refused) d.against.add(refused->reason().c_str(), refused->what());
  return !refused;
}

// Of one record.
void take_pages(deciding& d, std::span<const bundled_page> pages, bundle_acknowledged& done, objections& past) {
  const record_ref record = pages.front().incident;
  incident_ptr r = d.given.records.find(record);
  const bool gone = !r;
  if (r && is_hidden(d.state, *r, d.given.actor)) r = nullptr;
  const auto leave = [&](const bundled_page& page, const char* reason, const std::string& why) {
    past.add(reason, (r ? d.name_of(*r) + ": " : std::string()) + why);
    done.past.push_back({record, page.run, page.version, why});
  };
  const bool may = r && may_command(d.state, acknowledge_bundle::descriptor, d.given.actor, r.get(), d.given.at);
  if (!may) {
    for (const bundled_page& page : pages) {
      if (gone) {
        leave(page, "record.purged", "its record was purged");
      } else if (!r) {
        leave(page, "record.unknown", "its record is not there");
      } else {
        leave(page, "permission.denied",
              "no permission policy lets " + d.person_name(d.given.actor) + " take its pages");
      }
    }
    return;
  }
  run_driver keeper(*r, d.given, d.events);
  bool any = false;
  for (const bundled_page& page : pages) {
    const run_action action{
        .kind = run_action_kind::acknowledge, .by = d.given.actor, .step = page.step, .version = page.version};
    const std::optional<error> refused = keeper.act(page.run - 1, action);
    if (refused) {
      leave(page, refused->reason().c_str(), refused->what());
    } else {
      any = true;
      ++done.taken;
    }
  }
  if (any && is_open(r->state_kind) && !is_set(r->acknowledged_at)) d.emit(record, incident_acknowledged{});
}

void escalate_to_team(deciding& d, const incident& r, const escalate& c) {
  const team* now = d.state.definitions.of<team>().current(r.team.index);
  const team_ref next{now ? d.state.words.find(word_kind::team, now->escalates_to) : 0};
  const team_ref to = c.team ? c.team : next;
  if (!to) {
    d.against.add("escalation.no_next_level",
                  now ? "the team " + d.quoted(word_kind::team, r.team.index) + " escalates to no other; name one"
                      : "it has no team that could escalate it; name one");
    return;
  }
  const std::int64_t before = r.part_or_empty<incident_escalations>().functional_escalations;
  d.emit(c.incident, functional_escalation{
                         .run = 0, .node = {}, .from = r.team, .to = to, .reason = c.reason, .count = before + 1});
  give(d, r, {c.incident, to, {}, c.reason}, "escalate");
}

void escalate_to_manager(deciding& d, const incident& r, const escalate& c) {
  const auto& before = r.part_or_empty<incident_escalations>();
  const person_ref raised_to = before.raised_to;
  const person_ref below = raised_to ? raised_to : r.assignee;
  const person_ref to = c.person ? c.person : manager_of(d.state, below);
  if (!to) {
    d.against.add("escalation.no_manager", below ? d.person_name(below) + " has no manager; name a person"
                                                 : "nobody has it whose manager could be asked; name a person");
    return;
  }
  d.emit(c.incident,
         hierarchical_escalation{
             .run = 0, .node = {}, .to = to, .reason = c.reason, .count = before.hierarchical_escalations + 1});
  d.notify(r, page{.person = to,
                   .method = {},
                   .attempt = 1,
                   .urgency = urgency::high,
                   .reason = c.reason,
                   .title = r.text->title,
                   .priority = r.priority,
                   .severity = r.severity,
                   .service = r.service,
                   .scheduled_at = d.given.at});
}

}  // namespace

// ---- runs

void decide(const start_escalation& c, deciding& d) {
  const incident& r = d.open_or_resolved(c.incident, "start_escalation");
  d.refuse_as("start_escalation", r);
  const escalation_plan& plan = *d.state.definitions.of<escalation_plan>().current(c.policy.index);
  const std::string name = d.quoted(word_kind::escalation_policy, c.policy.index);
  d.against.unless(d.state.definitions.base_of(r) == record_base::incident, "escalation.not_an_incident",
                   "a record of type " + std::string(d.type_name(r.type)) + " is not escalated by policies");
  d.against.unless(is_open(r.state_kind), "incident.not_open", "its state is " + d.state_name(r) + ", not an open one");
  d.against.unless(!r.retrospective, "escalation.retrospective", "it was entered after the fact and pages nobody");
  const bool may =
      !plan.starts_on(escalation_cause::by_hand) || std::ranges::any_of(plan.policy.triggers, [&](auto& t) {
        return t.on == escalation_cause::by_hand &&
               trigger_holds(plan, static_cast<std::size_t>(&t - plan.policy.triggers.data()), r, d.given);
      });
  d.against.unless(may, "escalation.not_for_this",
                   "the conditions on which " + name + " may be started by hand do not hold");
  run_driver keeper(r, d.given, d.events);
  const auto found = std::ranges::find_if(keeper.runs(), [&](const record_run& kept) {
    return kept.policy == c.policy && kept.started_by == escalation_cause::by_hand;
  });
  const bool known = found != keeper.runs().end();
  if (known && !is_over(*found)) {
    d.against.add("escalation.started",
                  "a run of " + name + " that was started by hand is under way; escalate takes it on");
  }
  d.against.unless(known || keeper.runs().size() < limits::record_runs_max, "escalation.too_many",
                   "a record has at most " + std::to_string(limits::record_runs_max) + " runs");
  if (!d.against.empty()) return;
  if (known) return keeper.begin_again(static_cast<std::size_t>(found - keeper.runs().begin()), c.reason);
  keeper.start(c.policy, escalation_cause::by_hand, "by_hand", c.reason);
}

void decide(const acknowledge_page& c, deciding& d) {
  const incident& r = d.record_of(c.incident);
  d.refuse_as("acknowledge_page", r);
  run_driver keeper(r, d.given, d.events);
  const run_action action{
      .kind = run_action_kind::acknowledge, .by = d.given.actor, .step = c.step, .version = c.version};
  if (!act_on(d, keeper, run_of(d, r, c.run), action)) return;
  if (is_open(r.state_kind) && !is_set(r.acknowledged_at)) d.emit(c.incident, incident_acknowledged{});
}

// Each page is answered as if it had come alone. What others did to a run meanwhile does not stand against the rest; a
// bundle of which nothing is left to be taken is an old one (E6).
void decide(const acknowledge_bundle& c, deciding& d) {
  const incident& r = d.record_of(c.incident);
  d.refuse_as("acknowledge_bundle", r);
  const std::optional<page_bundle> bundle = find_effect<page_bundle>(d.given.records, c.incident, c.bundle);
  if (!bundle) {
    throw error(status::not_found, "escalation.unknown_bundle",
                "/bundle: " + d.name_of(r) + " sent no bundle " + std::to_string(c.bundle) +
                    "; allowed is the id that the outbox gave a page_bundle of this record",
                "{\"path\":\"/bundle\"}");
  }
  bundle_acknowledged done{.bundle = c.bundle, .taken = 0, .past = {}};
  objections past;
  for (auto page = bundle->pages.begin(); page != bundle->pages.end();) {
    const auto next = std::find_if(page, bundle->pages.end(), [&](auto& p) { return !(p.incident == page->incident); });
    take_pages(d, {page, next}, done, past);
    page = next;
  }
  if (done.taken == 0) past.throw_if_any("acknowledge_bundle", [&] { return d.name_of(r); });
  d.emit(c.incident, std::move(done));
}

void decide(const unacknowledge_page& c, deciding& d) {
  const incident& r = d.record_of(c.incident);
  d.refuse_as("unacknowledge_page", r);
  run_driver keeper(r, d.given, d.events);
  act_on(d, keeper, run_of(d, r, c.run), {.kind = run_action_kind::unacknowledge, .by = d.given.actor}, c.reason);
}

void decide(const snooze_escalation& c, deciding& d) {
  const incident& r = d.record_of(c.incident);
  d.refuse_as("snooze_escalation", r);
  run_driver keeper(r, d.given, d.events);
  act_on(
      d, keeper, run_of(d, r, c.run),
      {.kind = run_action_kind::snooze, .by = d.given.actor, .step = c.step, .version = c.version, .until = c.until});
}

// Whoever takes notice of the record takes its pages (E2), where anybody may.
void acknowledge_pages(deciding& d, const incident& r) {
  if (!r.part<incident_escalations>()) return;
  run_driver keeper(r, d.given, d.events);
  for (std::size_t i = 0; i < runs_of(r).size(); ++i) {
    if (runs_of(r)[i].run.state != run_state::triggered) continue;
    keeper.act(i, {.kind = run_action_kind::acknowledge, .by = d.given.actor});
  }
}

// ---- levels and managers (R-P13)

void decide(const escalate& c, deciding& d) {
  const incident& r = d.record_of(c.incident);
  d.refuse_as("escalate", r);
  if (c.kind == escalate_kind::next_step) {
    run_driver keeper(r, d.given, d.events);
    const run_action action{
        .kind = run_action_kind::escalate, .by = d.given.actor, .step = c.step, .version = c.version};
    act_on(d, keeper, run_of(d, r, c.run), action, c.reason);
    return;
  }
  d.against.unless(d.is_worked_on(r), "record.not_worked_on", d.nobody_works_on(r));
  d.against.unless(is_open(r.state_kind), "incident.not_open", "its state is " + d.state_name(r) + ", not an open one");
  d.against.unless(!c.reason.empty(), "escalation.reason", "it needs a reason");
  return c.kind == escalate_kind::functional ? escalate_to_team(d, r, c) : escalate_to_manager(d, r, c);
}

void decide(const hand_over& c, deciding& d) {
  const incident& r = d.record_of(c.incident);
  give(d, r, {c.incident, c.team, c.assignee, c.reason}, "hand_over");
  if (!d.against.empty()) return;
  run_driver keeper(r, d.given, d.events);
  keeper.assign(c.assignee);
  for (std::size_t i = 0; i < keeper.runs().size(); ++i) {
    if (is_over(keeper.runs()[i])) continue;
    act_on(d, keeper, i, {.kind = run_action_kind::hand_over, .by = d.given.actor}, c.reason);
  }
}

// ---- deliveries (E5)

void decide(const report_delivery& c, deciding& d) {
  const incident& r = d.record_of(c.incident);
  d.refuse_as("report_delivery", r);
  const std::size_t place = run_of(d, r, c.run);
  const record_run& kept = runs_of(r)[place];
  d.against.unless(c.version <= kept.run.version, "escalation.unknown_page",
                   "the run has no page of version " + std::to_string(c.version) + ", the latest is " +
                       std::to_string(kept.run.version));
  d.emit(c.incident,
         delivery_reported{static_cast<std::uint32_t>(place + 1), c.version, c.person, c.method, c.outcome, c.detail});
  if (c.outcome == delivery_outcome::delivered) return;
  run_driver keeper(r, d.given, d.events);
  keeper.miss(place, c.version, c.person);
}

}  // namespace tocsin::inline v1
