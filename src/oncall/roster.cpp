#include <tocsin/oncall/roster.hpp>

#include <algorithm>
#include <map>
#include <string>

#include <tocsin/base/error.hpp>
#include <tocsin/oncall/week_mask.hpp>

#include "interval_index.hpp"

namespace tocsin::inline v1 {
namespace {

[[noreturn]] void refuse_findings(const std::string& what, const std::vector<std::string>& findings) {
  std::string why;
  for (const std::string& finding : findings) why += (why.empty() ? "" : "; ") + finding;
  throw error(status::invalid_argument, "roster.refused", what + ": " + why);
}

[[noreturn]] void refuse_unknown(const char* kind, const std::string& key, const std::string& named_by) {
  throw error(status::not_found, std::string("roster.unknown_") + kind,
              named_by + " names \"" + key + "\", which is no " + kind + " that is known");
}

void check_count(std::size_t count, std::size_t most, const char* what) {
  if (count <= most) return;
  throw error(status::resource_exhausted, "oncall.too_many",
              std::to_string(count) + " " + what + ", allowed are " + std::to_string(most));
}

// The versions of one definition in the order in which they come into force.
template <class T>
std::vector<dated<T>> versions_of(const std::vector<dated<T>>& all, std::string_view key) {
  std::vector<dated<T>> result;
  for (const dated<T>& one : all) {
    if (one.definition.key == key) result.push_back(one);
  }
  std::ranges::stable_sort(result, {}, &dated<T>::from);
  // Of two from the same instant the later in the list counts.
  for (std::size_t i = result.size(); i-- > 1;) {
    if (result[i - 1].from == result[i].from) result.erase(result.begin() + static_cast<std::ptrdiff_t>(i) - 1);
  }
  check_count(result.size(), limits::definition_versions_max, "versions");
  return result;
}

void add_all(std::vector<person_ref>& to, std::span<const person_ref> people) {
  to.insert(to.end(), people.begin(), people.end());
}

bool has(std::span<const person_ref> people, person_ref one) { return std::ranges::find(people, one) != people.end(); }

}  // namespace

namespace detail {

// Everything that bears on one schedule, with people as references.
class roster_table {
 public:
  roster_table(const oncall_book& book, std::string_view key, const lexicon& words, const zone_data& zones);

  on_call who(instant at) const;
  instant next_change(instant after) const;
  const zone& zone_at(instant at) const;
  bool key_order(person_ref a, person_ref b) const { return rank_[a.index] < rank_[b.index]; }

 private:
  struct layer {
    std::vector<person_ref> people;
    const rotation_plan* rotation = nullptr;
    std::int64_t turns_ahead;
    bool shadow;
    std::int64_t priority;
    zone where;
    week_mask hours;
    instant active_from;
    instant active_until;
  };

  struct version {
    instant from;
    zone where;
    layer_combination combination;
    std::vector<layer> layers;
  };

  struct change {
    override_kind kind;
    std::vector<person_ref> people;
    person_ref replaced;
    std::int64_t rank;
  };

  struct absences_of {
    interval_index times;
    std::vector<person_ref> covers;  // by number
  };

  person_ref person(const std::string& key, const std::string& named_by, const lexicon& words);
  void add_version(const dated<schedule>& one, const oncall_book& book, const lexicon& words, const zone_data& zones);
  const rotation_plan& plan(const std::string& key, const std::string& named_by, const oncall_book& book,
                            const lexicon& words, const zone_data& zones);
  void add_changes(const oncall_book& book, std::string_view key, const lexicon& words);
  void add_absences(const oncall_book& book, const lexicon& words);
  void rank_people(const lexicon& words);

  const version* version_at(instant at) const;
  bool blank_by_exclusive(std::span<const std::uint32_t> numbers, std::vector<person_ref>& people) const;
  void add_layers(const version& v, instant at, on_call& result) const;
  void apply_changes(std::span<const std::uint32_t> numbers, std::vector<person_ref>& people) const;
  void put_in_order(std::vector<person_ref>& people) const;

  static bool is_open(const layer& l, instant at) {
    return l.hours.is_always() || l.hours.covers(l.where.to_local(at));
  }
  std::vector<person_ref> people_of(const layer& l, instant at) const;
  std::vector<person_ref> turn_of(const layer& l, instant at) const;
  const person_ref* cover_at(person_ref absent, instant at) const;  // nullptr: is not absent
  bool is_absent(person_ref one, instant at) const { return cover_at(one, at) != nullptr; }
  std::vector<person_ref> present(std::span<const person_ref> people, instant at) const;
  std::vector<person_ref> next_present(const rotation_plan& plan, const rotation_shift& shift, std::int64_t turns,
                                       instant at) const;
  std::vector<person_ref> covered(std::span<const person_ref> people, instant at) const;

