#include <tocsin/desk/query.hpp>

#include <tocsin/base/json.hpp>
#include <tocsin/base/refusal.hpp>
#include <tocsin/desk/condition_words.hpp>
#include <tocsin/desk/permission.hpp>
#include <tocsin/desk/record_schema.hpp>
#include <tocsin/desk/record_timers.hpp>
#include <tocsin/desk/references.hpp>

#include <algorithm>
#include <charconv>
#include <map>

#include "implied_tests.hpp"

namespace tocsin::inline v1 {
namespace {

constexpr std::int64_t default_limit = 100;

// A condition beside the field of the incident that it is about.
struct condition_row {
  const field_row* condition;
  const field_row* subject;
};

const field_row* field_named(std::span<const field_row> fields, std::string_view name) {
  const auto found = std::ranges::find(fields, name, &field_row::name);
  return found == fields.end() ? nullptr : &*found;
}

const std::vector<condition_row>& condition_rows() {
  static const std::vector<condition_row> rows = [] {
    std::vector<condition_row> result;
    for (const field_row& condition : find_conditions::fields()) {
      if (condition.type->kind == field_kind::text) continue;
      if (const field_row* subject = field_named(incident::fields(), condition.name))
        result.push_back({&condition, subject});
    }
    return result;
  }();
  return rows;
}

bool within(const instant_range& range, std::int64_t us) {
  return us != no_instant.us && (!is_set(range.from) || us >= range.from.us) &&
         (!is_set(range.before) || us < range.before.us);
}

bool within(const count_range& range, std::int64_t n) {
  return (!range.least || n >= range.least.value) && (!range.most || n <= range.most.value);
}

bool meets(const condition_row& row, const find_conditions& where, const incident& record) {
  const void* wanted = row.condition->at(&where);
  const std::int64_t found = row.subject->type->get(row.subject->at(&record));
  if (row.condition->type->kind != field_kind::object) return row.condition->type->get(wanted) == found;
  return row.subject->type->kind == field_kind::instant ? within(*static_cast<const instant_range*>(wanted), found)
                                                        : within(*static_cast<const count_range*>(wanted), found);
}

// The conditions that are given, looked up once for a whole scan.
class matcher {
 public:
  explicit matcher(const find_conditions& where) : where_(where) {
    for (const condition_row& row : condition_rows()) {
      if (!is_absent(*row.condition->type, row.condition->at(&where))) given_.push_back(row);
    }
  }

  // The conditions on fields that records have of themselves, as tests: exactly as much.
  std::vector<record_test> tests() const {
    std::vector<record_test> result;
    for (const condition_row& row : given_) result.push_back(test_of(row));
    return result;
  }

  // False: more is looked at than fields.
  bool add_needed(std::vector<const field_row*>& fields) const {
    for (const condition_row& row : given_) fields.push_back(row.subject);
    return where_.external_key.empty();
  }

  bool operator()(const incident& record) const {
    if (where_.open && (where_.open.value != 0) != is_open(record.state_kind)) return false;
    if (where_.ended && (where_.ended.value != 0) != is_final(record.state_kind)) return false;
    if (!where_.external_key.empty() && record.text->external_key != where_.external_key) return false;
    return std::ranges::all_of(given_, [&](const condition_row& row) { return meets(row, where_, record); });
  }

 private:
  record_test test_of(const condition_row& row) const {
    record_test test{.field = row.subject, .values = {}};
    const void* wanted = row.condition->at(&where_);
    if (row.condition->type->kind != field_kind::object) {
      test.least = test.most = row.condition->type->get(wanted);
    } else if (row.subject->type->kind == field_kind::instant) {
      const auto& range = *static_cast<const instant_range*>(wanted);
      if (is_set(range.from)) test.least = range.from.us;
      if (is_set(range.before)) test.most = range.before.us - 1;
    } else {
      const auto& range = *static_cast<const count_range*>(wanted);
      if (range.least) test.least = range.least.value;
      if (range.most) test.most = range.most.value;
    }
    return test;
  }

