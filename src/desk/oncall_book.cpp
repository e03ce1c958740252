#include <tocsin/desk/oncall_book.hpp>

#include <tocsin/base/error.hpp>
#include <tocsin/desk/definition_set.hpp>
#include <tocsin/desk/events.hpp>
#include <tocsin/oncall/events.hpp>

#include <algorithm>
#include <optional>
#include <tuple>
#include <unordered_map>

namespace tocsin::inline v1 {
namespace {

// Calls `visit(number, versions)` for each key: those known by number, those that `more` brings behind them.
template <class T, class Visit>
void each_history(const versions<T>& known, const std::vector<T>* more, word_kind kind, const lexicon& words,
                  Visit visit) {
  std::unordered_map<std::uint32_t, const T*> next;
  std::vector<const T*> fresh;
  for (std::size_t i = 0; more && i < more->size(); ++i) {
    const T& one = (*more)[i];
    const std::uint32_t number = words.find(kind, key_of(one));
    if (known.current(number)) {
      next[number] = &one;
    } else {
      fresh.push_back(&one);
    }
  }
  std::vector<const T*> all;
  for (std::uint32_t number = 1; number <= known.size(); ++number) {
    all.clear();
    for (std::uint32_t v = 1; v <= known.latest(number); ++v) all.push_back(known.at(number, v));
    if (const auto found = next.find(number); found != next.end()) all.push_back(found->second);
    if (!all.empty()) visit(number, all);
  }
  std::uint32_t number = known.size();
  for (const T* one : fresh) {
    all.assign(1, one);
    visit(++number, all);
  }
}

template <class T>
std::vector<const T*> history_of(const versions<T>& known, const std::vector<T>* more, std::uint32_t number,
                                 std::string_view key) {
  std::vector<const T*> all;
  for (std::uint32_t v = 1; v <= known.latest(number); ++v) all.push_back(known.at(number, v));
  for (std::size_t i = 0; more && i < more->size(); ++i) {
    if (key_of((*more)[i]) == key) all.push_back(&(*more)[i]);
  }
  return all;
}

// A version acts until the next one is accepted. One that differs from it only in being withdrawn, takes its place.
template <class T>
std::optional<T> as_it_acts(const std::vector<const T*>& all, std::size_t version) {
  T one = *all[version];
  if (version + 1 == all.size()) return one;
  const instant next = all[version + 1]->accepted_at;
  if (next <= one.accepted_at) return {};
  if (!is_set(one.withdrawn_at) || next < one.withdrawn_at) one.withdrawn_at = next;
  return one;
}

// Of what lies outside of it nothing is needed.
struct book_window {
  instant from = instant_min;
  instant until = never;