  std::map<std::string, rotation_plan, std::less<>> plans_;
  std::vector<version> versions_;
  std::vector<change> changes_;  // in the order of their acceptance
  interval_index change_times_;
  std::map<std::uint32_t, absences_of> absences_;  // by person
  interval_index absence_times_;
  std::vector<std::uint32_t> named_;  // numbers of people, while it is made
  std::vector<std::uint32_t> rank_;   // by number of the person: place of the key among those who are named
};

roster_table::roster_table(const oncall_book& book, std::string_view key, const lexicon& words,
                           const zone_data& zones) {
  for (const dated<schedule>& one : versions_of(book.schedules, key)) add_version(one, book, words, zones);
  if (versions_.empty()) refuse_unknown("schedule", std::string(key), "the question");
  add_changes(book, key, words);
  add_absences(book, words);
  rank_people(words);
}

person_ref roster_table::person(const std::string& key, const std::string& named_by, const lexicon& words) {
  const person_ref found{words.find(word_kind::person, key)};
  if (!found) refuse_unknown("person", key, named_by);
  named_.push_back(found.index);
  return found;
}

const rotation_plan& roster_table::plan(const std::string& key, const std::string& named_by, const oncall_book& book,
                                        const lexicon& words, const zone_data& zones) {
  if (const auto known = plans_.find(key); known != plans_.end()) return known->second;
  const std::vector<dated<rotation>> versions = versions_of(book.rotations, key);
  if (versions.empty()) refuse_unknown("rotation", key, named_by);
  for (const auto& [from, definition] : versions) {
    const std::vector<std::string> findings = lint(definition, zones);
    const std::string what = "the rotation \"" + key + "\"";
    if (!findings.empty()) refuse_findings(what, findings);
    for (const rotation_slot& slot : definition.participants) {
      for (const std::string& person_key : slot.people) person(person_key, what, words);
    }
  }
  return plans_.emplace(key, rotation_plan(versions, words, zones)).first->second;
}

void roster_table::add_version(const dated<schedule>& one, const oncall_book& book, const lexicon& words,
                               const zone_data& zones) {
  const schedule& s = one.definition;
  const std::string what = "the schedule \"" + s.key + "\"";
  const std::vector<std::string> findings = lint(s, zones);
  if (!findings.empty()) refuse_findings(what, findings);
  version v{one.from, zones.get(s.zone), s.combination, {}};
  for (const schedule_layer& l : s.layers) {
    layer& made = v.layers.emplace_back(layer{.turns_ahead = l.turns_ahead,
                                              .shadow = l.shadow,
                                              .priority = l.priority,
                                              .where = l.zone.empty() ? v.where : zones.get(l.zone),
                                              .hours = week_mask(l.restrictions),
                                              .active_from = l.active_from,
                                              .active_until = is_set(l.active_until) ? l.active_until : never});
    for (const std::string& key : l.people) made.people.push_back(person(key, what, words));
    if (!l.rotation.empty()) made.rotation = &plan(l.rotation, what, book, words, zones);
  }
  versions_.push_back(std::move(v));
}

void roster_table::add_changes(const oncall_book& book, std::string_view key, const lexicon& words) {
  std::vector<interval_index::interval> times;
  for (const schedule_override& one : book.overrides) {
    if (one.schedule != key) continue;
    const std::string what = "the override \"" + one.key + "\"";
    const std::vector<std::string> findings = lint(one);
    if (!findings.empty()) refuse_findings(what, findings);
    change c{.kind = one.kind, .rank = one.rank};
    for (const std::string& person_key : one.people) c.people.push_back(person(person_key, what, words));
    if (!one.replaced.empty()) c.replaced = person(one.replaced, what, words);
    const instant until = is_set(one.withdrawn_at) ? std::min(one.until, one.withdrawn_at) : one.until;
    times.push_back({std::max(one.from, one.accepted_at), until, static_cast<std::uint32_t>(changes_.size())});
    changes_.push_back(std::move(c));
  }
  check_count(changes_.size(), limits::overrides_max, "overrides");
  change_times_ = interval_index(std::move(times));
}

void roster_table::add_absences(const oncall_book& book, const lexicon& words) {
  check_count(book.absences.size(), limits::absences_max, "absences");
  std::map<std::uint32_t, std::vector<interval_index::interval>> times;
  std::vector<interval_index::interval> all;
  for (const absence& one : book.absences) {
    const std::string what = "the absence \"" + one.key + "\"";
    const std::vector<std::string> findings = lint(one);
    if (!findings.empty()) refuse_findings(what, findings);
    const person_ref who_is_absent = person(one.person, what, words);
    std::vector<person_ref>& covers = absences_[who_is_absent.index].covers;
    const instant from = std::max(one.from, one.accepted_at);
    const instant until = is_set(one.withdrawn_at) ? std::min(one.until, one.withdrawn_at) : one.until;
    times[who_is_absent.index].push_back({from, until, static_cast<std::uint32_t>(covers.size())});
    covers.push_back(one.cover.empty() ? person_ref{} : person(one.cover, what, words));
    all.push_back({from, until, 0});
  }
  for (auto& [number, of_person] : times) absences_[number].times = interval_index(std::move(of_person));
  absence_times_ = interval_index(std::move(all));
}

void roster_table::rank_people(const lexicon& words) {
  std::ranges::sort(named_);
  named_.erase(std::ranges::unique(named_).begin(), named_.end());
  rank_.resize(named_.empty() ? 0 : named_.back() + std::size_t{1});
  std::ranges::sort(named_, {}, [&](std::uint32_t number) { return words.word(word_kind::person, number); });
  for (std::uint32_t i = 0; i < named_.size(); ++i) rank_[named_[i]] = i;
  named_ = {};
}

// ---- who

on_call roster_table::who(instant at) const {
  on_call result;
  std::vector<std::uint32_t> numbers;
  change_times_.find(at, numbers);
  if (!blank_by_exclusive(numbers, result.people)) {
    if (const version* v = version_at(at)) add_layers(*v, at, result);
    apply_changes(numbers, result.people);
  }
  put_in_order(result.people);
  put_in_order(result.shadows);
  std::erase_if(result.shadows, [&](person_ref one) { return has(result.people, one); });
  return result;
}

const roster_table::version* roster_table::version_at(instant at) const {
  const auto after = std::ranges::upper_bound(versions_, at, {}, &version::from);
  return after == versions_.begin() ? nullptr : &*std::prev(after);
}

const zone& roster_table::zone_at(instant at) const {
  const version* v = version_at(at);
  return v ? v->where : versions_.front().where;
}

bool roster_table::blank_by_exclusive(std::span<const std::uint32_t> numbers, std::vector<person_ref>& people) const {
  const change* highest = nullptr;
  for (const std::uint32_t n : numbers) {
    const change& c = changes_[n];
    if (c.kind != override_kind::exclusive) continue;
    if (highest && c.rank < highest->rank) continue;
    if (highest && c.rank > highest->rank) people.clear();
    highest = &c;
    add_all(people, c.people);
  }
  return highest != nullptr;
}

void roster_table::add_layers(const version& v, instant at, on_call& result) const {
  const bool top_only = v.combination == layer_combination::top_priority;
  std::int64_t top = 0;
  for (const layer& l : v.layers) {
    if (at < l.active_from || at >= l.active_until || !is_open(l, at)) continue;
    const std::vector<person_ref> people = people_of(l, at);
    if (l.shadow) {
      add_all(result.shadows, people);
      continue;
    }
    if (people.empty()) continue;
    if (top_only && !result.people.empty()) {
      if (l.priority < top) continue;
      if (l.priority > top) result.people.clear();
    }
    top = l.priority;
    add_all(result.people, people);
  }
}

void roster_table::apply_changes(std::span<const std::uint32_t> numbers, std::vector<person_ref>& people) const {
  for (const std::uint32_t n : numbers) {
    const change& c = changes_[n];
    if (c.kind == override_kind::add) {
      add_all(people, c.people);
    } else if (c.kind == override_kind::remove) {
      std::erase_if(people, [&](person_ref one) { return has(c.people, one); });
    } else if (c.kind == override_kind::replace && std::erase(people, c.replaced) != 0) {
      add_all(people, c.people);
    }
  }
}

void roster_table::put_in_order(std::vector<person_ref>& people) const {
  std::ranges::sort(people, {}, [&](person_ref one) { return rank_[one.index]; });
  people.erase(std::ranges::unique(people).begin(), people.end());
}

// ---- layers and absences

std::vector<person_ref> roster_table::people_of(const layer& l, instant at) const {
  return l.rotation ? turn_of(l, at) : present(l.people, at);
}

std::vector<person_ref> roster_table::turn_of(const layer& l, instant at) const {
  const std::optional<rotation_shift> shift = l.rotation->shift_at(at);
  if (!shift || at >= shift->duty_until) return {};
  switch (l.rotation->definition(*shift).absence) {
    case absence_rule::next:
      return next_present(*l.rotation, *shift, l.turns_ahead, at);
    case absence_rule::cover:
      return covered(l.rotation->people_after(*shift, l.turns_ahead), at);
    default:
      return present(l.rotation->people_after(*shift, l.turns_ahead), at);
  }
}

const person_ref* roster_table::cover_at(person_ref absent, instant at) const {
  const auto found = absences_.find(absent.index);
  if (found == absences_.end()) return nullptr;
  std::vector<std::uint32_t> numbers;
  found->second.times.find(at, numbers);
  return numbers.empty() ? nullptr : &found->second.covers[numbers.front()];
}

std::vector<person_ref> roster_table::present(std::span<const person_ref> people, instant at) const {
  std::vector<person_ref> result(people.begin(), people.end());
  if (!absences_.empty()) std::erase_if(result, [&](person_ref one) { return is_absent(one, at); });
  return result;
}

// Turns whose people are all absent are passed over, so that a secondary is never the one who stands in.
std::vector<person_ref> roster_table::next_present(const rotation_plan& plan, const rotation_shift& shift,
                                                   std::int64_t turns, instant at) const {
  if (absences_.empty()) return present(plan.people_after(shift, turns), at);
  if (turns == 0) {
    std::vector<person_ref> here = present(shift.people, at);
    if (!here.empty() || shift.people.empty()) return here;
  }
  std::vector<std::int64_t> served;
  const std::int64_t circle = std::max<std::int64_t>(plan.circle_size(shift), 1);
  for (std::int64_t i = 0; i < circle; ++i) {
    const std::span<const person_ref> people = plan.people_after(shift, i);
    const bool absent = !people.empty() && present(people, at).empty();
    if (!absent) served.push_back(i);
    if (std::ssize(served) > turns) break;
  }
  if (served.empty()) return {};
  return present(plan.people_after(shift, served[static_cast<std::size_t>(turns) % served.size()]), at);
}

// A cover may be absent and have a cover; nobody stands in for somebody twice.
std::vector<person_ref> roster_table::covered(std::span<const person_ref> people, instant at) const {
  std::vector<person_ref> result;
  for (person_ref one : people) {
    std::vector<person_ref> met;
    for (const person_ref* cover = cover_at(one, at); one && cover; cover = cover_at(one, at)) {
      met.push_back(one);
      one = has(met, *cover) ? person_ref{} : *cover;
    }
    if (one) result.push_back(one);
  }
  return result;
}

// ---- what comes

instant roster_table::next_change(instant after) const {
  instant next = std::min(change_times_.next_bound(after), absence_times_.next_bound(after));
  const auto later = std::ranges::upper_bound(versions_, after, {}, &version::from);
  if (later != versions_.end()) next = std::min(next, later->from);
  const version* v = version_at(after);
  if (!v) return next;
  for (const layer& l : v->layers) {
    if (after < l.active_from) next = std::min(next, l.active_from);
    if (after < l.active_from || after >= l.active_until) continue;
    next = std::min({next, l.active_until, tocsin::next_change(l.hours, l.where, after)});
    if (l.rotation) next = std::min(next, l.rotation->next_change(after));
  }
  return next;
}

}  // namespace detail

roster::roster(const oncall_book& book, std::string_view schedule_key, const lexicon& words, const zone_data& zones)
    : table_(std::make_shared<const detail::roster_table>(book, schedule_key, words, zones)) {}

on_call roster::who(instant at) const {
  if (!is_acceptable(at)) {
    throw error(status::invalid_argument, "oncall.instant_out_of_range",
                "an instant is asked about that is not of the years 1900 to 2199");
  }
  return table_->who(at);
}

instant roster::next_change(instant after) const {
  const instant next = table_->next_change(after);
  return next <= instant_max ? next : never;
}

const zone& roster::zone_at(instant at) const { return table_->zone_at(at); }

bool roster::key_order(person_ref a, person_ref b) const { return table_->key_order(a, b); }

}  // namespace tocsin::inline v1