  const find_conditions& where_;
  std::vector<condition_row> given_;
};

bool may_be_live(const find_conditions& w) { return w.ended.value != 1 && !is_final(w.state_kind); }

bool may_be_closed(const find_conditions& w) {
  return w.open.value != 1 && w.ended.value != 0 && (w.state_kind == state_kind::unset || is_final(w.state_kind));
}

// By an index from the first value to the last that the test leaves.
std::optional<record_scan> scan_by(record_index index, std::string_view field, const record_test& test) {
  if (test.field->name != field) return std::nullopt;
  if (test.field->type->kind != field_kind::instant && !names_values(test)) return std::nullopt;
  record_scan scan{.index = index, .least = test.least, .most = test.most};
  if (!test.values.empty()) {
    scan.least = std::max(scan.least, test.values.front());
    scan.most = std::min(scan.most, test.values.back());
  }
  return scan;
}

// By the index that leaves least to look at, if one does; the store looks at all the tests, too.
record_scan scan_for(std::vector<record_test> tests) {
  const auto by = [&](record_index index, std::string_view field) -> std::optional<record_scan> {
    for (const record_test& test : tests) {
      if (auto scan = scan_by(index, field, test)) return scan;
    }
    return std::nullopt;
  };
  const bool of_assignee = by(record_index::id, "assignee").has_value();
  std::optional<record_scan> chosen = by(record_index::caller, "caller");
  if (!chosen && !of_assignee) chosen = by(record_index::closed_at, "closed_at");
  if (!chosen && !of_assignee) chosen = by(record_index::opened_at, "opened_at");
  record_scan scan = chosen.value_or(record_scan{});
  scan.tests = std::move(tests);
  return scan;
}

// Each once, and the state, which says that a record is closed.
std::vector<const field_row*> each_once(std::vector<const field_row*> fields) {
  fields.push_back(field_named(incident::fields(), "state_kind"));
  std::ranges::sort(fields);
  fields.erase(std::unique(fields.begin(), fields.end()), fields.end());
  return fields;
}

// ---- order and cursor

struct position {
  std::int64_t value = 0;
  std::uint64_t id = 0;
  auto operator<=>(const position&) const = default;
};

std::int64_t order_value(find_order order, const incident& r) {
  switch (order) {
    case find_order::number:
      return static_cast<std::int64_t>(r.number);
    case find_order::opened_at:
      return r.opened_at.us;
    case find_order::updated_at:
      return r.updated_at.us;
    case find_order::resolved_at:
      return r.resolved_at.us;
    case find_order::closed_at:
      return r.closed_at.us;
    case find_order::priority:
      return static_cast<std::int64_t>(r.priority);
    case find_order::unset:
    case find_order::id:
      break;
  }
  return static_cast<std::int64_t>(r.id);
}

// All that order_value reads.
std::vector<const field_row*> ordered_fields() {
  std::vector<const field_row*> fields;
  for (const std::string_view name : choices(find_order{})) {
    if (const field_row* field = field_named(incident::fields(), name)) fields.push_back(field);
  }
  return fields;
}

std::string cursor_at(const position& p) { return std::to_string(p.value) + ":" + std::to_string(p.id); }

position read_cursor(const std::string& text) {
  position p;
  const char* const end = text.data() + text.size();
  const auto value = std::from_chars(text.data(), end, p.value);
  if (value.ec == std::errc{} && value.ptr != end && *value.ptr == ':') {
    const auto id = std::from_chars(value.ptr + 1, end, p.id);
    if (id.ec == std::errc{} && id.ptr == end) return p;
  }
  throw unexpected(status::invalid_argument, "query.cursor", "/cursor", refused_value::text(text),
                   "the cursor of the answer before");
}

struct candidate {
  position at;
  incident_ptr record;
};

// The best so many of all that are offered.
class shortlist {
 public:
  shortlist(std::size_t size, bool descending) : size_(size), descending_(descending) {}

  void offer(candidate c) {
    best_.push_back(std::move(c));
    if (best_.size() >= 2 * size_ + 64) cut();
  }

  std::vector<candidate> take() {
    cut();
    return std::move(best_);
  }

  bool in_order(const position& a, const position& b) const { return descending_ ? b < a : a < b; }

 private:
  void cut() {
    std::ranges::sort(best_, [this](const candidate& a, const candidate& b) { return in_order(a.at, b.at); });
    if (best_.size() > size_) best_.resize(size_);
  }

