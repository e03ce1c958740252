// allowed_actions holds what it says (L2, D9): a command is allowed exactly when one that somebody might give now is not
// refused for what the record is, or for who gives it.
#include <doctest/doctest.h>

#include <tocsin/desk/action.hpp>
#include <tocsin/desk/permission.hpp>
#include <tocsin/desk/viewer.hpp>
#include <tocsin/knowledge/article.hpp>
#include <tocsin/model/incident.hpp>
#include <tocsin/model/link.hpp>
#include <tocsin/model/task.hpp>
#include <tocsin/playbook/playbook_run.hpp>
#include <tocsin/problem/problem.hpp>

#include <map>
#include <string>
#include <vector>

#include "office.hpp"
#include "random_script.hpp"

using namespace tocsin;
using office::json;

namespace {

// ---- a desk with a little of everything

const json& pack() {
  static const json publish = office::command(
      "publish", "2026-11-23T07:10:00Z", "host",
      {{"custom_fields", {{{"key", "asset"}, {"kind", "text"}}}},
       {"escalation_policies",
        {{{"key", "night"},
          {"triggers", {{{"on", "logged"}, {"condition", {{"==", {{{"var", "priority"}}, "critical"}}}}}}},
          {"steps", {{{"targets", {{{"kind", "person"}, {"key", "ben"}}}}, {"delay", "PT30M"}}}}}}}});
  return publish;
}

desk with_everything() {
  desk d = office::furnished();
  office::tell(d, pack());
  const auto by_host = [&](std::string_view name, const json& fields) {
    office::tell(d, office::command(name, "2026-11-23T07:20:00Z", "host", fields));
  };
  by_host("publish_known_error", {{"title", "Export"}, {"symptoms", "It is wrong"}});
  by_host("publish_known_error", {{"title", "Import"}, {"symptoms", "It is slow"}});
  by_host("log_problem", {{"title", "Why"}});
  by_host("log_problem", {{"title", "Why not"}});
  by_host("begin_work", {{"incident", "PRB0000002"}});
  by_host("log_change", {{"title", "Patch"}});
  by_host("log_change", {{"title", "Rotate the logs"}, {"kind", "standard"}});
  by_host("move_incident", {{"incident", "CHG0000002"}, {"state", "scheduled"}});
  by_host("begin_work", {{"incident", "CHG0000002"}});
  by_host("state_cause", {{"problem", "PRB0000002"}, {"text", "Nobody knows"}});
  by_host("decide_cause", {{"problem", "PRB0000002"}, {"cause", 1}, {"status", "confirmed"}, {"reason", "Seen"}});
  by_host("publish",
          {{"automation_rules", {{{"key", "quiet"}, {"on", {"automation_reported"}}, {"actions", {{{"run", "x"}}}}}}},
           {"playbooks", {{{"key", "standard"}, {"steps", {{{"key", "a"}}, {{"key", "b"}, {"needs", {"a"}}}}}}}}});
  by_host("schedule_maintenance",
          {{"key", "move"}, {"from", "2026-12-23T07:00:00Z"}, {"until", "2026-12-24T07:00:00Z"}, {"reason", "Moving"}});
  by_host("report_event",
          {{"source", "probe"}, {"dedup_key", "a"}, {"signal", "heartbeat"}, {"expires_after", "P20D"}});
  by_host("report_event", {{"source", "probe"}, {"dedup_key", "b"}, {"signal", "raise"}, {"title", "Disk full"}});
  return d;
}

// ---- commands that somebody might give now

class wishes {
 public:
  wishes(const desk& d, const incident& record, std::string actor)
      : d_(d), record_(record), actor_(std::move(actor)), number_(d.show_number(record.number)) {}

