// Escalations, where people have a say: pages are answered, runs begun and taken on, records handed over (E3-E6, R-P13).
#include <tocsin/desk/permission.hpp>
#include <tocsin/escalation/commands.hpp>
#include <tocsin/escalation/events.hpp>
#include <tocsin/incident/commands.hpp>
#include <tocsin/incident/events.hpp>

#include "desk/deciding.hpp"
#include "desk/escalation_trigger.hpp"
#include "desk/past_effect.hpp"

#include <algorithm>
#include <functional>

namespace tocsin::inline v1 {
namespace {

bool is_over(const record_run& kept) { return kept.run.state == run_state::ended; }

const std::vector<record_run>& runs_of(const incident& r) {
  static const std::vector<record_run> none;
  return r.escalations ? r.escalations->escalations : none;
}

}  // namespace

// ---- which run is meant

std::string deciding::names_of_runs(const incident& r) const {
  std::string names;
  for (std::size_t i = 0; i < runs_of(r).size(); ++i) {
    const record_run& kept = runs_of(r)[i];
    names += (i == 0 ? "" : ", ") + std::to_string(i + 1) + " of " +
             quoted(word_kind::escalation_policy, kept.policy.index) + " because of " + kept.cause;
  }
  return names;
}

// Its place. If no run is open, an ended one is meant, and the action is refused for that reason.
std::size_t deciding::run_of(const incident& r, std::uint32_t number) const {
  const std::vector<record_run>& runs = runs_of(r);
  if (number > runs.size() || runs.empty()) {
    throw error(status::not_found, "escalation.unknown_run",
                name_of(r) + " has no " + (number == 0 ? "escalation" : "escalation run " + std::to_string(number)) +
                    (runs.empty() ? "" : ", it has " + names_of_runs(r)));
  }
  if (number != 0) return number - 1;
  const auto under_way = static_cast<std::size_t>(std::ranges::count_if(runs, std::not_fn(is_over)));
  if (under_way > 1) {
    throw error(status::failed_precondition, "escalation.which_run",
                "run: several are under way for " + name_of(r) + "; name one of " + names_of_runs(r));
  }
  const auto found = std::ranges::find_if(runs, std::not_fn(is_over));
  return found == runs.end() ? runs.size() - 1 : static_cast<std::size_t>(found - runs.begin());
}

bool deciding::act_on(run_keeper& keeper, std::size_t place, const run_action& action, const std::string& reason) {
  const std::optional<error> refused = keeper.act(place, action, reason);
  if (refused) against_.add(refused->reason().c_str(), refused->what());
  return !refused;
}

// ---- runs

void deciding::operator()(const start_escalation& c) {
  const incident& r = open_or_resolved(c.incident, "start_escalation");
  refuse_as("start_escalation", r);
  const escalation_plan& plan = *state_.definitions.escalation_policies.current(c.policy.index);
  const std::string name = quoted(word_kind::escalation_policy, c.policy.index);
  against_.unless(state_.definitions.base_of(r) == record_base::incident, "escalation.not_an_incident",
                  "a record of type " + std::string(type_name(r.type)) + " is not escalated by policies");
  against_.unless(is_open(r.state_kind), "incident.not_open", "its state is " + state_name(r) + ", not an open one");
  against_.unless(!r.retrospective, "escalation.retrospective", "it was entered after the fact and pages nobody");
  const bool may =
      !plan.starts_on(escalation_cause::by_hand) || std::ranges::any_of(plan.policy.triggers, [&](auto& t) {
        return t.on == escalation_cause::by_hand &&
               trigger_holds(plan, static_cast<std::size_t>(&t - plan.policy.triggers.data()), r, given_);
      });
  against_.unless(may, "escalation.not_for_this",
                  "the conditions on which " + name + " may be started by hand do not hold");
  run_keeper keeper(r, given_, events_);
  const auto found = std::ranges::find_if(keeper.runs(), [&](const record_run& kept) {
    return kept.policy == c.policy && kept.started_by == escalation_cause::by_hand;
  });
  const bool known = found != keeper.runs().end();
  if (known && !is_over(*found)) {
    against_.add("escalation.started",
                 "a run of " + name + " that was started by hand is under way; escalate takes it on");
  }
  against_.unless(known || keeper.runs().size() < limits::record_runs_max, "escalation.too_many",
                  "a record has at most " + std::to_string(limits::record_runs_max) + " runs");
  if (!against_.empty()) return;
  if (known) return keeper.begin_again(static_cast<std::size_t>(found - keeper.runs().begin()), c.reason);
  keeper.start(c.policy, escalation_cause::by_hand, "by_hand", c.reason);
}

void deciding::operator()(const acknowledge_page& c) {
  const incident& r = record_of(c.incident);
  refuse_as("acknowledge_page", r);
  run_keeper keeper(r, given_, events_);
  const run_action action{
      .kind = run_action_kind::acknowledge, .by = given_.actor, .step = c.step, .version = c.version};
  if (!act_on(keeper, run_of(r, c.run), action)) return;
  if (is_open(r.state_kind) && !is_set(r.acknowledged_at)) emit(c.incident, incident_acknowledged{});
}

// Each page is answered as if it had come alone. What others did to a run meanwhile does not stand against the rest; a
// bundle of which nothing is left to be taken is an old one (E6).
void deciding::operator()(const acknowledge_bundle& c) {
  const incident& r = record_of(c.incident);
  refuse_as("acknowledge_bundle", r);
  const std::optional<page_bundle> bundle = past_effect<page_bundle>(given_.records, c.incident, c.bundle);
  if (!bundle) {
    throw error(status::not_found, "escalation.unknown_bundle",
                "/bundle: " + name_of(r) + " sent no bundle " + std::to_string(c.bundle) +
                    "; allowed is the id that the outbox gave a page_bundle of this record",
                "{\"path\":\"/bundle\"}");
  }
  bundle_acknowledged done{.bundle = c.bundle, .taken = 0, .past = {}};
  objections past;
  for (auto page = bundle->pages.begin(); page != bundle->pages.end();) {
    const auto next = std::find_if(page, bundle->pages.end(), [&](auto& p) { return !(p.incident == page->incident); });
    take_pages({page, next}, done, past);
    page = next;
  }
  if (done.taken == 0) past.throw_if_any("acknowledge_bundle", [&] { return name_of(r); });
  emit(c.incident, std::move(done));
}

// Of one record.
void deciding::take_pages(std::span<const bundled_page> pages, bundle_acknowledged& done, objections& past) {
  const record_ref record = pages.front().incident;
  incident_ptr r = given_.records.find(record);
  const bool gone = !r;
  if (r && is_hidden(state_, *r, given_.actor)) r = nullptr;
  const auto leave = [&](const bundled_page& page, const char* reason, const std::string& why) {
    past.add(reason, (r ? name_of(*r) + ": " : std::string()) + why);
    done.past.push_back({record, page.run, page.version, why});
  };
  const bool may = r && may_command(state_, acknowledge_bundle::descriptor, given_.actor, r.get(), given_.at);
  if (!may) {
    for (const bundled_page& page : pages) {
      if (gone) {
        leave(page, "record.purged", "its record was purged");
      } else if (!r) {
        leave(page, "record.unknown", "its record is not there");
      } else {
        leave(page, "permission.denied", "no permission policy lets " + person_name(given_.actor) + " take its pages");
      }
    }
    return;
  }
  run_keeper keeper(*r, given_, events_);
  bool any = false;
  for (const bundled_page& page : pages) {
    const run_action action{
        .kind = run_action_kind::acknowledge, .by = given_.actor, .step = page.step, .version = page.version};
    const std::optional<error> refused = keeper.act(page.run - 1, action);
    if (refused) {
      leave(page, refused->reason().c_str(), refused->what());
    } else {
      any = true;
      ++done.taken;
    }
  }
  if (any && is_open(r->state_kind) && !is_set(r->acknowledged_at)) emit(record, incident_acknowledged{});
}

void deciding::operator()(const unacknowledge_page& c) {
  const incident& r = record_of(c.incident);
  refuse_as("unacknowledge_page", r);
  run_keeper keeper(r, given_, events_);
  act_on(keeper, run_of(r, c.run), {.kind = run_action_kind::unacknowledge, .by = given_.actor}, c.reason);
}

void deciding::operator()(const snooze_escalation& c) {
  const incident& r = record_of(c.incident);
  refuse_as("snooze_escalation", r);
  run_keeper keeper(r, given_, events_);
  act_on(keeper, run_of(r, c.run),
         {.kind = run_action_kind::snooze, .by = given_.actor, .step = c.step, .version = c.version, .until = c.until});
}

// Whoever takes notice of the record takes its pages (E2), where anybody may.
void deciding::acknowledge_pages(const incident& r) {
  if (!r.escalations) return;
  run_keeper keeper(r, given_, events_);
  for (std::size_t i = 0; i < runs_of(r).size(); ++i) {
    if (runs_of(r)[i].run.state != run_state::triggered) continue;
    keeper.act(i, {.kind = run_action_kind::acknowledge, .by = given_.actor});
  }
}

// ---- levels and managers (R-P13)

void deciding::operator()(const escalate& c) {
  const incident& r = record_of(c.incident);
  refuse_as("escalate", r);
  if (c.kind == escalate_kind::next_step) {
    run_keeper keeper(r, given_, events_);
    const run_action action{
        .kind = run_action_kind::escalate, .by = given_.actor, .step = c.step, .version = c.version};
    act_on(keeper, run_of(r, c.run), action, c.reason);
    return;
  }
  against_.unless(is_worked_on(r), "record.not_worked_on", nobody_works_on(r));
  against_.unless(is_open(r.state_kind), "incident.not_open", "its state is " + state_name(r) + ", not an open one");
  against_.unless(!c.reason.empty(), "escalation.reason", "it needs a reason");
  return c.kind == escalate_kind::functional ? escalate_to_team(r, c) : escalate_to_manager(r, c);
}

void deciding::escalate_to_team(const incident& r, const escalate& c) {
  const team* now = state_.definitions.teams.current(r.team.index);
  const team_ref next{now ? state_.words.find(word_kind::team, now->escalates_to) : 0};
  const team_ref to = c.team ? c.team : next;
  if (!to) {
    against_.add("escalation.no_next_level",
                 now ? "the team " + quoted(word_kind::team, r.team.index) + " escalates to no other; name one"
                     : "it has no team that could escalate it; name one");
    return;
  }
  const std::int64_t before = r.escalations ? r.escalations->functional_escalations : 0;
  emit(c.incident,
       functional_escalation{.run = 0, .node = {}, .from = r.team, .to = to, .reason = c.reason, .count = before + 1});
  give(r, {c.incident, to, {}, c.reason}, "escalate");
}

void deciding::escalate_to_manager(const incident& r, const escalate& c) {
  const person_ref raised_to = r.escalations ? r.escalations->raised_to : person_ref{};
  const person_ref below = raised_to ? raised_to : r.assignee;
  const person_ref to = c.person ? c.person : manager_of(state_, below);
  if (!to) {
    against_.add("escalation.no_manager", below ? person_name(below) + " has no manager; name a person"
                                                : "nobody has it whose manager could be asked; name a person");
    return;
  }
  const std::int64_t before = r.escalations ? r.escalations->hierarchical_escalations : 0;
  emit(c.incident, hierarchical_escalation{.run = 0, .node = {}, .to = to, .reason = c.reason, .count = before + 1});
  notify(r, page{.person = to,
                 .method = {},
                 .attempt = 1,
                 .urgency = urgency::high,
                 .reason = c.reason,
                 .title = r.text->title,
                 .priority = r.priority,
                 .severity = r.severity,
                 .service = r.service,
                 .scheduled_at = given_.at});
}

// As assign_incident does; objections name the command that asked.
void deciding::give(const incident& r, assign_incident to, std::string_view asked_by) {
  handed_ = std::move(to);
  (*this)(handed_);
  refuse_as(asked_by, r);
}

void deciding::operator()(const hand_over& c) {
  const incident& r = record_of(c.incident);
  give(r, {c.incident, c.team, c.assignee, c.reason}, "hand_over");
  if (!against_.empty()) return;
  run_keeper keeper(r, given_, events_);
  keeper.assign(c.assignee);
  for (std::size_t i = 0; i < keeper.runs().size(); ++i) {
    if (is_over(keeper.runs()[i])) continue;
    act_on(keeper, i, {.kind = run_action_kind::hand_over, .by = given_.actor}, c.reason);
  }
}

// ---- deliveries (E5)

void deciding::operator()(const report_delivery& c) {
  const incident& r = record_of(c.incident);
  refuse_as("report_delivery", r);
  const std::size_t place = run_of(r, c.run);
  const record_run& kept = runs_of(r)[place];
  against_.unless(c.version <= kept.run.version, "escalation.unknown_page",
                  "the run has no page of version " + std::to_string(c.version) + ", the latest is " +
                      std::to_string(kept.run.version));
  emit(c.incident,
       delivery_reported{static_cast<std::uint32_t>(place + 1), c.version, c.person, c.method, c.outcome, c.detail});
  if (c.outcome == delivery_outcome::delivered) return;
  run_keeper keeper(r, given_, events_);
  keeper.miss(place, c.version, c.person);
}

}  // namespace tocsin::inline v1