  std::size_t size_;
  bool descending_;
  std::vector<candidate> best_;
};

// Null where it was not there yet. What nothing has touched since then is as it is: `updated_at` is never before the
// instant that an entry states.
incident_ptr as_it_was(const desk& d, const incident_ptr& now, instant at) {
  if (now->updated_at <= at) return now;
  if (!now->imported && now->recorded_at - day > at) return nullptr;  // an entry states at most a day before (D1)
  return record_as_of(d.storage(), d.state().definitions, *now, {.at = at});
}

}  // namespace

// ---- tables of fields

std::span<const field_row> instant_range::fields() {
  static constexpr field_row rows[] = {
      row<&instant_range::from>("from", "Not earlier than this"),
      row<&instant_range::before>("before", "Earlier than this"),
  };
  return rows;
}

std::span<const field_row> count_range::fields() {
  static constexpr field_row rows[] = {
      row<&count_range::least>("least", "At least so many"),
      row<&count_range::most>("most", "At most so many"),
  };
  return rows;
}

std::span<const field_row> find_conditions::fields() {
  using self = find_conditions;
  static constexpr field_row rows[] = {
      row<&self::open>("open", "New, assigned, in progress or on hold; false: none of these"),
      row<&self::ended>("ended", "Closed or cancelled; false: neither"),
      row<&self::state>("state", "State in its workflow"),
      row<&self::state_kind>("state_kind", "What the state means"),
      row<&self::hold_reason>("hold_reason", "Why it waits"),
      row<&self::resolution_code>("resolution_code", "How it was resolved"),
      row<&self::priority>("priority", "Priority"),
      row<&self::impact>("impact", "Impact"),
      row<&self::urgency>("urgency", "Urgency"),
      row<&self::severity>("severity", "Severity"),
      row<&self::incident_class>("incident_class", "Class: handled by judgement, by a model, or as an emergency"),
      row<&self::channel>("channel", "Channel by which it was reported"),
      row<&self::caller>("caller", "Person who is affected or reported it"),
      row<&self::reporter>("reporter", "Person who reported it for the caller"),
      row<&self::team>("team", "Team that has it"),
      row<&self::assignee>("assignee", "Person who has it"),
      row<&self::category>("category", "Category, itself alone"),
      row<&self::service>("service", "Service"),
      row<&self::workflow>("workflow", "Workflow"),
      row<&self::type>("type", "Record type by its key; \"incident\": an ordinary incident"),
      row<&self::external_key>("external_key", "Its key in another system"),
      row<&self::priority_overridden>("priority_overridden", "The priority was set by hand"),
      row<&self::permanent>("permanent", "The resolution is a permanent one"),
      row<&self::confirmed>("confirmed", "The requester confirmed the resolution"),
      row<&self::retrospective>("retrospective", "Entered after the fact"),
      row<&self::imported>("imported", "Its history was imported"),
      row<&self::opened_at>("opened_at", "When it was opened"),
      row<&self::occurred_at>("occurred_at", "When it began"),
      row<&self::updated_at>("updated_at", "When it was last touched"),
      row<&self::acknowledged_at>("acknowledged_at", "When it was first acknowledged"),
      row<&self::resolved_at>("resolved_at", "When it was resolved last"),
      row<&self::closed_at>("closed_at", "When it was closed"),
      row<&self::cancelled_at>("cancelled_at", "When it was cancelled"),
      row<&self::held_since>("held_since", "Since when it waits"),
      row<&self::auto_close_at>("auto_close_at", "When it closes without an answer"),
      row<&self::reopen_count>("reopen_count", "How often it was reopened"),
      row<&self::reassignment_count>("reassignment_count", "How often it went from one team to another"),
      row<&self::hold_count>("hold_count", "How often it was put on hold"),
  };
  return rows;
}

std::span<const field_row> find_query::fields() {
  using self = find_query;
  static constexpr field_row rows[] = {
      row<&self::types>("types", types_meaning, max_length(100)),
      row<&self::as_of>("as_of", "Records as they were at this instant; as they are where none is given"),
      row<&self::where>("where", "Conditions; every one that is given must hold"),
      row<&self::order>("order", "What the records are ordered by; id where none is given"),
      row<&self::descending>("descending", "Largest or latest first"),
      row<&self::limit>("limit", "How many at most; 100 where none is given",
                        range{0, static_cast<std::int64_t>(limits::find_limit_max)}),
      row<&self::cursor>("cursor", "The cursor of the answer before"),
      row<&self::members>("fields",
                          "Which members of the records to show, custom.<key> among them; all where none is given",
                          max_length(100)),
      row<&self::condition>("condition", "What must hold beside, in JsonLogic's syntax, custom fields included"),
  };
  return rows;
}

std::span<const field_row> get_query::fields() {
  static constexpr field_row rows[] = {
      row<&get_query::incident>("incident", "Incident by number or id", required),
      row<&get_query::as_of>("as_of", "As it was at this instant"),
      row<&get_query::as_of_sequence>("as_of_sequence", "As it was after this entry", range{0, INT64_MAX}),
  };
  return rows;
}

std::span<const field_row> timeline_query::fields() {
  static constexpr field_row rows[] = {
      row<&timeline_query::incident>("incident", "Incident by number or id", required),
  };
  return rows;
}

std::span<const field_row> timers_query::fields() {
  static constexpr field_row rows[] = {
      row<&timers_query::limit>("limit", "How many at most; 100 where none is given",
                                range{0, static_cast<std::int64_t>(limits::find_limit_max)}),
  };
  return rows;
}

std::span<const field_row> definitions_query::fields() {
  static constexpr field_row rows[] = {
      row<&definitions_query::kind>(
          "kind", "Kind of definition: person, team, service, category, workflow, priority_matrix ...", required),
      row<&definitions_query::key>("key", "Only the one with this key"),
      row<&definitions_query::as_of>("as_of", "As they were at that instant; as they are where none is given"),
  };
  return rows;
}

std::span<const field_row> presence_query::fields() {
  static constexpr field_row rows[] = {
      row<&presence_query::incident>("incident", "Record by number or id", required),
      row<&presence_query::at>("at", "At that instant; the desk's clock where none is given"),
  };
  return rows;
}

std::span<const field_row> changes_query::fields() {
  static constexpr field_row rows[] = {
      row<&changes_query::after>("after", "Sequence of the entry before; the answer's `last` of the time before",
                                 range{0, INT64_MAX}),
      row<&changes_query::limit>("limit", "How many entries at most; 100 where none is given",
                                 range{0, static_cast<std::int64_t>(limits::find_limit_max)}),
  };
  return rows;
}

std::span<const field_row> explain_query::fields() {
  static constexpr field_row rows[] = {
      row<&explain_query::incident>("incident", "Incident by number or id", required),
      row<&explain_query::condition>("condition", "What is asked of it, in JsonLogic's syntax", required),
      row<&explain_query::as_of>("as_of", "Of the record as it was at this instant"),
  };
  return rows;
}

std::span<const field_row> status_query::fields() { return {}; }

std::span<const std::string_view> choices(find_order) {
  static constexpr std::string_view all[] = {"id",          "number",    "opened_at", "updated_at",
                                             "resolved_at", "closed_at", "priority"};
  return all;
}

// ---- answers

void each_record(const desk& d, const find_conditions& where, const std::function<bool(const incident_ptr&)>& visit,
                 const record_outline& outline) {
  const matcher matches(where);
  std::size_t steps = 0;
  bool go_on = true;
  const auto look = [&](const incident_ptr& record) {
    if (++steps % limits::progress_steps == 0) d.step("query", steps);
    if (matches(*record)) go_on = visit(record);
    return go_on;
  };
  if (may_be_live(where)) d.state().live.each(look);
  if (!go_on || !may_be_closed(where)) return;
  std::vector<record_test> tests = matches.tests();
  tests.insert(tests.end(), outline.tests.begin(), outline.tests.end());
  record_scan scan = scan_for(std::move(tests));
  if (outline.only) {
    std::vector<const field_row*> needed = *outline.only;
    if (matches.add_needed(needed)) scan.only = each_once(std::move(needed));
  }
  d.storage().scan_closed(scan, look);
}

void each_record_as_of(const desk& d, instant as_of, const find_conditions& where,
                       const std::function<bool(const incident_ptr& then, const incident& now)>& visit,
                       const record_outline& outline) {
  if (!is_set(as_of)) return each_record(d, where, [&](const incident_ptr& r) { return visit(r, *r); }, outline);
  const matcher matches(where);
  each_record(d, {}, [&](const incident_ptr& now) {
    const incident_ptr then = as_it_was(d, now, as_of);
    return !then || !matches(*then) || visit(then, *now);
  });
}

// ---- types

namespace {

record_type_ref type_named(const desk_state& state, const std::string& key, const std::string& path) {
  const record_type_ref type{state.words.find(word_kind::record_type, key)};
  if (type || key == incident_type) return type;
  std::vector<std::string> known = {std::string(incident_type)};
  for (std::uint32_t n = 1; n <= state.words.size(word_kind::record_type); ++n) {
    known.emplace_back(state.words.word(word_kind::record_type, n));
  }
  std::string words = "a record_type that has been published (" + allowed_values(known).words + ")";
  throw unknown_name(status::invalid_argument, "document.unknown_reference", path, key,
                     {std::move(known), std::move(words)});
}

}  // namespace

type_filter::type_filter(const desk_state& state, const std::vector<std::string>& named, const std::string& only,
                         const record_filter& condition)
    : state_(state), all_(named.empty() && condition.asks_for_types()) {
  for (std::size_t i = 0; i < named.size(); ++i) {
    if (named[i] == all_types) {
      all_ = true;
    } else {
      named_.push_back(type_named(state, named[i], "/types/" + std::to_string(i)));
    }
  }
  if (!only.empty()) only_ = type_named(state, only, "/where/type");
}

bool type_filter::operator()(const incident& record) const {
  if (only_ && !(record.type == *only_)) return false;
  if (named_.empty()) return all_ || only_ || state_.definitions.base_of(record) == record_base::incident;
  return all_ || std::ranges::find(named_, record.type) != named_.end();
}

constexpr std::size_t tested_types_max = 100;  // more are looked at one by one

std::optional<record_test> type_filter::as_test() const {
  const auto count = static_cast<std::uint32_t>(state_.words.size(word_kind::record_type));
  record_test test{.field = field_named(incident::fields(), "type"), .values = {}};
  incident of_type;
  for (std::uint32_t number = 0; number <= count; ++number) {
    of_type.type = {number};
    if ((*this)(of_type)) test.values.push_back(number);
  }
  const bool all = test.values.size() == count + std::size_t{1};
  if (all || test.values.size() > tested_types_max) return std::nullopt;
  if (test.values.empty()) test.most = test.least;  // a type that no record has
  return test;
}

// ---- who may see what

record_filter::record_filter(const desk& d, const embedded_json& condition, const query_type& asked, person_ref actor,
                             instant as_of)
    : state_(d.state()),
      then_(is_set(as_of) && as_of < state_.counters.clock ? definitions_as_of(d, as_of) : nullptr),
      at_(is_set(as_of) ? as_of : state_.counters.clock),
      asked_(asked),
      actor_(actor ? actor : host_person),
      by_(d, actor) {
  if (condition) condition_ = compile_asked(condition, state_, "/condition");
}

bool record_filter::asks_for_types() const {
  if (!condition_) return false;
  const auto& paths = state_.definitions.schemas->record().paths;
  return std::ranges::any_of(condition_->steps, [&](const condition_step& step) {
    const auto at = static_cast<std::size_t>(step.number);
    return step.operation == condition_operator::var && at < paths.size() &&
           (paths[at].path == "type" || paths[at].path == "base");
  });
}

std::vector<record_test> record_filter::implied_tests() const {
  if (!condition_) return {};
  return tests_implied_by(*condition_, state_.definitions.schemas->record(), state_.words);
}

// Whoever may not see every record is judged by the whole of it.
bool record_filter::add_needed(std::vector<const field_row*>& fields) const {
  if (actor_.index > host_person.index) return false;
  if (!condition_) return true;
  if (!condition_->items.empty()) return false;
  const auto& paths = state_.definitions.schemas->record().paths;
  return std::ranges::all_of(condition_->steps, [&](const condition_step& step) {
    switch (step.operation) {
      case condition_operator::var:
        fields.push_back(field_of(paths[static_cast<std::size_t>(step.number)]));
        return fields.back() != nullptr;
      case condition_operator::some:
      case condition_operator::all:
      case condition_operator::none:
      case condition_operator::changed:
      case condition_operator::from:
      case condition_operator::to:
        return false;
      default:
        return true;
    }
  });
}

bool record_filter::operator()(const incident& then, const incident& now) const {
  if (!may_query(state_, asked_, actor_, &now)) return false;
  if (!condition_ && !asks_for_hidden_) return true;
  // A condition would tell what is hidden.
  if (audience_of(state_, asked_, actor_, &now) == visibility::requester) return false;
  if (!condition_) return true;
  const incident_ptr without = by_.without_hidden(then);
  const record_view seen{*state_.definitions.schemas, known(), state_.words, without ? *without : then, actor_};
  return tocsin::holds(*condition_, seen.data(), at_);
}

void record_filter::demand_shown(const find_conditions& where, find_order order) {
  const auto is_shown = [](std::string_view member) {
    constexpr std::string_view of_state[] = {"open", "ended", "id", "number"};
    return std::ranges::find(requester_members(), member) != requester_members().end() ||
           std::ranges::find(of_state, member) != std::end(of_state);
  };
  asks_for_hidden_ = std::ranges::any_of(find_conditions::fields(), [&](const field_row& field) {
    return !is_absent(*field.type, field.at(&where)) && !is_shown(field.name);
  });
  if (order != find_order::unset && !is_shown(choices(order)[static_cast<std::size_t>(order) - 1])) {
    asks_for_hidden_ = true;
  }
}

record_outline outline_of(const record_filter& filter, const type_filter& types, std::vector<const field_row*> reads) {
  record_outline outline{.tests = filter.implied_tests()};
  if (auto test = types.as_test()) outline.tests.push_back(std::move(*test));
  reads.push_back(field_named(incident::fields(), "type"));
  if (filter.add_needed(reads)) outline.only = std::move(reads);
  return outline;
}

find_answer find(const desk& d, const find_query& query, person_ref actor) {
  record_filter is_asked_for(d, query.condition, find_query::descriptor, actor, query.as_of);
  const type_filter is_of_type(d.state(), query.types, query.where.type, is_asked_for);
  is_asked_for.demand_shown(query.where, query.order);
  const auto limit = static_cast<std::size_t>(query.limit == 0 ? default_limit : query.limit);
  shortlist best(limit + 1, query.descending);
  const bool go_on = !query.cursor.empty();
  const position after = go_on ? read_cursor(query.cursor) : position{};
  // Where only live records are asked for, and in the order in which they are met, the first ones are the best.
  const bool in_order =
      !query.descending && query.order <= find_order::id && !may_be_closed(query.where) && !is_set(query.as_of);
  std::size_t offered = 0;
  const auto look = [&](const incident_ptr& record, const incident& now) {
    if (!is_of_type(*record) || !is_asked_for(*record, now)) return true;
    const position at{order_value(query.order, *record), record->id};
    if (go_on && !best.in_order(after, at)) return true;
    best.offer({at, record});
    return !in_order || ++offered <= limit;
  };
  const record_outline outline = outline_of(is_asked_for, is_of_type, ordered_fields());
  each_record_as_of(d, query.as_of, query.where, look, outline);
  find_answer answer;
  std::vector<candidate> found = best.take();
  if (found.size() > limit) {
    found.resize(limit);
    answer.cursor = cursor_at(found.back().at);
  }
  for (candidate& c : found) {
    // Closed ones may have come without all that they have.
    if (outline.only && !c.record->text) c.record = d.storage().load_closed(c.record->id);
    if (c.record) answer.records.push_back(std::move(c.record));
  }
  return answer;
}

incident_ptr get(const desk& d, const get_query& query) {
  incident_ptr record = d.find(query.incident);
  if (!record) refuse_unknown_record(query.incident);
  if (!is_set(query.as_of) && query.as_of_sequence == 0) return record;
  as_of until;
  if (is_set(query.as_of)) until.at = query.as_of;
  if (query.as_of_sequence != 0) until.sequence = static_cast<std::uint64_t>(query.as_of_sequence);
  incident_ptr then = record_as_of(d.storage(), d.state().definitions, *record, until);
  if (!then) {
    throw error(status::not_found, "record.not_yet", d.show_number(record->number) + " was not there yet");
  }
  return then;
}

std::vector<timer> pending_timers(const desk& d, std::size_t limit, person_ref actor) {
  const record_filter may_see(d, {}, timers_query::descriptor, actor);
  std::vector<timer> result;
  for (const timer& t : d.state().timers.all()) {
    const incident_ptr& record = d.state().live.find(t.id);
    if (record && stands(*record, t.kind, t.due) && may_see(*record)) result.push_back(t);
  }
  std::sort(result.begin(), result.end());
  const auto same = [](const timer& a, const timer& b) { return a.id == b.id && a.kind == b.kind && a.due == b.due; };
  result.erase(std::unique(result.begin(), result.end(), same), result.end());
  if (result.size() > limit) result.resize(limit);
  return result;
}

}  // namespace tocsin::inline v1
