#include <tocsin/problem/document.hpp>

#include <algorithm>
#include <limits>
#include <unordered_set>

#include <tocsin/base/error.hpp>
#include <tocsin/base/findings.hpp>
#include <tocsin/base/json_lines.hpp>
#include <tocsin/base/refusal.hpp>
#include <tocsin/knowledge/words.hpp>
#include <tocsin/time/rfc3339.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length key_length{limits::key_length_max};

enum defined : std::size_t { is_rule, is_incident, is_problem, is_decision };

constexpr tagged_type defined_types[] = {
    {"recurrence_rule", recurrence_rule::fields},
    {"incident", recurring_incident::fields},
    {"problem", known_problem::fields},
    {"decision", proposal_decision::fields},
};

// All of them; one is filled in.
struct any_definition {
  recurrence_rule rule;
  recurring_incident incident;
  known_problem problem;
  proposal_decision decision;
  std::size_t type = 0;

  void* body(std::size_t of_type) {
    type = of_type;
    void* const bodies[] = {&rule, &incident, &problem, &decision};
    return bodies[of_type];
  }
};

any_definition read_definition(std::string_view line) {
  static const tagged_form form{"a definition", "define", {}, defined_types};
  any_definition read;
  read_line(line, form, [&](std::size_t type) { return read.body(type); });
  return read;
}

[[noreturn]] void refuse(status code, const char* reason, std::string_view path, const refused_value& found,
                         const char* allowed) {
  throw unexpected(code, reason, path, found, allowed);
}

}  // namespace

std::span<const tagged_type> recurrence_definition_types() { return defined_types; }

std::span<const std::string_view> choices(recurring_type) {
  static constexpr std::string_view all[] = {"incident", "request"};
  return all;
}

std::span<const std::string_view> choices(proposal_state) {
  static constexpr std::string_view all[] = {"open", "accepted", "rejected", "merged"};
  return all;
}

std::span<const field_row> recurring_incident::fields() {
  using self = recurring_incident;
  static constexpr field_row rows[] = {
      row<&self::key>("key", "Key by which lines name it", required, one_line, key_length),
      row<&self::type>("type", "What it is; requests do not count"),
      row<&self::opened_at>("opened_at", "When it was opened", required),
      row<&self::title>("title", "What has happened, in a line", one_line),
      row<&self::description>("description", "What has happened", max_length(limits::text_length_max)),
      row<&self::category>("category", "The path of its category, from the top", one_line,
                           max_length(limits::category_depth_max)),
      row<&self::service>("service", "Key of the service", one_line, key_length),
      row<&self::items>("items", "Keys of the items that are affected", one_line,
                        max_length(limits::recurrence_items_max)),
      row<&self::error_codes>("error_codes", "What it shows as codes; none: those in title and description", one_line,
                              max_length(limits::recurrence_codes_max)),
      row<&self::fingerprint>("fingerprint", "What says that symptoms are the same; none: made of the title", one_line),
      row<&self::customer>("customer", "Key of the caller's customer", one_line, key_length),
      row<&self::caller>("caller", "Key of the caller", one_line, key_length),
      row<&self::team>("team", "Key of the team that has it", one_line, key_length),
      row<&self::impact>("impact", "How much is affected"),
      row<&self::urgency>("urgency", "How quickly it must be resolved"),
      row<&self::severity>("severity", "How grave it is technically"),
      row<&self::priority>("priority", "Its priority"),
      row<&self::state>("state", "Its state; cancelled ones do not count"),
      row<&self::duplicate_of>("duplicate_of", "Key of its original; duplicates do not count", one_line, key_length),
      row<&self::parent>("parent", "Key of its parent; children do not count", one_line, key_length),
  };
  return rows;
}

