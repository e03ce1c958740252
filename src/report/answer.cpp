#include <tocsin/report/answer.hpp>

#include <tocsin/base/error.hpp>
#include <tocsin/base/json.hpp>
#include <tocsin/base/one_of_members.hpp>
#include <tocsin/desk/action.hpp>
#include <tocsin/desk/built_in_pack.hpp>
#include <tocsin/desk/category_history.hpp>
#include <tocsin/desk/condition_words.hpp>
#include <tocsin/desk/definition_kinds.hpp>
#include <tocsin/desk/document.hpp>
#include <tocsin/desk/permission.hpp>
#include <tocsin/desk/query.hpp>
#include <tocsin/desk/record_schema.hpp>
#include <tocsin/desk/references.hpp>
#include <tocsin/desk/viewer.hpp>
#include <tocsin/incident/commands.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/report/assignment.hpp>
#include <tocsin/report/catalogue.hpp>
#include <tocsin/report/check_escalation.hpp>
#include <tocsin/report/clocks.hpp>
#include <tocsin/report/deliveries.hpp>
#include <tocsin/report/duty.hpp>
#include <tocsin/report/escalations.hpp>
#include <tocsin/report/form.hpp>
#include <tocsin/report/metrics.hpp>
#include <tocsin/report/satisfaction.hpp>
#include <tocsin/report/simulate.hpp>
#include <tocsin/report/suggest.hpp>
#include <tocsin/report/summary.hpp>
#include <tocsin/rule/condition_lint.hpp>

#include "audience.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

// Answers stand on one line each.
std::string without_space(std::string_view json) {
  std::string compact;
  bool in_text = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (!in_text && (c == ' ' || c == '\n' || c == '\r' || c == '\t')) continue;
    if (c == '"') in_text = !in_text;
    compact += c;
    if (in_text && c == '\\') compact += json[++i];
  }
  return compact;
}

// The order is that of query_types().
struct question_list
    : types<std::monostate, get_query, find_query, count_query, timeline_query, timers_query, definitions_query,
            summary_query, status_query, allowed_actions_query, form_query, changes_query, explain_query, clocks_query,
            clock_proof_query, clock_attribution_query, breaches_ahead_query, attainment_query, who_is_on_call_query,
            shifts_query, hand_offs_query, gaps_query, fairness_query, duty_calendar_query, contact_attempts_query,
            swaps_query, coverage_gaps_query, role_holders_query, check_escalation_query, escalations_query,
            escalation_latency_query, optional_packs_query, presence_query, explain_assignment_query,
            propose_assignment_query, workload_query, simulate_query, metric_query, deliveries_query,
            satisfaction_query, suggest_query> {};
using question = one_of<question_list>;

const tagged_form& question_form() {
  static const std::vector<tagged_type> types = [] {
    std::vector<tagged_type> all;
    for (const vocabulary_type& t : query_types()) all.push_back({t.name, t.fields});
    return all;
  }();
  static const tagged_form form{"a query", "query", asker::fields(), types, "see the schema of queries"};
  return form;
}

// ---- each question

class answerer {
 public:
  answerer(const desk& d, json_writer& to, person_ref actor)
      : d_(d), to_(to), names_(names_of(d)), by_(d, actor), actor_(by_.actor()) {}

  void operator()(const std::monostate&) {}

  void operator()(const get_query& q) {
    const incident_ptr record = demand_record("get", q.incident);
    to_.begin_object();
    const incident_ptr then = get(d_, q);
    shown_members().write(to_, *then, d_, names_, audience("get", record.get()), by_);
    as_of until;
    if (is_set(q.as_of)) until.at = q.as_of;
    if (q.as_of_sequence != 0) until.sequence = static_cast<std::uint64_t>(q.as_of_sequence);
    write_path(then->category, category_history(d_), until);
    to_.end_object();
  }