  std::vector<json> of(const action& a) {
    const std::string name(a.command);
    const incident_details& has = details_of(record_);
    const auto all = [&](const std::vector<json>& fields) { return commands(name, fields); };
    const auto of_runs = [&](const json& more) {
      std::vector<json> fields;
      const std::size_t count =
          record_.part<incident_escalations>() ? record_.part<incident_escalations>()->escalations.size() : 0;
      for (std::size_t run = 1; run <= count; ++run) fields.push_back(with(more, {{"run", run}}));
      return all(fields);
    };
    const auto of_tasks = [&](const json& more) {
      std::vector<json> fields;
      for (const task& t : tasks_of(record_)) fields.push_back(with(more, {{"task", t.number}}));
      return all(fields);
    };
    if (name == "classify_incident") return all({{{"category", "hardware"}}});
    if (name == "prioritise_incident") return all({{{"impact", "high"}}});
    if (name == "assign_incident" || name == "hand_over") {
      return all({{{"team", "desk"}}, {{"team", "net"}}, {{"team", "net"}, {"assignee", "ben"}}});
    }
    if (name == "add_note" || name == "add_update" || name == "add_reply") return all({{{"text", "x"}}});
    if (name == "hold_incident") return all({{{"reason", "awaiting_caller"}}, {{"reason", "awaiting_vendor"}}});
    if (name == "resolve_incident") {
      const auto& codes = d_.state().definitions.workflow_of(record_).definition().resolution_codes;
      return all({{{"code", codes.empty() ? "fix" : codes.front()}, {"notes", "x"}}});
    }
    if (name == "amend_incident") return all({{{"title", "x"}, {"reason", "x"}}});
    if (name == "erase_personal") return {of_record("erase_personal", "record", {{"reason", "x"}})};
    if (name == "move_incident") {
      return all({{{"state", d_.state().words.word(word_kind::state, a.to.index)}}});
    }
    if (name == "set_custom_fields") return all({{{"custom", {{"asset", "A"}}}}, {{"custom", {{"asset", "B"}}}}});
    if (name == "add_task") return all({{{"title", "x"}}});
    if (name == "change_task") return of_tasks({{"title", "y"}});
    if (name == "begin_task" || name == "complete_task") return of_tasks(json::object());
    if (name == "skip_task") return of_tasks({{"reason", "x"}});
    if (name == "link_records") return all({{{"kind", "related"}, {"outside", "problem"}, {"outside_key", "P 99"}}});
    if (name == "unlink_records") return links();
    if (name == "mark_duplicate") return originals();
    if (name == "convert_record") return all({{{"reason", "x"}}, {{"type", "request"}, {"reason", "x"}}});
    if (name == "verify_resolution") return all({{{"passed", true}}, {{"passed", false}}});
    if (name == "add_attachment") {
      return all({{{"name", "a"}, {"media_type", "text/plain"}, {"sha256", std::string(64, '0')}}});
    }
    if (name == "remove_attachment") {
      std::vector<json> fields;
      for (const attachment& one : has.attachments) fields.push_back({{"attachment", one.number}});
      return all(fields);
    }
    if (name == "set_affected_items") return all({{{"items", {{{"item", "mail"}, {"how", "degraded"}}}}}});
    if (name == "log_work") return all({{{"spent", "PT1M"}, {"person", "ana"}, {"began_at", "2026-01-01T00:00:00Z"}}});
    if (name == "restrict_incident") {
      return all({{{"people", {"ana", "ben"}}, {"reason", "x"}}, {{"people", {"dora"}}, {"reason", "x"}}});
    }
    if (name == "start_escalation") return all({{{"policy", "night"}, {"reason", "x"}}});
    if (name == "acknowledge_page" || name == "unacknowledge_page") return of_runs(json::object());
    if (name == "snooze_escalation") return of_runs({{"until", office::text_of(d_.state().counters.clock + hour)}});
    if (name == "report_delivery") {
      return of_runs({{"person", "ben"}, {"method", "sms"}, {"outcome", "delivered"}, {"version", 0}});
    }
    if (name == "escalate") {
      std::vector<json> some = of_runs({{"kind", "next_step"}, {"reason", "x"}});
      for (const json& one : all({{{"kind", "hierarchical"}, {"person", "ben"}, {"reason", "x"}},
                                  {{"kind", "functional"}, {"team", "net"}, {"reason", "x"}},
                                  {{"kind", "functional"}, {"team", "desk"}, {"reason", "x"}}})) {
        some.push_back(one);
      }
      return some;
    }
    if (name == "rate_resolution") return all({{{"score", 4}, {"person", actor_ == "host" ? "dora" : actor_}}});
    const bool needs_an_effect = name == "report_notice" || name == "acknowledge_bundle" || name == "excuse_breach";
    if (needs_an_effect) return {};
    if (name == "revise_known_error") {
      return {of_record(name, "known_error", {{"title", "x"}, {"symptoms", "y"}})};
    }
    if (name == "retire_known_error") return {of_record(name, "known_error", {{"reason", "x"}})};
    if (name == "link_known_error") {
      return all({{{"known_error", "KE0000001"}, {"outcome", "helped"}},
                  {{"known_error", "KE0000001"}},
                  {{"known_error", "KE0000002"}, {"outcome", "not_helped"}},
                  {{"known_error", "KE0000002"}}});
    }
    if (name == "link_article") {
      return {of_record(name, "record", {{"key", "KB1"}, {"title", "x"}}),
              of_record(name, "record", {{"key", "KB1"}, {"title", "y"}})};
    }
    if (name == "unlink_article") {
      std::vector<json> every;
      for (const linked_article& one : articles_of(record_)) {
        every.push_back(of_record(name, "record", {{"key", one.key}}));
      }
      return every;
    }
    if (name == "draft_update") return all({{{"audience", "public"}, {"known", "x"}}});
    if (name == "approve_update" || name == "publish_update") return all({{{"draft", 1}}, {{"draft", 2}}});
    if (name == "withdraw_update") return all({{{"draft", 1}, {"reason", "x"}}, {{"draft", 2}, {"reason", "x"}}});
    if (name == "subscribe") {
      return all({{{"audience", "public"}, {"person", "ana"}}, {{"audience", "public"}, {"person", "ben"}}});
    }
    if (name == "unsubscribe") return {};  // depends on who subscribed
    const auto ahead = [&](duration by) { return office::text_of(d_.state().counters.clock + by); };
    if (name == "declare_security_incident") return all({{{"reason", "x"}, {"people", {"ana"}}}});
    if (name == "set_embargo") return all({{{"reason", "x"}, {"until", ahead(day)}}});
    if (name == "lift_embargo") return all({{{"reason", "x"}}});
    if (name == "set_disclosure_date")
      return all(
          {{{"reason", "x"}, {"disclosure_at", ahead(day)}}, {{"reason", "x"}, {"disclosure_at", ahead(2 * day)}}});
    if (name == "disclose") return all({{{"advisory", "x"}}});
    if (name == "invite_reporter") return all({{{"reporter", "ana"}}});
    if (name == "acknowledge_report") return all({{{"report", 1}}, {{"report", 2}}});
    if (name == "message_reporter") return all({{{"report", 1}, {"text", "x"}}, {{"report", 2}, {"text", "x"}}});
    if (name == "start_playbook") return {of_record(name, "record", {{"playbook", "standard"}})};
    const auto of_steps = [&](const json& more) {  // of those that may be done, or else of all
      std::vector<json> some;
      std::vector<json> every;
      for (const playbook_run& run : playbook_runs_of(record_)) {
        for (const playbook_run_step& step : run.steps) {
          const json one = of_record(name, "record", with(more, {{"run", run.run}, {"step", step.step}}));
          every.push_back(one);
          if (step.state == step_state::open || step.state == step_state::started) some.push_back(one);
        }
      }
      return some.empty() ? every : some;
    };
    if (name == "start_step" || name == "complete_step") return of_steps(json::object());
    if (name == "skip_step") return of_steps({{"reason", "x"}});
    if (name == "stop_playbook") return {of_record(name, "record", {{"run", 1}, {"reason", "x"}})};
    if (name == "suspend_automation") return all({{{"reason", "x"}}, {{"reason", "y"}}});
    if (name == "resume_automation") return all({json::object()});
    if (name == "run_automation") return all({{{"rule", "quiet"}}});
    if (name == "report_automation") {
      return all({{{"request", 1}, {"outcome", "failed"}}, {{"request", 1}, {"outcome", "succeeded"}}});
    }
    if (name == "request_review") return all({{{"reason", "x"}, {"due_at", "2199-01-01T00:00:00Z"}}});
    if (name == "write_section") {
      return {of_record(name, "review", {{"section", "x"}, {"text", "x"}}),
              of_record(name, "review", {{"section", "x"}, {"text", "y"}})};
    }
    if (name == "approve_review") return {of_record(name, "review", json::object())};
    if (name == "return_review") return {of_record(name, "review", {{"reason", "x"}})};
    if (name == "add_action_item") {
      return {of_record(name, "review", {{"text", "x"}, {"owner", "ana"}, {"due_at", "2199-01-01T00:00:00Z"}})};
    }
    const auto of_items = [&](const json& more) {
      return std::vector{of_record(name, "review", with(more, {{"item", 1}})),
                         of_record(name, "review", with(more, {{"item", 2}}))};
    };
    if (name == "complete_action_item") return of_items(json::object());
    if (name == "verify_action_item") return of_items({{"worked", true}});
    if (name == "drop_action_item") return of_items({{"reason", "x"}});
    if (name == "accept_major") return all({json::object()});
    if (name == "propose_major" || name == "reject_major" || name == "demote_major") return all({{{"reason", "x"}}});
    if (name == "assume_role") return all({{{"role", "scribe"}}, {{"role", "liaison"}}});
    if (name == "assign_role") {
      return all({{{"role", "deputy"}, {"person", "ana"}}, {{"role", "deputy"}, {"person", "ben"}}});
    }
    if (name == "relinquish_role") return all({{{"role", "incident_commander"}, {"person", "carla"}}});
    if (name == "transfer_command") return all({{{"to", "ana"}}, {{"to", "ben"}}});
    if (name == "log_decision") return all({{{"text", "x"}}});
    if (name == "log_action") return all({{{"kind", "technical"}, {"text", "x"}}});
    if (name == "open_situation_room") return all({{{"reference", "x"}}, {{"reference", "y"}}});
    if (name == "join_room") return all({json::object()});
    if (name == "leave_room") return all({{{"person", "carla"}}});
    if (name == "plan_change") {
      return {of_record(name, "change", {{"risk", "high"}}), of_record(name, "change", {{"risk", "low"}})};
    }
    if (name == "report_change") {
      return {of_record(name, "change", {{"outcome", "successful"}}),
              of_record(name, "change", {{"outcome", "failed"}})};
    }
    if (name == "record_remediation") return {of_record(name, "record", {{"kind", "other"}})};
    const auto of_problem = [&](const json& fields) { return std::vector{of_record(name, "problem", fields)}; };
    const auto of_proposal = [&](const json& fields) { return std::vector{of_record(name, "proposal", fields)}; };
    if (name == "state_cause") return of_problem({{"text", "x"}});
    if (name == "add_cause_evidence" || name == "decide_cause") {
      if (causes_of(record_).empty()) return {};
      return of_problem(name == "decide_cause" ? json{{"cause", 1}, {"status", "ruled_out"}, {"reason", "x"}}
                                               : json{{"cause", 1}, {"text", "x"}});
    }
    if (name == "add_diagnostic_action" || name == "communicate_workaround" || name == "communicate_fix") {
      return of_problem({{"text", "x"}});
    }
    if (name == "accept_risk") {
      return of_problem({{"reason", "x"}, {"review_at", "2030-01-01T00:00:00Z"}, {"outcome", "resume"}});
    }
    if (name == "raise_known_error") return of_problem({{"symptoms", "x"}});
    if (name == "accept_proposal") return of_proposal(json::object());
    if (name == "reject_proposal") return of_proposal({{"reason", "x"}});
    if (name == "merge_proposal") return of_proposal({{"into", "PRB0000001"}});
    if (name == "refuse_resolution" || name == "reopen_incident" || name == "cancel_incident") {
      return all({{{"reason", "x"}}});
    }
    return all({json::object()});
  }