std::span<const field_row> proposal_decision::fields() {
  using self = proposal_decision;
  static constexpr field_row rows[] = {
      row<&self::proposal>("proposal", "Number of the proposal", required,
                           range{1, std::numeric_limits<std::int32_t>::max()}),
      row<&self::outcome>("outcome", "What becomes of it: accepted, rejected or merged", required),
      row<&self::at>("at", "When it was decided", required),
      row<&self::problem>("problem", "Key of the problem that it becomes, or is merged into", one_line, key_length),
      row<&self::into>("into", "Number of the open proposal that it is merged into",
                       range{1, std::numeric_limits<std::int32_t>::max()}),
      row<&self::reason>("reason", "Why it is rejected", max_length(limits::text_length_max)),
  };
  return rows;
}

std::span<const field_row> known_problem::fields() {
  static constexpr field_row rows[] = {
      row<&known_problem::key>("key", "Key by which lines name it", required, one_line, key_length),
      row<&known_problem::open>("open", "Is it open", required),
  };
  return rows;
}

bool counts(const recurring_incident& incident) {
  return incident.type != recurring_type::request && incident.state != state_kind::cancelled &&
         incident.duplicate_of.empty() && incident.parent.empty();
}

recurrence_traits traits_of(const recurring_incident& incident) {
  recurrence_traits traits{incident.category, incident.service, incident.items, incident.fingerprint, {},
                           incident.customer};
  if (traits.fingerprint.empty()) traits.fingerprint = fingerprint_of(incident.title);
  if (incident.error_codes.empty()) {
    traits.error_codes = error_codes_of(incident.title + '\n' + incident.description);
    if (traits.error_codes.size() > limits::recurrence_codes_max)
      traits.error_codes.resize(limits::recurrence_codes_max);
  }
  for (const std::string& code : incident.error_codes) traits.error_codes.push_back(folded_code(code));
  return traits;
}

recurrence_session::recurrence_session() { schema_.add(recurring_incident::fields()); }

std::string recurrence_session::answer(std::string_view line) {
  return answer_line(line, [&](std::string_view one) { return execute(one); });
}

std::string recurrence_session::execute(std::string_view line) {
  return kind_of_line(line).defines ? define(line) : ask(line);
}

std::string recurrence_session::define(std::string_view line) {
  any_definition one = read_definition(line);
  switch (one.type) {
    case is_rule:
      return put(one.rule);
    case is_incident:
      return put(std::move(one.incident));
    case is_problem:
      return put(one.problem);
    default:
      return put(one.decision);
  }
}

std::string recurrence_session::put(const recurrence_rule& rule) {
  refuse_findings("recurrence.refused", lint(rule));
  if (rules_.size() == limits::recurrence_rules_max && !rules_.contains(rule.key)) {
    throw error(status::resource_exhausted, "recurrence.too_many",
                "there are " + std::to_string(rules_.size()) + " rules, allowed are no more");
  }
  active_rule made{rule, {}, {}, symptom_index(rule.likeness)};
  if (rule.condition) {
    made.condition = compile_condition(rule.condition.text, schema_, "/condition");
    if (made.condition->timed || made.condition->asks_changes) {
      refuse(status::invalid_argument, "recurrence.refused", "/condition",
             made.condition->timed ? "one that asks for the time" : "one that asks what has changed",
             "one whose answer is the same at all times");
    }
  }
  active_rule& active = rules_.insert_or_assign(rule.key, std::move(made)).first->second;
  for (std::uint64_t id = 0; id < incidents_.size(); ++id) take_up(active, id, traits_of(incidents_[id]));
  return defined_answer("recurrence_rule", rule.key);
}

bool recurrence_session::is_about(const active_rule& rule, const recurring_incident& incident) const {
  if (!rule.condition) return true;
  const void* const objects[] = {&incident};
  const table_objects tables{schema_, objects};
  return holds(*rule.condition, data_of(tables), no_instant);
}

// The groups of the incident, if it counts.
std::vector<std::string> recurrence_session::take_up(active_rule& rule, std::uint64_t id, recurrence_traits traits) {
  const recurring_incident& incident = incidents_[id];
  std::vector<std::string> groups;
  if (counts(incident) && is_about(rule, incident)) {
    traits.fingerprint = rule.symptoms.symptom_of(traits.fingerprint);
    groups = groups_of(rule.rule, traits);
  }
  rule.groups.put(id, incident.opened_at, groups);
  return groups;
}