  void operator()(const find_query& q) {
    const shown_members shown(q.members, d_.state().words);
    const find_answer found = find(d_, q, actor_);
    to_.begin_object();
    to_.key("records");
    to_.begin_array();
    for (const incident_ptr& record : found.records) {
      to_.begin_object();
      const incident_ptr now = is_set(q.as_of) ? d_.find({record->id}) : record;
      shown.write(to_, *record, d_, names_, audience("find", now.get()), by_);
      to_.end_object();
    }
    to_.end_array();
    if (!found.cursor.empty()) to_.member("cursor", found.cursor);
    write_warnings(q.condition);
    to_.end_object();
  }

  void operator()(const count_query& q) {
    const std::vector<counted_field> fields = count_fields(d_, q);
    std::uint64_t total = 0;
    to_.begin_object();
    to_.key("groups");
    to_.begin_array();
    for (const count_group& group : count(d_, q, actor_)) {
      to_.begin_object();
      for (std::size_t i = 0; i < fields.size(); ++i) write_counted(fields[i], group.values[i]);
      to_.member("count", static_cast<std::int64_t>(group.count));
      to_.end_object();
      total += group.count;
    }
    to_.end_array();
    to_.member("total", static_cast<std::int64_t>(total));
    write_warnings(q.condition);
    to_.end_object();
  }

  void operator()(const timeline_query& q) {
    const incident_ptr record = demand_record("timeline", q.incident);
    const visibility seen_by = audience("timeline", record.get());
    const category_history categories(d_);
    to_.begin_object();
    to_.key("incident");
    to_.begin_object();
    shown_members().write(to_, *record, d_, names_, seen_by, by_);
    to_.end_object();
    to_.key("events");
    to_.begin_array();
    for (const entry& e : read_chain(d_.storage(), *record, UINT64_MAX)) {
      for (const event& happened : e.events) {
        if (happened.record.id == record->id && is_for(seen_by, happened) && !by_.hides(happened)) {
          write_happened(e, happened, seen_by, categories);
        }
      }
    }
    to_.end_array();
    to_.end_object();
  }

  void operator()(const timers_query& q) {
    demand("timers");
    to_.begin_object();
    to_.key("timers");
    to_.begin_array();
    for (const timer& t : pending_timers(d_, static_cast<std::size_t>(q.limit == 0 ? 100 : q.limit), actor_)) {
      to_.begin_object();
      write("due", t.due);
      to_.member("timer", choices(t.kind)[static_cast<std::size_t>(t.kind) - 1]);
      to_.member("incident", d_.show_number(t.number));
      to_.end_object();
    }
    to_.end_array();
    to_.end_object();
  }

  void operator()(const definitions_query& q) {
    demand("definitions");
    const auto types = definition_types();
    const auto type = std::ranges::find(types, q.kind, &definition_type::kind);
    if (type == types.end()) {
      std::string allowed;
      for (const definition_type& t : types) allowed += (allowed.empty() ? "" : ", ") + std::string(t.kind);
      throw error(status::invalid_argument, "query.kind", "/kind: found \"" + q.kind + "\", allowed " + allowed);
    }
    const auto then = is_set(q.as_of) ? definitions_as_of(d_, q.as_of) : nullptr;
    const desk_state& state = then ? *then : d_.state();
    to_.begin_object();
    to_.key("definitions");
    to_.begin_array();
    each_definition_kind([&]<class Kind>(Kind) {
      if (name(Kind::kind) == q.kind) write_definitions(Kind::known(state.definitions), state.words, Kind::kind, q.key);
    });
    to_.end_array();
    to_.end_object();
  }

  void operator()(const summary_query& q) {
    demand("summary");
    const summary answer = summarise(d_, q, actor_);
    to_.begin_object();
    if (is_set(answer.as_of)) write("as_of", answer.as_of);
    write_summary(to_, answer, d_.state().words);
    if (!q.by.empty()) {
      to_.key("groups");
      to_.begin_array();
      for (const summary_group& group : answer.groups) {
        to_.begin_object();
        for (std::size_t i = 0; i < answer.fields.size(); ++i) write_counted(answer.fields[i], group.values[i]);
        write_summary_group(to_, group);
        to_.end_object();
      }
      to_.end_array();
    }
    to_.end_object();
  }

