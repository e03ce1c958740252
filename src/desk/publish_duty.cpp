#include "publish_duty.hpp"

#include <tocsin/desk/commands.hpp>
#include <tocsin/desk/events.hpp>
#include <tocsin/desk/vocabulary.hpp>
#include <tocsin/time/rfc3339.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

std::string shown(instant t) { return std::string(std::string_view(to_rfc3339(t))); }

// ---- the instants

template <class T>
concept has_versions = requires(const T& t) { t.in_force_from; };

// The member that says from when on a definition acts.
template <class T>
auto& acts_from(T& one) {
  if constexpr (has_versions<T>) {
    return one.in_force_from;
  } else {
    return one.accepted_at;
  }
}

template <class T>
constexpr std::string_view name_of_start = has_versions<T> ? "in_force_from" : "accepted_at";

template <class Kind>
class settler {
 public:
  settler(std::string_view list, publish& asked, const desk_state& state, instant now)
      : list_(list),
        given_(Kind::given(asked)),
        known_(Kind::known(state.definitions)),
        schedules_(state.definitions.schedules),
        words_(state.words),
        now_(now) {}

  void settle_all() {
    for (std::size_t i = 0; i < given_.size(); ++i) settle(i);
  }

  void settle_swaps() {
    for (std::size_t i = 0; i < given_.size(); ++i) settle_swap(i);
  }

 private:
  using definition = typename Kind::definition;

  const definition* before(std::size_t i) const { return known_.current(words_.find(Kind::kind, given_[i].key)); }

  [[noreturn]] void refuse(std::size_t i, const std::string& why) const {
    refuse_definition(list_, i, given_[i].key, why);
  }

  void settle(std::size_t i) {
    definition& one = given_[i];
    const definition* known = before(i);
    if (known && stays(one, *known)) return;
    if constexpr (!has_versions<definition>) {
      if (known && is_set(one.withdrawn_at)) {
        demand_future(i, "withdrawn_at", one.withdrawn_at);
        if (only_withdrawn(one, *known)) return void(one.accepted_at = known->accepted_at);
      }
    }
    if (!is_set(acts_from(one))) acts_from(one) = now_;
    if (known || has_past(one)) demand_future(i, name_of_start<definition>, acts_from(one));
  }

  // The one given is the one known, and nothing was said of another instant; one that is planned may be brought forward
  // by saying nothing of it.
  bool stays(definition& one, const definition& known) const {
    const instant said = acts_from(one);
    definition same = one;
    acts_from(same) = acts_from(known);
    if (!same_definition(same, known)) return false;
    if (is_set(said) ? said != acts_from(known) : acts_from(known) > now_) return false;
    one = std::move(same);
    return true;
  }

  bool only_withdrawn(const definition& one, const definition& known) const
    requires(!has_versions<definition>)
  {
    if (is_set(one.accepted_at) && one.accepted_at != known.accepted_at) return false;
    definition same = one;
    same.accepted_at = known.accepted_at;
    same.withdrawn_at = known.withdrawn_at;
    return same_definition(same, known);
  }

  void settle_swap(std::size_t i)
    requires std::is_same_v<definition, shift_swap>
  {
    shift_swap& one = given_[i];
    const shift_swap* known = before(i);
    const bool was_accepted = known && known->state == swap_state::accepted;
    if (one.state != swap_state::accepted) {
      if (is_set(one.accepted_at)) refuse(i, "accepted_at: only one that is accepted has it");
      if (is_set(one.withdrawn_at)) refuse(i, "withdrawn_at: only one that is accepted has it");
      if (was_accepted) refuse(i, "state: it has been accepted; withdrawn_at ends it");
      return;
    }
    if (was_accepted) return settle_accepted(i, *known);
    if (known && state_at(*known, now_) == swap_state::lapsed) refuse(i, "state: it has lapsed");
    if (!is_set(one.accepted_at)) one.accepted_at = now_;
    if (known || has_past(one)) demand_future(i, "accepted_at", one.accepted_at);
  }

  void settle_accepted(std::size_t i, const shift_swap& known)
    requires std::is_same_v<definition, shift_swap>
  {
    shift_swap& one = given_[i];
    if (!is_set(one.accepted_at)) one.accepted_at = known.accepted_at;
    shift_swap same = one;
    same.withdrawn_at = known.withdrawn_at;
    if (!same_definition(same, known)) refuse(i, "it has been accepted, and changes only by withdrawn_at");
    if (one.withdrawn_at != known.withdrawn_at) demand_future(i, "withdrawn_at", one.withdrawn_at);
  }

