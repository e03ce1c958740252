#include <algorithm>

#include <tocsin/base/error.hpp>
#include <tocsin/base/json_lines.hpp>
#include <tocsin/base/refusal.hpp>
#include <tocsin/problem/document.hpp>
#include <tocsin/problem/recurrence_pareto.hpp>
#include <tocsin/time/rfc3339.hpp>

namespace tocsin::inline v1 {
namespace {

using q = recurrence_question;
constexpr max_length key_length{limits::key_length_max};

std::span<const field_row> proposals_fields() {
  static constexpr field_row rows[] = {
      row<&q::rule>("rule", "Key of a rule; none: of all", one_line, key_length),
      row<&q::state>("state", "What has become of them; none: whatever"),
  };
  return rows;
}

std::span<const field_row> groups_fields() {
  static constexpr field_row rows[] = {
      row<&q::rule>("rule", "Key of the rule", required, one_line, key_length),
      row<&q::at>("at", "End of the window, in it", required),
      row<&q::least>("least", "Groups of so many incidents at least; 1 where none is given",
                     range{1, limits::recurrence_count_max}),
      row<&q::limit>("limit", "So many groups at most; 100 where none is given", range{1, limits::listed_groups_max}),
  };
  return rows;
}

std::span<const field_row> pareto_fields() {
  static constexpr field_row rows[] = {
      row<&q::by>("by", "What incidents are counted by", required),
      row<&q::category_level>("category_level", "Categories from the top; none: all of the path",
                              range{1, limits::category_depth_max}),
      row<&q::rule>("rule", "Key of a rule whose condition holds; none: all that count", one_line, key_length),
      row<&q::from>("from", "Those opened then or later", required),
      row<&q::until>("until", "Those opened before", required),
      row<&q::least>("least", "Values of so many incidents at least; 1 where none is given",
                     range{1, limits::recurrence_count_max}),
      row<&q::limit>("limit", "So many values at most; 100 where none is given", range{1, limits::listed_groups_max}),
  };
  return rows;
}

std::span<const field_row> fingerprint_fields() {
  static constexpr field_row rows[] = {row<&q::title>("title", "A title", required, one_line)};
  return rows;
}

enum asked : std::size_t { asks_proposals, asks_groups, asks_pareto, asks_fingerprint };

constexpr tagged_type asked_types[] = {
    {"proposals", proposals_fields},
    {"groups", groups_fields},
    {"pareto", pareto_fields},
    {"fingerprint", fingerprint_fields},
};

}  // namespace

std::span<const tagged_type> recurrence_question_types() { return asked_types; }

std::string recurrence_session::ask(std::string_view line) {
  static const tagged_form form{"a question", "operation", {}, asked_types};
  recurrence_question asked;
  const std::size_t type = read_line(line, form, [&](std::size_t) { return &asked; });
  json_writer to;
  to.begin_object();
  switch (type) {
    case asks_proposals:
      write_proposals(to, asked);
      break;
    case asks_groups:
      write_groups(to, asked);
      break;
    case asks_pareto:
      write_pareto(to, asked);
      break;
    default:
      to.member("fingerprint", fingerprint_of(asked.title));
  }
  to.end_object();
  return to.take();
}

const recurrence_session::active_rule& recurrence_session::rule_named(const std::string& key) const {
  const auto found = rules_.find(key);
  if (found != rules_.end()) return found->second;
  std::vector<std::string> known;
  for (const auto& [name, rule] : rules_) known.push_back(name);
  throw unknown_name(status::not_found, "recurrence.unknown_rule", "/rule", key, {known, "a rule that is defined"});
}

void recurrence_session::write_proposals(json_writer& to, const recurrence_question& asked) const {
  if (!asked.rule.empty()) rule_named(asked.rule);
  to.key("proposals");
  to.begin_array();
  for (const problem_proposal& proposal : proposals_) {
    if (!asked.rule.empty() && proposal.rule != asked.rule) continue;
    if (asked.state != proposal_state::unset && proposal.state != asked.state) continue;
    write(to, proposal);
  }
  to.end_array();
}

void recurrence_session::write_groups(json_writer& to, const recurrence_question& asked) const {
  const active_rule& rule = rule_named(asked.rule);
  std::vector<counted_group> all;
  for (const auto& [group, opened] : rule.groups.all()) {
    all.push_back({group, std::ssize(rule.groups.within(group, asked.at - rule.rule.window, asked.at))});
  }
  to.key("groups");
  to.begin_array();
  for (const counted_group& one : ranked(std::move(all), asked.least, asked.limit)) {
    to.begin_object();
    to.key("group");
    to.raw(one.what);
    to.member("count", one.count);
    to.end_object();
  }
  to.end_array();
}

void recurrence_session::write_pareto(json_writer& to, const recurrence_question& asked) const {
  recurrence_pareto counted(asked.by, asked.category_level);
  const active_rule* const rule = asked.rule.empty() ? nullptr : &rule_named(asked.rule);
  for (const recurring_incident& incident : incidents_) {
    if (incident.opened_at < asked.from || incident.opened_at >= asked.until || !counts(incident)) continue;
    if (!rule || is_about(*rule, incident)) counted.add(traits_of(incident));
  }
  counted.write(to, asked.least, asked.limit);
}

void recurrence_session::write(json_writer& to, const problem_proposal& proposal) const {
  const auto write_incidents = [&](std::string_view name, std::size_t from, std::size_t until) {
    to.key(name);
    to.begin_array();
    for (std::size_t i = from; i < until; ++i) to.text(incidents_[proposal.incidents[i]].key);
    to.end_array();
  };
  to.begin_object();
  to.member("proposal", proposal.number);
  to.member("rule", proposal.rule);
  to.key("group");
  to.raw(proposal.group);
  to.member("state", choices(proposal.state)[static_cast<std::size_t>(proposal.state) - 1]);
  to.member("proposed_at", std::string_view(to_rfc3339(proposal.proposed_at)));
  write_incidents("incidents", 0, proposal.proposed_count);
  if (proposal.incidents.size() > proposal.proposed_count) {
    write_incidents("joined", proposal.proposed_count, proposal.incidents.size());
  }
  to.key("words");
  to.begin_array();
  for (const std::string& word : proposal.evidence.words) to.text(word);
  to.end_array();
  const recurrence_confidence& confidence = proposal.evidence.confidence;
  to.member("confidence", confidence.points());
  to.key("parts");
  to.begin_object();
  to.member("count", confidence.count);
  to.member("burst", confidence.burst);
  to.member("text", confidence.text);
  to.member("grouping", confidence.grouping);
  to.end_object();
  if (proposal.state != proposal_state::open) {
    to.member("decided_at", std::string_view(to_rfc3339(proposal.decision.at)));
    if (!proposal.decision.problem.empty()) to.member("problem", proposal.decision.problem);
    if (proposal.decision.into != 0) to.member("into", proposal.decision.into);
    if (!proposal.decision.reason.empty()) to.member("reason", proposal.decision.reason);
  }
  to.end_object();
}

}  // namespace tocsin::inline v1