  void operator()(const allowed_actions_query& q) {
    const incident_ptr record = demand_record("allowed_actions", q.incident);
    to_.begin_object();
    to_.member("incident", d_.show_number(record->number));
    to_.member("state", d_.state().words.word(word_kind::state, record->state.index));
    to_.key("actions");
    to_.begin_array();
    const bool says_why = audience("allowed_actions", record.get()) != visibility::requester;
    for (const action& a : allowed_actions(d_, *record, actor_)) write_action(a, says_why);
    to_.end_array();
    to_.end_object();
  }

  void operator()(const form_query& q) {
    q.incident ? void(demand_record("form", q.incident)) : demand("form");
    write_form(to_, d_, q);
  }

  void operator()(const changes_query& q) {
    const std::uint64_t end = d_.state().counters.sequence;
    const auto after = static_cast<std::uint64_t>(q.after);
    const auto most = static_cast<std::uint64_t>(q.limit == 0 ? 100 : q.limit);
    const std::uint64_t last = std::min(end, after + std::min(most, end));
    to_.begin_object();
    to_.key("entries");
    to_.begin_array();
    for (std::uint64_t sequence = after + 1; sequence <= last; ++sequence) write_change(sequence);
    to_.end_array();
    to_.member("last", static_cast<std::int64_t>(std::max(after, last)));
    to_.member_boolean("more", last < end);
    to_.end_object();
  }

  void operator()(const explain_query& q) {
    demand_record("explain", q.incident);
    const incident_ptr record = get(d_, {q.incident, q.as_of, 0});
    const desk_state& state = d_.state();
    const condition asked = compile_asked(q.condition, state, "/condition");
    const auto then = is_set(q.as_of) ? definitions_as_of(d_, q.as_of) : nullptr;
    const definition_table& known = then ? then->definitions : state.definitions;
    const record_view seen{*state.definitions.schemas, known, state.words, *record, actor_};
    const instant now = is_set(q.as_of) ? q.as_of : state.counters.clock;
    to_.begin_object();
    to_.member("incident", d_.show_number(record->number));
    to_.member_boolean("holds", holds(asked, seen.data(), now));
    to_.key("why");
    write_explanation(to_, explain(asked, seen.data(), now));
    write_warnings(q.condition);
    to_.end_object();
  }

  // What is odd about the condition of a question.
  void write_warnings(const embedded_json& condition) {
    if (!condition) return;
    const condition_schema& schema = d_.state().definitions.schemas->record();
    const std::vector<std::string> odd = lint(compile_condition(condition.text, schema), schema);
    if (odd.empty()) return;
    to_.key("warnings");
    to_.begin_array();
    for (const std::string& one : odd) to_.text("/condition: " + one);
    to_.end_array();
  }

  void operator()(const clocks_query& q) {
    demand_record("clocks", q.incident);
    write_clocks(to_, d_, q);
  }

  void operator()(const clock_proof_query& q) {
    demand_record("clock_proof", q.incident);
    write_clock_proof(to_, d_, q);
  }

  void operator()(const clock_attribution_query& q) {
    demand_record("clock_attribution", q.incident);
    write_attribution(to_, d_, q);
  }

  void operator()(const escalations_query& q) {
    demand_record("escalations", q.incident);
    write_escalations(to_, d_, q, by_);
  }

  void operator()(const escalation_latency_query& q) {
    demand("escalation_latency");
    write_escalation_latency(to_, d_, q, by_);
  }

  void operator()(const breaches_ahead_query& q) { write_breaches_ahead(to_, d_, q, actor_); }