  // Does it bear on a schedule that the desk knows already, and what was there stays? A first version of a rotation or
  // schedule does not: nothing named it before.
  bool has_past(const definition& one) const {
    if constexpr (requires { one.schedule; }) {
      return schedules_.current(words_.find(word_kind::schedule, one.schedule)) != nullptr;
    } else {
      return !has_versions<definition> && schedules_.size() != 0;
    }
  }

  void demand_future(std::size_t i, std::string_view member, instant at) const {
    if (at >= now_) return;
    refuse(i, std::string(member) + ": found " + shown(at) + ", allowed " + shown(now_) +
                  " or later: what has been stays as it was");
  }

  std::string_view list_;
  std::vector<definition>& given_;
  const std::remove_cvref_t<decltype(Kind::known(std::declval<const definition_table&>()))>& known_;
  const versions<schedule>& schedules_;
  const lexicon& words_;
  instant now_;
};

template <word_kind Wanted, class Visit>
void with_kind(Visit visit) {
  each_definition_kind([&]<class Kind>(Kind one) {
    if constexpr (Kind::kind == Wanted) visit(one);
  });
}

template <word_kind Wanted>
void settle(std::string_view list, publish& asked, const desk_state& state, instant now) {
  with_kind<Wanted>([&]<class Kind>(Kind) {
    settler<Kind> s(list, asked, state, now);
    if constexpr (Wanted == word_kind::shift_swap) {
      s.settle_swaps();
    } else {
      s.settle_all();
    }
  });
}

// ---- what they name

// One definition of a kind, and what it names.
template <class Publication>
class names_of_one {
 public:
  names_of_one(const publications& all, const Publication& kind, std::size_t place)
      : all_(all), kind_(kind), place_(place) {}

  void person(std::string_view member, const std::string& key) const {
    demand<word_kind::person>(member, "the person", key);
  }
  void people(std::string_view member, const std::vector<std::string>& keys) const {
    for (const std::string& key : keys) person(member, key);
  }
  void team(std::string_view member, const std::string& key) const { demand<word_kind::team>(member, "the team", key); }
  void rotation(std::string_view member, const std::string& key) const {
    demand<word_kind::rotation>(member, "the rotation", key);
  }
  void schedule(std::string_view member, const std::string& key) const {
    demand<word_kind::schedule>(member, "the schedule", key);
  }
  void key(const std::string& given) const {
    if (given.empty()) kind_.refuse_at(place_, "key: there is none; a desk knows it by one");
  }

 private:
  template <word_kind Named>
  void demand(std::string_view member, const char* what, const std::string& key) const {
    const auto& known = all_.of<Named>();
    if (key.empty() || known.has(key)) return;
    kind_.refuse_at(place_, std::string(member) + ": " + what + " " + quoted(key) + " has not been published" +
                                known.hint_for(key));
  }

  const publications& all_;
  const Publication& kind_;
  std::size_t place_;
};

template <word_kind Kind, class Visit>
void each_given(const publications& all, Visit visit) {
  const auto& kind = all.of<Kind>();
  for (std::size_t i = 0; i < kind.given().size(); ++i) visit(names_of_one(all, kind, i), kind.given()[i]);
}

template <class T>
void check_versions(const versions<T>& known, const std::vector<T>& given, std::string_view list, word_kind kind,
                    const lexicon& words) {
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (known.latest(words.find(kind, given[i].key)) < limits::definition_versions_max) continue;
    refuse_definition(list, i, given[i].key,
                      "it has had " + std::to_string(limits::definition_versions_max) +
                          " versions, and more are not "
                          "allowed; take another key");
  }
}

// ---- what is odd

class warning_list {
 public:
  explicit warning_list(const publications& all) : all_(all) {}

  void add(word_kind kind, const std::string& key, std::string what) {
    if (found_.size() < limits::warnings_max) found_.push_back({name(kind), key, std::move(what)});
  }
  void add_all(word_kind kind, const std::string& key, std::vector<std::string> findings) {
    for (std::string& finding : findings) add(kind, key, std::move(finding));
  }
  void retired(word_kind kind, const std::string& key, const std::string& path, const std::string& person_key) {
    const person* p = all_.of<word_kind::person>().find(person_key);
    if (p && p->retired) add(kind, key, path + ": " + quoted(person_key) + " is retired");
  }
  void retired(word_kind kind, const std::string& key, const std::string& path,
               const std::vector<std::string>& people) {
    for (const std::string& person_key : people) retired(kind, key, path, person_key);
  }

  std::vector<definition_warning> take() { return std::move(found_); }

 private:
  const publications& all_;
  std::vector<definition_warning> found_;
};