 private:
  static json with(json fields, const json& more) {
    fields.update(more);
    return fields;
  }

  json of_record(const std::string& name, const std::string& member, const json& fields) const {
    return with({{"command", name}, {member, number_}}, fields);
  }

  std::vector<json> commands(const std::string& name, const std::vector<json>& fields) const {
    std::vector<json> all;
    for (const json& one : fields) all.push_back(of_record(name, "incident", one));
    return all;
  }

  std::vector<json> links() const {
    std::vector<json> fields;
    const viewer seen_by(d_, office::person(d_, actor_));
    for (const record_link& l : links_of(record_)) {
      if (seen_by.hides(l.record)) continue;
      json one = {{"kind", choices(l.kind)[static_cast<std::size_t>(l.kind) - 1]}};
      if (l.record) one["other"] = l.record.id;
      if (!l.record) one["outside"] = choices(l.outside)[static_cast<std::size_t>(l.outside) - 1];
      if (!l.record) one["outside_key"] = l.outside_key;
      fields.push_back(one);
    }
    return commands("unlink_records", fields);
  }

  std::vector<json> originals() const {
    std::vector<json> fields;
    d_.state().live.each([&](const incident_ptr& other) {
      if (other->id != record_.id && is_open(other->state_kind) && !is_restricted(*other)) {
        fields.push_back({{"of", other->id}});
      }
      return true;
    });
    return commands("mark_duplicate", fields);
  }