  void operator()(const attainment_query& q) {
    const attainment_answer answer = measure_attainment(d_, q, actor_);
    to_.begin_object();
    to_.key(q.by.empty() ? "policies" : "groups");
    to_.begin_array();
    for (const attainment_group& group : answer.groups) {
      to_.begin_object();
      if (group.policy) to_.member("policy", d_.state().words.word(word_kind::sla_policy, group.policy.index));
      for (std::size_t i = 0; i < answer.fields.size(); ++i) write_counted(answer.fields[i], group.values[i]);
      write_attainment(to_, group.figures);
      to_.end_object();
    }
    to_.end_array();
    to_.key("total");
    to_.begin_object();
    write_attainment(to_, answer.total);
    to_.end_object();
    to_.end_object();
  }

  template <duty_operation Operation>
  void operator()(const duty_query<Operation>& q) {
    demand(duty_query_name(Operation));
    to_.raw(answer_duty(d_, Operation, q.asked, q.team));
  }

  void operator()(const coverage_gaps_query& q) {
    demand("coverage_gaps");
    write_coverage_gaps(to_, d_, q);
  }

  void operator()(const role_holders_query& q) {
    demand("role_holders");
    write_role_holders(to_, d_, q);
  }

  void operator()(const check_escalation_query& q) {
    demand("check_escalation");
    write_escalation_check(to_, d_, q);
  }

  void operator()(const explain_assignment_query& q) {
    demand_record("explain_assignment", q.incident);
    write_assignments(to_, d_, q);
  }

  void operator()(const propose_assignment_query& q) {
    demand_record("propose_assignment", q.incident);
    write_proposal(to_, d_, q, actor_);
  }

  void operator()(const workload_query& q) {
    demand("workload");
    write_workload(to_, d_, q, by_);
  }

  void operator()(const suggest_query& q) {
    q.incident ? void(demand_record("suggest", q.incident)) : demand("suggest");
    write_suggestions(to_, d_, q, actor_);
  }

  void operator()(const simulate_query& q) {
    demand("simulate");
    write_simulation(to_, d_, q, actor_);
  }

  void operator()(const optional_packs_query& q) {
    demand("optional_packs");
    bool found = q.name.empty();
    std::string names;
    to_.begin_object();
    to_.key("packs");
    to_.begin_array();
    for (const optional_pack& pack : optional_packs()) {
      names += (names.empty() ? "" : ", ") + std::string(pack.name);
      if (!q.name.empty() && q.name != pack.name) continue;
      found = true;
      to_.begin_object();
      to_.member("name", pack.name);
      to_.member("meaning", pack.meaning);
      to_.key("pack");
      to_.raw(without_space(pack.document));
      to_.end_object();
    }
    to_.end_array();
    to_.end_object();
    if (found) return;
    throw error(status::not_found, "pack.unknown", "there is no built-in pack \"" + q.name + "\", there is: " + names);
  }

  void operator()(const presence_query& q) {
    demand_record("presence", q.incident);
    to_.begin_object();
    to_.key("people");
    to_.begin_array();
    for (const presence& p : d_.presences(q.incident, is_set(q.at) ? q.at : d_.state().counters.clock)) {
      to_.begin_object();
      write("person", p.actor);
      to_.member("activity", choices(p.activity)[static_cast<std::size_t>(p.activity) - 1]);
      write("since", p.at);
      write("until", p.until);
      to_.end_object();
    }
    to_.end_array();
    to_.end_object();
  }

  void operator()(const metric_query& q) {
    const metric_answer answer = measure(d_, q, actor_);
    to_.begin_object();
    to_.member("metric", answer.definition->key);
    to_.member("version", answer.version);  // figures of one version alone are compared (R-C36)
    write_times(answer.total);
    if (!answer.fields.empty()) {
      to_.key("groups");
      to_.begin_array();
      for (const metric_group& group : answer.groups) {
        to_.begin_object();
        for (std::size_t i = 0; i < answer.fields.size(); ++i) write_counted(answer.fields[i], group.values[i]);
        write_times(group);
        to_.end_object();
      }
      to_.end_array();
    }
    to_.end_object();
  }

  void operator()(const deliveries_query& q) {
    demand_record("deliveries", q.incident);
    write_deliveries(to_, d_, q, actor_);
  }