void warn_of(const rotation& r, warning_list& to) {
  to.add_all(word_kind::rotation, r.key, warnings(r));
  for (std::size_t i = 0; i < r.participants.size(); ++i) {
    to.retired(word_kind::rotation, r.key, "/participants/" + std::to_string(i), r.participants[i].people);
  }
}

void warn_of(const schedule& s, warning_list& to) {
  to.add_all(word_kind::schedule, s.key, warnings(s));
  for (std::size_t i = 0; i < s.layers.size(); ++i) {
    to.retired(word_kind::schedule, s.key, "/layers/" + std::to_string(i), s.layers[i].people);
  }
}

void warn_of(const contact_profile& p, warning_list& to) {
  for (const urgency u : {urgency::high, urgency::medium, urgency::low}) {
    if (is_reachable(p, u)) continue;
    to.add(word_kind::contact_profile, p.person,
           "no method that is used is for pages of " + std::string(choices(u)[static_cast<std::size_t>(u) - 1]) +
               " urgency");
  }
}

void warn_of(const role& r, warning_list& to) {
  to.add_all(word_kind::role, r.key, warnings(r));
  for (const role_holder& holder : r.holders) to.retired(word_kind::role, r.key, "/holders", holder.person);
}

void warn_of(const schedule_override& o, warning_list& to) {
  to.retired(word_kind::schedule_override, o.key, "/people", o.people);
}

}  // namespace

bool has_duty(const publish& c) {
  return !(c.rotations.empty() && c.schedules.empty() && c.contact_profiles.empty() && c.roles.empty() &&
           c.schedule_overrides.empty() && c.shift_swaps.empty() && c.absences.empty());
}

publish settled_duty(const publish& asked, const desk_state& state, instant now) {
  publish result = asked;
  settle<word_kind::rotation>("rotations", result, state, now);
  settle<word_kind::schedule>("schedules", result, state, now);
  settle<word_kind::schedule_override>("schedule_overrides", result, state, now);
  settle<word_kind::absence>("absences", result, state, now);
  settle<word_kind::shift_swap>("shift_swaps", result, state, now);
  return result;
}

void check_duty(const publications& all, const desk_state& state) {
  each_given<word_kind::rotation>(all, [](const auto& names, const rotation& r) {
    for (std::size_t i = 0; i < r.participants.size(); ++i) {
      names.people("participants/" + std::to_string(i), r.participants[i].people);
    }
  });
  each_given<word_kind::schedule>(all, [](const auto& names, const schedule& s) {
    for (std::size_t i = 0; i < s.layers.size(); ++i) {
      names.people("layers/" + std::to_string(i), s.layers[i].people);
      names.rotation("layers/" + std::to_string(i), s.layers[i].rotation);
    }
  });
  each_given<word_kind::contact_profile>(
      all, [](const auto& names, const contact_profile& p) { names.person("person", p.person); });
  each_given<word_kind::role>(all, [](const auto& names, const role& r) {
    for (const role_holder& holder : r.holders) names.person("holders", holder.person);
    for (const std::string& team : r.teams) names.team("teams", team);
    names.schedule("schedule", r.schedule);
  });
  each_given<word_kind::schedule_override>(all, [](const auto& names, const schedule_override& o) {
    names.key(o.key);
    names.schedule("schedule", o.schedule);
    names.people("people", o.people);
    names.person("replaced", o.replaced);
  });
  each_given<word_kind::shift_swap>(all, [](const auto& names, const shift_swap& s) {
    names.schedule("schedule", s.schedule);
    names.person("giver", s.giver);
    names.person("taker", s.taker);
  });
  each_given<word_kind::absence>(all, [](const auto& names, const absence& a) {
    names.key(a.key);
    names.person("person", a.person);
    names.person("cover", a.cover);
  });
  check_versions(state.definitions.rotations, all.of<word_kind::rotation>().given(), "rotations", word_kind::rotation,
                 state.words);
  check_versions(state.definitions.schedules, all.of<word_kind::schedule>().given(), "schedules", word_kind::schedule,
                 state.words);
}

std::vector<definition_warning> duty_warnings(const definitions_published& changes, const publications& all) {
  warning_list to(all);
  for (const rotation& r : changes.rotations) warn_of(r, to);
  for (const schedule& s : changes.schedules) warn_of(s, to);
  for (const contact_profile& p : changes.contact_profiles) warn_of(p, to);
  for (const role& r : changes.roles) warn_of(r, to);
  for (const schedule_override& o : changes.schedule_overrides) warn_of(o, to);
  return to.take();
}

}  // namespace tocsin::inline v1