std::string recurrence_session::put(recurring_incident&& incident) {
  const auto known = by_key_.find(incident.key);
  const recurrence_traits traits = traits_of(incident);
  if (known != by_key_.end()) {
    incidents_[known->second] = std::move(incident);
    for (auto& [key, rule] : rules_) take_up(rule, known->second, traits);
    return defined_answer("incident", incidents_[known->second].key);
  }
  const std::uint64_t id = incidents_.size();
  by_key_.emplace(incident.key, id);
  incidents_.push_back(std::move(incident));
  json_writer proposed;
  json_writer joined;
  proposed.begin_array();
  joined.begin_array();
  for (auto& [key, rule] : rules_) {
    const std::vector<std::string> groups = take_up(rule, id, traits);
    if (!rule.rule.retired) log(rule, id, groups, proposed, joined);
  }
  proposed.end_array();
  joined.end_array();
  json_writer to;
  to.begin_object();
  to.member("defined", "incident");
  to.member("key", incidents_.back().key);
  if (proposed.str() != "[]") to.key("proposed"), to.raw(proposed.str());
  if (joined.str() != "[]") to.key("joined"), to.raw(joined.str());
  to.end_object();
  return to.take();
}

const problem_proposal& recurrence_session::last_of(std::int64_t number) const {
  const problem_proposal* proposal = &proposals_[static_cast<std::size_t>(number - 1)];
  while (proposal->decision.into != 0) proposal = &proposals_[static_cast<std::size_t>(proposal->decision.into - 1)];
  return *proposal;
}

// As a proposal, or as the problem that it became.
bool recurrence_session::is_open(const problem_proposal& proposal) const {
  if (proposal.state == proposal_state::open) return true;
  return !proposal.decision.problem.empty() && problems_.at(proposal.decision.problem);
}

recurrence_session::current recurrence_session::current_of(const standing& group) const {
  const problem_proposal& last = last_of(group.proposal);
  if (is_open(last)) return {last.number, group.rejected_at};
  return {0,
          last.state == proposal_state::rejected ? std::max(group.rejected_at, last.decision.at) : group.rejected_at};
}

// What comes of it that the incident, which is in these groups, has been logged (P4).
void recurrence_session::log(active_rule& rule, std::uint64_t id, const std::vector<std::string>& groups,
                             json_writer& proposed, json_writer& joined) {
  for (const std::string& group : groups) {
    const std::pair key(rule.rule.key, group);
    const auto known = standings_.find(key);
    const current now = known == standings_.end() ? current{} : current_of(known->second);
    if (now.open_proposal != 0) {
      problem_proposal& proposal = proposals_[static_cast<std::size_t>(now.open_proposal - 1)];
      if (!proposal.incidents.empty() && proposal.incidents.back() == id) continue;  // through another of its groups
      proposal.incidents.push_back(id);
      joined.begin_object();
      joined.member("proposal", proposal.number);
      joined.member("rule", rule.rule.key);
      if (!proposal.decision.problem.empty()) joined.member("problem", proposal.decision.problem);
      joined.end_object();
      continue;
    }
    const instant opened_at = incidents_[id].opened_at;
    if (opened_at <= now.rejected_at) continue;
    const auto found = rule.groups.within(group, std::max(opened_at - rule.rule.window, now.rejected_at), opened_at);
    if (std::ssize(found) < rule.rule.count) continue;
    const problem_proposal& made = propose(rule, group, found);
    standings_[key] = {made.number, now.rejected_at};
    write(proposed, made);
  }
}

problem_proposal& recurrence_session::propose(const active_rule& rule, const std::string& group,
                                              std::span<const recurrence_groups::opened> found) {
  problem_proposal made;
  made.number = std::ssize(proposals_) + 1;
  made.rule = rule.rule.key;
  made.group = group;
  made.proposed_at = found.back().at;
  std::vector<std::string_view> titles;
  for (const recurrence_groups::opened& one : found) {
    made.incidents.push_back(one.incident);
    titles.push_back(incidents_[one.incident].title);
  }
  made.proposed_count = made.incidents.size();
  const instant begin = made.proposed_at - rule.rule.window;
  made.evidence = weigh(rule.rule, titles, rule.groups.within(group, begin - rule.rule.window, begin).size());
  return proposals_.emplace_back(std::move(made));
}