  void operator()(const satisfaction_query& q) {
    const satisfaction_answer_sheet sheet = measure_satisfaction(d_, q, actor_);
    to_.begin_object();
    write_figures(sheet.total);
    if (!sheet.fields.empty()) {
      to_.key("groups");
      to_.begin_array();
      for (const satisfaction_group& group : sheet.groups) {
        to_.begin_object();
        for (std::size_t i = 0; i < sheet.fields.size(); ++i) write_counted(sheet.fields[i], group.values[i]);
        write_figures(group.figures);
        to_.end_object();
      }
      to_.end_array();
    }
    to_.end_object();
  }

  void operator()(const status_query&) {
    demand("status");
    const desk_counters& c = d_.state().counters;
    to_.begin_object();
    to_.member("sequence", static_cast<std::int64_t>(c.sequence));
    if (is_set(c.clock)) write("clock", c.clock);
    write_state_of_records();
    to_.key("built_in_pack_updates");  // what this library's pack has that the desk never had (D12)
    to_.begin_array();
    for (const pack_update& update : pending_pack_updates(d_.state())) {
      to_.begin_object();
      to_.member("kind", update.kind);
      to_.member("key", update.key);
      to_.key("changes");
      to_.begin_array();
      for (const std::string_view field : update.changes) to_.text(field);
      to_.end_array();
      to_.end_object();
    }
    to_.end_array();
    to_.end_object();
  }

 private:
  // (D9)
  void demand(std::string_view query, const incident* record = nullptr) const {
    if (may_query(d_.state(), query, actor_, record)) return;
    const std::string who(d_.state().words.word(word_kind::person, actor_.index));
    throw error(status::permission_denied, "permission.denied",
                "no permission policy lets " + who + " ask " + std::string(query) +
                    (record ? " of " + d_.show_number(record->number) : std::string()));
  }

  // The record as the actor knows it: one that is hidden from them is as little there as one that never was.
  incident_ptr demand_record(std::string_view query, record_ref ref) const {
    incident_ptr record = by_.find(ref);
    demand(query, record.get());
    if (!record) refuse_unknown_record(ref);
    return record;
  }

  // How many there are that the actor may know of; only who may know of all is told how many are closed, and the last
  // number, since these say how many others there are.
  void write_state_of_records() {
    const desk_counters& c = d_.state().counters;
    instant next = d_.next_due();
    auto live = static_cast<std::int64_t>(d_.state().live.size());
    if (!by_.sees_all()) {
      const std::vector<timer> timers = pending_timers(d_, 1, actor_);
      next = timers.empty() ? never : timers.front().due;
      d_.state().live.each([&](const incident_ptr& record) { return live -= by_.hides(*record) ? 1 : 0, true; });
    }
    if (next != never) write("next_due", next);
    to_.member("live", live);
    if (!by_.sees_all()) return;
    to_.member("closed", static_cast<std::int64_t>(c.closed_count));
    to_.member("last_number", d_.show_number(c.last_number));
  }

  visibility audience(std::string_view query, const incident* record) const {
    return audience_of(d_.state(), query, actor_, record);
  }

  void write_texts(std::string_view name, const std::vector<std::string>& texts) {
    if (texts.empty()) return;
    to_.key(name);
    to_.begin_array();
    for (const std::string& text : texts) to_.text(text);
    to_.end_array();
  }

  void write_action(const action& a, bool says_why) {
    to_.begin_object();
    to_.member("command", a.command);
    if (a.to) to_.member("to", d_.state().words.word(word_kind::state, a.to.index));
    to_.member_boolean("allowed", a.allowed);
    write_texts("required", a.required);
    write_texts("depends_on_command", a.depends);
    if (!a.unmet.empty()) {
      to_.key("unmet");
      to_.begin_array();
      for (const unmet_condition& u : a.unmet) {
        to_.begin_object();
        to_.member("says", u.says);
        if (says_why && !u.why.empty()) {
          to_.key("why");
          to_.raw(u.why);
        }
        to_.end_object();
      }
      to_.end_array();
    }
    to_.end_object();
  }