  template <class T>
  bool touches(const T& one) const {
    return one.from < until && one.until > from;
  }
};

// A publication beyond a limit is refused while it is decided: when it comes into force nothing can fail.
void check_count(std::size_t count, std::size_t most, const char* what) {
  if (count <= most) return;
  throw error(status::resource_exhausted, "oncall.too_many",
              std::to_string(count) + " " + what + ", allowed are " + std::to_string(most));
}

// In the order of their acceptance (O2): of those accepted at one instant overrides come before swaps.
struct accepted_change {
  instant first_accepted;
  bool swap;
  std::uint32_t number;
  schedule_override change;
};

// Of the schedule, as far as they touch the window; those that `more` brings come last.
void add_overrides(std::string_view schedule, const desk_state& state, const definitions_published* more,
                   const book_window& within, std::size_t& count, std::vector<accepted_change>& to) {
  const versions<schedule_override>& known = state.definitions.of<schedule_override>();
  const override_index& index = state.definitions.overrides;
  const std::uint32_t schedule_number = state.words.find(word_kind::schedule, schedule);
  const auto add = [&](std::uint32_t number, const std::vector<const schedule_override*>& all) {
    for (std::size_t v = 0; v < all.size(); ++v) {
      if (all[v]->schedule != schedule || !within.touches(*all[v])) continue;
      if (auto one = as_it_acts(all, v)) to.push_back({all.front()->accepted_at, false, number, std::move(*one)});
    }
  };
  std::vector<std::uint32_t> numbers = index.touching(schedule_number, within.from, within.until);
  std::unordered_map<std::uint32_t, const schedule_override*> next;
  std::uint32_t fresh = known.size();
  count += index.versions(schedule_number);
  for (std::size_t i = 0; more && i < more->definitions.of<schedule_override>().size(); ++i) {
    const schedule_override& one = more->definitions.of<schedule_override>()[i];
    const std::uint32_t number = state.words.find(word_kind::schedule_override, one.key);
    if (one.schedule == schedule) ++count;
    if (!known.current(number)) {
      add(++fresh, {&one});
    } else if (next.emplace(number, &one).second && !std::ranges::binary_search(numbers, number)) {
      numbers.insert(std::ranges::lower_bound(numbers, number), number);
    }
  }
  std::vector<const schedule_override*> all;
  for (const std::uint32_t number : numbers) {
    all.clear();
    for (std::uint32_t v = 1; v <= known.latest(number); ++v) all.push_back(known.at(number, v));
    if (const auto found = next.find(number); found != next.end()) all.push_back(found->second);
    if (!all.empty()) add(number, all);
  }
}

// Once accepted, a swap only changes by being withdrawn: its last version says all.
void add_swaps(std::string_view schedule, const desk_state& state, const definitions_published* more,
               const book_window& within, std::size_t& count, std::vector<accepted_change>& to) {
  const auto* given = more ? &more->definitions.of<shift_swap>() : nullptr;
  each_history(state.definitions.of<shift_swap>(), given, word_kind::shift_swap, state.words,
               [&](std::uint32_t number, const std::vector<const shift_swap*>& all) {
                 const shift_swap& last = *all.back();
                 if (last.schedule != schedule) return;
                 for (schedule_override& one : overrides_of(last)) {
                   ++count;
                   if (!within.touches(one)) continue;
                   to.push_back({last.accepted_at, true, number, std::move(one)});
                 }
               });
}

bool names_rotation(const schedule& s, const std::vector<rotation>& rotations) {
  return std::ranges::any_of(s.layers, [&](const schedule_layer& layer) {
    return !layer.rotation.empty() && std::ranges::find(rotations, layer.rotation, &rotation::key) != rotations.end();
  });
}

const roster* roster_named(const std::string& key, const desk_state& state) {
  return state.roster_of({state.words.find(word_kind::schedule, key)});
}

void put_roster(const std::string& key, desk_state& state) {
  const std::uint32_t number = state.words.find(word_kind::schedule, key);
  if (number == 0) {  // an entry may come from anywhere
    throw error(status::corrupt, "journal.unknown_schedule", "an event names a schedule that was never published");
  }
  auto& all = state.definitions.rosters;
  if (all.size() < number) all.resize(number);
  all[number - 1] = std::make_shared<const lazy_roster>();
}

// People who come with the publication have no numbers yet.
std::optional<lexicon> words_with(const std::vector<person>& people, const lexicon& words) {
  std::optional<lexicon> result;
  for (const person& p : people) {
    if (words.find(word_kind::person, p.key) != 0) continue;
    if (!result) result.emplace(words);
    result->add(word_kind::person, p.key);
  }
  return result;
}

// Where a publication may make a difference.
class effect_span {
 public:
  effect_span(const definitions_published& published, const desk_state& state) : state_(state) {
    for (const rotation& r : published.definitions.of<rotation>()) add(r.in_force_from, never);
    for (const schedule& s : published.definitions.of<schedule>()) add(s.in_force_from, never);
    const definition_table& all = state.definitions;
    add_each(published.definitions.of<schedule_override>(), all.of<schedule_override>(), word_kind::schedule_override);
    add_each(published.definitions.of<shift_swap>(), all.of<shift_swap>(), word_kind::shift_swap);
    add_each(published.definitions.of<absence>(), all.of<absence>(), word_kind::absence);
  }

  // What there is to say of it from now on.
  book_window from(instant now) const {
    const instant first = std::max(from_, now);
    const instant last =
        first < instant_max ? std::min(first + limits::oncall_changes_ahead_days * day, instant_max) : first;
    return {first, std::min(until_, last)};
  }

 private:
  void add(instant from, instant until) {
    from_ = std::min(from_, from);
    until_ = std::max(until_, until);
  }

  void add(const shift_swap& s) {
    add(s.from, s.until);
    if (is_set(s.back_from)) add(s.back_from, s.back_until);
  }
  template <class T>
  void add(const T& one) {
    add(one.from, one.until);
  }