std::string recurrence_session::put(const known_problem& problem) {
  problems_[problem.key] = problem.open.value == 1;
  return defined_answer("problem", problem.key);
}

void recurrence_session::check(const proposal_decision& decision) const {
  const auto refuse_number = [](std::string_view path, std::int64_t number, const char* allowed) {
    refuse(status::not_found, "recurrence.unknown_proposal", path, refused_value::integer(number), allowed);
  };
  if (decision.proposal > std::ssize(proposals_)) {
    refuse_number("/proposal", decision.proposal, "a proposal that was made");
  }
  const problem_proposal& proposal = proposals_[static_cast<std::size_t>(decision.proposal - 1)];
  if (proposal.state != proposal_state::open) {
    const std::string_view state = choices(proposal.state)[static_cast<std::size_t>(proposal.state) - 1];
    refuse(status::failed_precondition, "recurrence.decided", "/proposal", "one that is " + std::string(state),
           "one that is open");
  }
  std::vector<std::string> findings;
  const auto demand = [&](bool wanted, bool given, const char* name, const char* with) {
    if (wanted && !given) findings.push_back("/" + std::string(name) + ": " + with + " needs it");
    if (!wanted && given) findings.push_back("/" + std::string(name) + ": " + with + " has none");
  };
  const bool names_problem = !decision.problem.empty();
  switch (decision.outcome) {
    case proposal_state::accepted:
      demand(true, names_problem, "problem", "accepting");
      demand(false, decision.into != 0, "into", "accepting");
      break;
    case proposal_state::rejected:
      demand(true, !decision.reason.empty(), "reason", "rejecting");
      demand(false, names_problem, "problem", "rejecting");
      demand(false, decision.into != 0, "into", "rejecting");
      break;
    case proposal_state::merged:
      if (names_problem == (decision.into != 0))
        findings.push_back("/into: merging needs it or \"problem\", one of the two");
      break;
    default:
      findings.push_back("/outcome: found \"open\", allowed accepted, rejected, merged");
  }
  refuse_findings("recurrence.refused", findings);
  if (names_problem && problems_.contains(decision.problem) && !problems_.at(decision.problem)) {
    refuse(status::failed_precondition, "recurrence.closed_problem", "/problem", refused_value::text(decision.problem),
           "a problem that is open");
  }
  if (decision.into == 0) return;
  if (decision.into > std::ssize(proposals_)) refuse_number("/into", decision.into, "a proposal that was made");
  const bool open = proposals_[static_cast<std::size_t>(decision.into - 1)].state == proposal_state::open;
  if (decision.into == decision.proposal || !open) {
    refuse(status::failed_precondition, "recurrence.decided", "/into", refused_value::integer(decision.into),
           "another proposal that is open");
  }
}

std::string recurrence_session::put(const proposal_decision& decision) {
  check(decision);
  problem_proposal& proposal = proposals_[static_cast<std::size_t>(decision.proposal - 1)];
  proposal.state = decision.outcome;
  proposal.decision = decision;
  if (!decision.problem.empty()) problems_[decision.problem] = true;
  if (decision.into != 0) {
    std::vector<std::uint64_t>& all = proposals_[static_cast<std::size_t>(decision.into - 1)].incidents;
    const std::unordered_set<std::uint64_t> there(all.begin(), all.end());
    std::ranges::copy_if(proposal.incidents, std::back_inserter(all),
                         [&](std::uint64_t id) { return !there.contains(id); });
  }
  json_writer to;
  to.begin_object();
  to.member("defined", "decision");
  to.member("proposal", decision.proposal);
  to.end_object();
  return to.take();
}

std::string answer_recurrence_lines(std::string_view book, std::string_view lines) {
  recurrence_session session;
  return answer_lines(book, lines, limits::answered_lines_max, "recurrence.too_many",
                      [&](std::string_view line) { return session.execute(line); });
}

}  // namespace tocsin::inline v1