  // An entry, without what concerns records that the actor may not see; nothing where nothing is left of it.
  void write_change(std::uint64_t sequence) {
    const stored_entry stored = d_.read_stored_entry(sequence);
    if (is_purged(stored)) {
      to_.begin_object();
      to_.member("sequence", static_cast<std::int64_t>(sequence));
      to_.member_boolean("purged", true);
      return to_.end_object();
    }
    sha256 hasher;
    const entry e = decode_entry(stored, hasher);
    std::vector<const event*> seen;
    for (const event& happened : e.events) {
      const incident_ptr record = happened.record ? d_.find(happened.record) : nullptr;
      if (!may_query(d_.state(), "changes", actor_, record.get()) || by_.hides(happened)) continue;
      if (!record || is_for(audience("changes", record.get()), happened)) seen.push_back(&happened);
    }
    if (seen.empty()) return;
    to_.begin_object();
    to_.member("sequence", static_cast<std::int64_t>(e.sequence));
    write("recorded_at", e.recorded_at);
    write("at", e.stated_at);
    write("actor", e.actor);
    if (const command_type* asked = e.asked.type()) to_.member("command", asked->name);
    to_.key("events");
    to_.begin_array();
    for (const event* happened : seen) {
      to_.begin_object();
      if (happened->record) {
        to_.key("record");
        write_value(to_, detail::type_of<record_ref>, &happened->record, names_);
      }
      to_.member("event", happened->body.type()->name);
      to_.end_object();
    }
    to_.end_array();
    to_.end_object();
  }

  void write(std::string_view name, instant t) {
    to_.key(name);
    write_value(to_, detail::type_of<instant>, &t, names_);
  }

  void write(std::string_view name, person_ref p) {
    if (!p) return;
    to_.key(name);
    write_value(to_, detail::type_of<person_ref>, &p, names_);
  }

  // A group without a value leaves the member out.
  void write_counted(const counted_field& field, const counted_value& value) {
    const bool is_truth =
        field.field ? field.field->type->kind == field_kind::boolean : field.kind == custom_kind::boolean;
    if (is_truth && (field.field || value.given)) return to_.member_boolean(field.name, value.number != 0);
    const bool is_number =
        field.field ? field.field->type->kind == field_kind::integer : field.kind == custom_kind::integer;
    if (is_number && (field.field || value.given)) return to_.member(field.name, value.number);
    if (!value.given) return;
    if (!field.field) {
      const auto person = static_cast<std::uint32_t>(value.number);
      const bool is_person = field.kind == custom_kind::person;
      return to_.member(field.name, is_person ? d_.state().words.word(word_kind::person, person) : value.text);
    }
    const type_row& type = *field.field->type;
    if (type.kind == field_kind::word) {
      if (field.name == "type" && value.number == 0) return to_.member(field.name, incident_type);
      return to_.member(field.name, d_.state().words.word(type.refers, static_cast<std::uint32_t>(value.number)));
    }
    to_.member(field.name, type.choices()[static_cast<std::size_t>(value.number) - 1]);
  }

  // What has no data says so, and shows no figure (R1).
  void write_times(const metric_group& group) {
    to_.member("count", static_cast<std::int64_t>(group.times.count));
    if (group.times.count == 0) to_.member_boolean("no_data", true);
    const auto write_time = [&](std::string_view name, const std::optional<duration>& time) {
      if (!time) return;
      to_.key(name);
      write_value(to_, detail::type_of<duration>, &*time, names_);
    };
    write_time("mean", group.times.mean);
    write_time("median", group.times.median);
    write_time("p90", group.times.p90);
    to_.member("unfinished", static_cast<std::int64_t>(group.unfinished));
  }