  const desk& d_;
  const incident& record_;
  std::string actor_;
  std::string number_;
};

bool is_refused(desk& d, json command, const std::string& actor, std::string& why) {
  command["actor"] = actor;
  command["at"] = office::text_of(d.state().counters.clock);
  try {
    office::tell(d, command, {.dry_run = true});
    return false;
  } catch (const error& e) {
    why = e.what();
    const bool of_the_record = e.code() == status::failed_precondition || e.code() == status::permission_denied;
    if (!of_the_record) FAIL_CHECK(command.dump() << " is no command that somebody might give: " << why);
    return of_the_record;
  }
}

// How often each command was found allowed, and not.
using tally = std::map<std::string, std::pair<int, int>>;

void hold_all(desk& d, const std::string& actor, tally& met) {
  const person_ref who = office::person(d, actor);
  for (std::uint64_t id = 1; id <= d.state().counters.last_id; ++id) {
    const incident_ptr record = d.find({id});
    if (!record || is_hidden(d.state(), *record, who)) continue;
    for (const action& a : allowed_actions(d, *record, who)) {
      const std::vector<json> asked = wishes(d, *record, actor).of(a);
      if (asked.empty()) continue;
      std::string why;
      bool refused = true;
      for (const json& one : asked) refused = is_refused(d, one, actor, why) && refused;
      CAPTURE(actor);
      CAPTURE(d.show_number(record->number));
      CAPTURE(a.command);
      CAPTURE(why);
      const std::string says = a.unmet.empty() ? "" : a.unmet.front().says;
      CAPTURE(says);
      CHECK(a.allowed == !refused);
      ++(a.allowed ? met[std::string(a.command)].first : met[std::string(a.command)].second);
    }
  }
}

// One that waits for its approval, and one that was approved and published.
void add_reviews(desk& d, const std::string& incident) {
  const auto tell = [&](std::string_view name, const char* actor, const json& fields) {
    office::tell(d, office::command(name, office::text_of(d.state().counters.clock), actor, fields));
  };
  tell("publish", "host",
       {{"review_policies", {{{"key", "incident"}, {"approval", true}, {"approvers", {"ana", "carla"}}}}}});
  tell("log_incident", "host", {{"title", "x"}});
  for (const std::string& of : {incident, d.show_number(d.state().counters.last_number)}) {
    tell("request_review", "host",
         {{"incident", of}, {"reason", "x"}, {"owner", "carla"}, {"due_at", "2199-01-01T00:00:00Z"}});
  }
  for (const char* review : {"REV0000001", "REV0000002"}) {
    for (const char* text : {"x", "y"}) {
      tell("add_action_item", "host",
           {{"review", review}, {"text", text}, {"owner", "ana"}, {"due_at", "2199-01-01T00:00:00Z"}});
    }
    tell("complete_action_item", "host", {{"review", review}, {"item", 2}});
  }
  tell("approve_review", "ana", {{"review", "REV0000002"}});
  tell("resolve_incident", "host", {{"incident", "REV0000002"}, {"code", "published"}, {"notes", "x"}});
}

// One that is proposed as a major incident, and one that is.
void add_major_incidents(desk& d) {
  const auto by_host = [&](std::string_view name, const json& fields) {
    office::tell(d, office::command(name, office::text_of(d.state().counters.clock), "host", fields));
  };
  std::string number;
  for (int i = 0; i < 2; ++i) {
    by_host("log_incident", {{"title", "All is down"}});
    number = d.show_number(d.state().counters.last_number);
    by_host("propose_major", {{"incident", number}, {"reason", "x"}});
  }
  by_host("start_playbook", {{"record", number}, {"playbook", "standard"}});
  by_host("accept_major", {{"incident", number}, {"roles", {{{"role", "incident_commander"}, {"person", "carla"}}}}});
  by_host("open_situation_room", {{"incident", number}, {"reference", "x"}});
  by_host("join_room", {{"incident", number}, {"person", "carla"}});
  by_host("publish", {{"communication_policies",
                       {{{"key", "incident"}, {"audiences", {{{"key", "public"}, {"visibility", "everyone"}}}}}}}});
  for (int i = 0; i < 2; ++i) {
    by_host("draft_update", {{"incident", number}, {"audience", "public"}, {"known", "x"}});
  }
  office::tell(d, office::command("approve_update", office::text_of(d.state().counters.clock), "ben",
                                  {{"incident", number}, {"draft", 2}}));
  add_reviews(d, number);
  by_host("log_security_incident", {{"title", "x"}, {"people", {"ana", "ben", "carla", "dora"}}});
  number = d.show_number(d.state().counters.last_number);
  for (int i = 0; i < 2; ++i) by_host("invite_reporter", {{"incident", number}, {"reporter", "dora"}});
  by_host("acknowledge_report", {{"incident", number}, {"report", 1}});
}

}  // namespace