  // Each as it will be, and as it was.
  template <class T>
  void add_each(const std::vector<T>& given, const versions<T>& known, word_kind kind) {
    for (const T& one : given) {
      add(one);
      if (const T* before = known.current(state_.words.find(kind, key_of(one)))) add(*before);
    }
  }

  const desk_state& state_;
  instant from_ = never;
  instant until_ = instant_min;
};

oncall_changed listed(schedule_ref schedule, const roster& before, const roster& after, const book_window& within) {
  oncall_changed result;
  result.schedule = schedule;
  std::vector<roster_change> all;
  try {
    all = changes(before, after, within.from, within.until);
  } catch (const error& e) {
    if (e.code() != status::resource_exhausted) throw;
    result.more = true;  // shifts of seconds: too many to be compared
  }
  for (roster_change& c : all) {
    result.more = result.more || result.changes.size() == limits::oncall_changes_max;
    if (result.more) break;
    result.changes.push_back({c.from, c.until, std::move(c.before), std::move(c.after)});
  }
  return result;
}

}  // namespace

std::vector<dated<rotation>> rotation_versions(std::string_view key, const desk_state& state,
                                               const definitions_published* more) {
  std::vector<dated<rotation>> result;
  const std::uint32_t number = state.words.find(word_kind::rotation, key);
  const auto* given = more ? &more->definitions.of<rotation>() : nullptr;
  for (const rotation* r : history_of(state.definitions.of<rotation>(), given, number, key)) {
    result.push_back({r->in_force_from, *r});
  }
  return result;
}

std::vector<absence> acting_absences(const desk_state& state, const definitions_published* more) {
  std::vector<absence> result;
  const auto* given = more ? &more->definitions.of<absence>() : nullptr;
  each_history(state.definitions.of<absence>(), given, word_kind::absence, state.words,
               [&](std::uint32_t, const std::vector<const absence*>& all) {
                 for (std::size_t v = 0; v < all.size(); ++v) {
                   if (auto one = as_it_acts(all, v)) result.push_back(std::move(*one));
                 }
               });
  return result;
}

namespace {

oncall_book make_book(std::string_view key, const desk_state& state, const definitions_published* more,
                      const book_window& within) {
  oncall_book book;
  std::set<std::string> rotations;
  const std::uint32_t number = state.words.find(word_kind::schedule, key);
  const auto* given = more ? &more->definitions.of<schedule>() : nullptr;
  for (const schedule* s : history_of(state.definitions.of<schedule>(), given, number, key)) {
    book.schedules.push_back({s->in_force_from, *s});
    for (const schedule_layer& layer : s->layers) rotations.insert(layer.rotation);
  }
  for (const std::string& rotation : rotations) {
    std::ranges::move(rotation_versions(rotation, state, more), std::back_inserter(book.rotations));
  }
  std::vector<accepted_change> accepted;
  std::size_t count = 0;
  add_overrides(key, state, more, within, count, accepted);
  add_swaps(key, state, more, within, count, accepted);
  check_count(count, limits::overrides_max, "overrides of one schedule");
  std::ranges::stable_sort(accepted, {},
                           [](const accepted_change& c) { return std::tuple(c.first_accepted, c.swap, c.number); });
  for (accepted_change& c : accepted) book.overrides.push_back(std::move(c.change));
  book.absences = acting_absences(state, more);
  check_count(book.absences.size(), limits::absences_max, "absences");
  std::erase_if(book.absences, [&](const absence& one) { return !within.touches(one); });
  return book;
}

}  // namespace

oncall_book oncall_book_of(std::string_view key, const desk_state& state, const definitions_published* more) {
  return make_book(key, state, more, {});
}

std::set<std::string> touched_schedules(const definitions_published& e, const desk_state& state) {
  std::set<std::string> touched;
  for (const schedule& s : e.definitions.of<schedule>()) touched.insert(s.key);
  const versions<schedule_override>& overrides = state.definitions.of<schedule_override>();
  for (const schedule_override& o : e.definitions.of<schedule_override>()) {
    touched.insert(o.schedule);
    const std::uint32_t number = state.words.find(word_kind::schedule_override, o.key);
    for (std::uint32_t v = 1; v <= overrides.latest(number); ++v) touched.insert(overrides.at(number, v)->schedule);
  }
  for (const shift_swap& s : e.definitions.of<shift_swap>()) touched.insert(s.schedule);
  if (e.definitions.of<rotation>().empty() && e.definitions.of<absence>().empty()) return touched;
  each_history(state.definitions.of<schedule>(), &e.definitions.of<schedule>(), word_kind::schedule, state.words,
               [&](std::uint32_t, const std::vector<const schedule*>& all) {
                 const bool follows =
                     !e.definitions.of<absence>().empty() || std::ranges::any_of(all, [&](const schedule* s) {
                       return names_rotation(*s, e.definitions.of<rotation>());
                     });
                 if (follows) touched.insert(all.front()->key);
               });
  return touched;
}

void renew_rosters(const definitions_published& e, desk_state& state, std::vector<std::function<void()>>& undo) {
  const std::set<std::string> touched = touched_schedules(e, state);
  if (touched.empty()) return;
  auto& all = state.definitions.rosters;
  undo.emplace_back([&all, before = all]() mutable { all.swap(before); });
  for (const std::string& key : touched) put_roster(key, state);
}

void make_rosters(desk_state& state) {
  state.definitions.rosters.clear();
  const versions<schedule>& schedules = state.definitions.of<schedule>();
  for (std::uint32_t number = 1; number <= schedules.size(); ++number)
    put_roster(schedules.current(number)->key, state);
}

std::vector<oncall_changed> oncall_changes(const definitions_published& e, const desk_state& state, instant now) {
  std::vector<oncall_changed> result;
  const std::set<std::string> touched = touched_schedules(e, state);
  if (touched.empty()) return result;
  const std::optional<lexicon> more_words = words_with(e.definitions.of<person>(), state.words);
  const lexicon& words = more_words ? *more_words : state.words;
  const book_window within = effect_span(e, state).from(now);
  for (const std::string& key : touched) {
    const roster after(make_book(key, state, &e, within), key, words, state.zones);
    const schedule_ref schedule{state.words.find(word_kind::schedule, key)};
    if (!state.definitions.of<tocsin::schedule>().current(schedule.index) || within.from >= within.until) continue;
    const roster before(make_book(key, state, nullptr, within), key, state.words, state.zones);
    oncall_changed one = listed(schedule, before, after, within);
    if ((one.more || !one.changes.empty()) && result.size() < limits::oncall_changed_max)
      result.push_back(std::move(one));
  }
  return result;
}

const roster* desk_state::roster_of(schedule_ref schedule) const {
  const std::uint32_t number = schedule.index;
  if (number == 0 || number > definitions.rosters.size() || !definitions.rosters[number - 1]) return nullptr;
  return &definitions.rosters[number - 1]->get([&] {
    const std::string key(words.word(word_kind::schedule, number));
    return roster(oncall_book_of(key, *this), key, words, zones);
  });
}

std::vector<person_ref> people_in_role(const desk_state& state, role_ref ref, instant at) {
  const role* r = state.definitions.of<role>().current(ref.index);
  if (!r) return {};
  std::vector<person_ref> people;
  for (const role_holder& holder : r->holders) {
    if (is_qualified(*r, holder.person, at)) people.push_back({state.words.find(word_kind::person, holder.person)});
  }
  if (const roster* on_duty = roster_named(r->schedule, state)) {
    const on_call now = on_duty->who(at);
    people.insert(people.end(), now.people.begin(), now.people.end());
  }
  std::erase_if(people, [&](person_ref one) {
    const person* p = state.definitions.of<person>().current(one.index);
    return !p || p->retired;
  });
  std::ranges::sort(people, {}, [&](person_ref one) { return state.words.word(word_kind::person, one.index); });
  people.erase(std::ranges::unique(people).begin(), people.end());
  return people;
}

instant next_change_of_role(const desk_state& state, role_ref ref, instant after) {
  const role* r = state.definitions.of<role>().current(ref.index);
  if (!r) return never;
  const roster* on_duty = roster_named(r->schedule, state);
  instant next = on_duty ? on_duty->next_change(after) : never;
  for (const role_holder& holder : r->holders) {
    if (is_set(holder.qualified_until) && holder.qualified_until > after) next = std::min(next, holder.qualified_until);
  }
  return next;
}

}  // namespace tocsin::inline v1