  void write_figures(const satisfaction_figures& f) {
    const std::int64_t answered = f.requesters.answers();
    to_.member("resolutions", f.resolutions);
    to_.member("asked", f.asked);
    if (f.asked != 0) to_.member("response_thousandths", thousandths(answered, f.asked));
    to_.key("requesters");
    write_scores(f.requesters);
    to_.key("others");
    write_scores(f.others);
  }

  // What has no data says so, and shows no figure (R1).
  void write_scores(const score_figures& f) {
    const std::int64_t answers = f.answers();
    to_.begin_object();
    to_.member("answers", answers);
    if (answers == 0) {
      to_.member_boolean("no_data", true);
    } else {
      to_.member("sum", f.sum);
      to_.member("mean_thousandths", thousandths(f.sum, answers));
      to_.key("scores");
      to_.begin_array();
      for (const std::int64_t count : f.scores) to_.integer(count);
      to_.end_array();
    }
    to_.end_object();
  }

  void begin_event(const entry& e, instant at, person_ref actor) {
    to_.begin_object();
    write("at", at);
    write("recorded_at", e.recorded_at);
    to_.member("sequence", static_cast<std::int64_t>(e.sequence));
    write("actor", actor);
  }

  // From the root down, as the tree was then (L7).
  void write_path(category_ref category, const category_history& categories, const as_of& until) {
    if (!category) return;
    to_.key("category_path");
    to_.begin_array();
    for (const category_ref c : categories.path(category, until)) {
      to_.text(d_.state().words.word(word_kind::category, c.index));
    }
    to_.end_array();
  }

  void write_happened(const entry& e, const event& happened, visibility seen_by, const category_history& categories) {
    const auto* imported = happened.body.get_if<record_imported>();
    begin_event(e, e.stated_at, e.actor);
    if (!imported) {
      write_event_for(seen_by, to_, happened, names_, by_);
      if (const auto* logged = happened.body.get_if<incident_logged>()) {
        write_path(logged->category, categories, {.sequence = e.sequence});
      } else if (const auto* classified = happened.body.get_if<incident_classified>()) {
        write_path(classified->category, categories, {.sequence = e.sequence});
      }
      return to_.end_object();
    }
    record_imported without_history = *imported;
    without_history.history.clear();
    write_event_members(to_, {happened.record, happened.previous, std::move(without_history)}, names_);
    to_.end_object();
    for (const import_step& step : imported->history) write_step(e, step);
  }

  void write_step(const entry& e, import_step step) {
    begin_event(e, step.at, step.actor);
    to_.member("event", "import_step");
    step.at = no_instant;  // said already, as the actor is
    step.actor = {};
    write_members(to_, step, names_);
    to_.end_object();
  }

  template <class T>
  void write_definitions(const versions<T>& all, const lexicon& words, word_kind kind, const std::string& key) {
    for (std::uint32_t number = 1; number <= all.size(); ++number) {
      const T* definition = all.current(number);
      if (!definition || (!key.empty() && words.word(kind, number) != key)) continue;
      to_.begin_object();
      to_.member("kind", name(kind));
      to_.member("version", all.latest(number));
      write_members(to_, plain(*definition), names_);
      to_.end_object();
    }
  }

  const desk& d_;
  json_writer& to_;
  document_names names_;
  viewer by_;
  person_ref actor_;
};

}  // namespace

std::span<const field_row> asker::fields() {
  static constexpr field_row rows[] = {
      row<&asker::actor>("actor", "Person who asks, and sees what they may; the embedding program where none is given"),
  };
  return rows;
}