TEST_CASE("a command is allowed exactly when it is not refused for what the record is, or for who gives it (L2, D9)") {
  tally met;
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    CAPTURE(seed);
    desk d = with_everything();
    play(d, office::random_script(seed, 8, true), 120, [&](int step) {
      if (step % 60 != 59) return;
      hold_all(d, "host", met);
      hold_all(d, "ana", met);
    });
    add_major_incidents(d);
    for (const char* actor : {"ana", "carla"}) hold_all(d, actor, met);
    if (seed % 2 == 0) continue;
    const std::string now = office::text_of(d.state().counters.clock);
    office::tell(d, office::command("publish", now, "host",
                                    {{"permission_policies",
                                      {{{"key", "desk"},
                                        {"grants",
                                         {{{"name", "own"}, {"relations", {"assignee"}}, {"commands", {"*"}}},
                                          {{"name", "all"}, {"people", {"ana"}}, {"commands", {"add_note"}}}}}}}}}));
    hold_all(d, "ana", met);
  }
  for (const char* often :
       {"add_note", "resolve_incident", "retire_known_error", "revise_known_error", "hand_over", "acknowledge_incident",
        "start_escalation", "escalate", "mark_duplicate", "approve_review", "return_review", "write_section"}) {
    CAPTURE(often);
    CHECK(met[often].first > 0);
    CHECK(met[often].second > 0);
  }
}

TEST_CASE("a known error can be revised and retired, and is nobody's work") {
  desk d = with_everything();
  std::map<std::string, bool> allowed;
  const std::uint64_t id = d.find_number(d.read_number("KE0000001"));
  for (const action& a : allowed_actions(d, *d.find({id}), office::person(d, "ana"))) {
    allowed[std::string(a.command)] = a.allowed;
  }
  CHECK(allowed.at("revise_known_error"));
  CHECK(allowed.at("retire_known_error"));
  for (const char* refused : {"hand_over", "escalate", "start_escalation", "acknowledge_incident", "mark_duplicate"}) {
    CAPTURE(refused);
    CHECK_FALSE(allowed.at(refused));
  }
}