std::span<const vocabulary_type> query_types() {
  static constexpr vocabulary_type types[] = {
      {"get", "One incident, as it is or as it was", get_query::fields},
      {"find", "Incidents that meet conditions, live and closed ones alike", find_query::fields},
      {"count", "How many incidents meet conditions, by the values of fields", count_query::fields},
      {"timeline", "What happened to one incident, in order", timeline_query::fields},
      {"timers", "What is waiting, in the order in which it fires", timers_query::fields},
      {"definitions", "The current definitions of one kind", definitions_query::fields},
      {"summary", "Volumes, backlog, times to resolve, reopenings", summary_query::fields},
      {"status", "The state of the desk: clock, sequence, counts", status_query::fields},
      {"allowed_actions", "What an actor may do with a record now, and what rules out the rest",
       allowed_actions_query::fields},
      {"form", "The fields of a command as a screen needs them, custom fields included", form_query::fields},
      {"changes", "What happened since an entry: a feed that resumes where it stopped", changes_query::fields},
      {"explain", "Whether a condition holds for an incident, and why", explain_query::fields},
      {"clocks", "The clocks of one record, as of an instant", clocks_query::fields},
      {"clock_proof", "The intervals behind a clock's verdict", clock_proof_query::fields},
      {"clock_attribution", "Who held the time that a clock counted", clock_attribution_query::fields},
      {"breaches_ahead", "Deadlines that come next, of clocks that run", breaches_ahead_query::fields},
      {"attainment", "How many clocks met their target, by policy or by what records have", attainment_query::fields},
      {"who_is_on_call", "Who is on call at an instant", who_is_on_call_query::fields},
      {"shifts", "Who is on call when, by person", shifts_query::fields},
      {"hand_offs", "When the turns of a rotation begin", hand_offs_query::fields},
      {"gaps", "Where nobody is on call", gaps_query::fields},
      {"fairness", "How duty, nights and weekends are shared", fairness_query::fields},
      {"duty_calendar", "Shifts as iCalendar", duty_calendar_query::fields},
      {"contact_attempts", "What is tried for a page that nobody acknowledges", contact_attempts_query::fields},
      {"swaps", "Shift swaps and their states", swaps_query::fields},
      {"coverage_gaps", "What nobody covers in the weeks to come: hours, services, roles", coverage_gaps_query::fields},
      {"role_holders", "Who is qualified for a role, and who has it now", role_holders_query::fields},
      {"check_escalation", "What an escalation policy would do in the weeks to come", check_escalation_query::fields},
      {"escalations", "The escalation runs of one incident: state, what comes next, and history",
       escalations_query::fields},
      {"escalation_latency", "How late escalation steps fired", escalation_latency_query::fields},
      {"optional_packs", "Packs that the library brings along, to be published by whoever wants them",
       optional_packs_query::fields},
      {"presence", "Who has an incident open now, as hosts say", presence_query::fields},
      {"explain_assignment", "Why an incident is assigned as it is: each assignment, by rule or by hand",
       explain_assignment_query::fields},
      {"propose_assignment", "Who would get an incident by the assignment rules now, and why",
       propose_assignment_query::fields},
      {"workload", "How many open records people have, and what their capacity is", workload_query::fields},
      {"simulate", "Who is paged when, if an incident opens at an instant: played on a fork of the desk",
       simulate_query::fields},
      {"metric", "A figure by its definition: count, mean, median, 90th percentile, and what is still open",
       metric_query::fields},
      {"deliveries", "Whom the notices about an incident went to, and whether they reached them",
       deliveries_query::fields},
      {"satisfaction", "How satisfied people were with resolutions, and how many of those who were asked answered",
       satisfaction_query::fields},
      {"suggest", "Known errors and past incidents that are like one, ranked, with what each rank comes from",
       suggest_query::fields},
  };
  static_assert(std::size(types) + 1 == question_list::count);
  return types;
}

std::string answer_document(const desk& d, std::string_view query) {
  question asked;
  asker envelope;
  const void* body = nullptr;
  const vocabulary_type* of = nullptr;
  const asked_names names(d, query, host_person);
  read_tagged(
      query, question_form(), &envelope,
      [&](std::size_t type) {
        void* place = asked.emplace(type + 1);
        body = place;
        of = &query_types()[type];
        return place;
      },
      names.names());
  check_fields(of->fields(), body, {}, nullptr, of->name);
  json_writer to;
  asked.visit(answerer(d, to, envelope.actor));
  return to.take();
}

}  // namespace tocsin::inline v1
