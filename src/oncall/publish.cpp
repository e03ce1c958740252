#include "publish.hpp"

#include <tocsin/desk/oncall_book.hpp>
#include <tocsin/desk/record_schema.hpp>
#include <tocsin/model/definition.hpp>
#include <tocsin/oncall/contact.hpp>
#include <tocsin/oncall/role.hpp>
#include <tocsin/oncall/rotation.hpp>
#include <tocsin/oncall/schedule.hpp>

#include "desk/publication.hpp"
#include "time/shown.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

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

template <class definition>
class settler {
 public:
  settler(publish& asked, const desk_state& state, instant now)
      : given_(asked.definitions.of<definition>()),
        known_(state.definitions.of<definition>()),
        schedules_(state.definitions.of<schedule>()),
        words_(state.words),
        now_(now) {}

  void settle_all() {
    for (std::size_t i = 0; i < given_.size(); ++i) settle(i);
  }

  void settle_swaps() {
    for (std::size_t i = 0; i < given_.size(); ++i) settle_swap(i);
  }

 private:
  const definition* before(std::size_t i) const {
    return known_.current(words_.find(definition::descriptor.words, given_[i].key));
  }

  [[noreturn]] void refuse(std::size_t i, const std::string& why) const { refuse_definition(i, given_[i], why); }

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

  std::vector<definition>& given_;
  const versions<definition>& known_;
  const versions<schedule>& schedules_;
  const lexicon& words_;
  instant now_;
};

template <class T>
void settle(publish& asked, const desk_state& state, instant now) {
  settler<T> s(asked, state, now);
  if constexpr (std::is_same_v<T, shift_swap>) {
    s.settle_swaps();
  } else {
    s.settle_all();
  }
}

// ---- what they name

// One definition, and what it names.
template <class T>
class names_of_one {
 public:
  names_of_one(const publications& all, std::size_t place) : all_(all), given_(all.of<T>()), place_(place) {}

  void person(const std::string& member, const std::string& key) const { demand<tocsin::person>(member, key); }
  void people(const std::string& member, const std::vector<std::string>& keys) const {
    for (const std::string& key : keys) person(member, key);
  }
  void team(const std::string& member, const std::string& key) const { demand<tocsin::team>(member, key); }
  void rotation(const std::string& member, const std::string& key) const { demand<tocsin::rotation>(member, key); }
  void schedule(const std::string& member, const std::string& key) const { demand<tocsin::schedule>(member, key); }
  void key(const std::string& given) const {
    if (given.empty()) given_.refuse_at(place_, "key: there is none; a desk knows it by one");
  }

 private:
  template <class Named>
  void demand(const std::string& member, const std::string& key) const {
    given_.demand(place_, all_.of<Named>(), key, member + ": the " + std::string(Named::descriptor.name));
  }

  const publications& all_;
  publication<T> given_;
  std::size_t place_;
};

template <class T, class Visit>
void each_given(const publications& all, Visit visit) {
  all.of<T>().each_given([&](std::size_t i, const T& one) { visit(names_of_one<T>(all, i), one); });
}

template <class T>
void check_versions(const publications& all, const desk_state& state) {
  const auto kind = all.of<T>();
  kind.each_given([&](std::size_t i, const T& one) {
    const std::uint32_t number = state.words.find(T::descriptor.words, one.key);
    if (state.definitions.of<T>().latest(number) < limits::definition_versions_max) return;
    kind.refuse_at(i, "it has had " + std::to_string(limits::definition_versions_max) +
                          " versions, and more are not allowed; take another key");
  });
}

// ---- what is odd

class warning_list {
 public:
  warning_list(const publications& all, std::vector<definition_warning>& to) : all_(all), found_(to) {}

  void add(word_kind kind, const std::string& key, std::string what) {
    if (found_.size() < limits::warnings_max) found_.push_back({name(kind), key, std::move(what)});
  }
  void add_all(word_kind kind, const std::string& key, std::vector<std::string> findings) {
    for (std::string& finding : findings) add(kind, key, std::move(finding));
  }
  void retired(word_kind kind, const std::string& key, const std::string& path, const std::string& person_key) {
    const tocsin::person* p = all_.of<person>().find(person_key);
    if (p && p->retired) add(kind, key, path + ": " + quoted(person_key) + " is retired");
  }
  void retired(word_kind kind, const std::string& key, const std::string& path,
               const std::vector<std::string>& people) {
    for (const std::string& person_key : people) retired(kind, key, path, person_key);
  }

 private:
  const publications& all_;
  std::vector<definition_warning>& found_;
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

void settle(publish& asked, const desk_state& state, instant now) {
  settle<rotation>(asked, state, now);
  settle<schedule>(asked, state, now);
  settle<schedule_override>(asked, state, now);
  settle<absence>(asked, state, now);
  settle<shift_swap>(asked, state, now);
}

void check(const publication_check& against) {
  const publications& all = against.all;
  each_given<rotation>(all, [](const auto& names, const rotation& r) {
    for (std::size_t i = 0; i < r.participants.size(); ++i) {
      names.people("participants/" + std::to_string(i), r.participants[i].people);
    }
  });
  each_given<schedule>(all, [](const auto& names, const schedule& s) {
    for (std::size_t i = 0; i < s.layers.size(); ++i) {
      names.people("layers/" + std::to_string(i), s.layers[i].people);
      names.rotation("layers/" + std::to_string(i), s.layers[i].rotation);
    }
  });
  each_given<contact_profile>(all,
                              [](const auto& names, const contact_profile& p) { names.person("person", p.person); });
  each_given<role>(all, [](const auto& names, const role& r) {
    for (const role_holder& holder : r.holders) names.person("holders", holder.person);
    for (const std::string& team : r.teams) names.team("teams", team);
    names.schedule("schedule", r.schedule);
  });
  each_given<schedule_override>(all, [](const auto& names, const schedule_override& o) {
    names.key(o.key);
    names.schedule("schedule", o.schedule);
    names.people("people", o.people);
    names.person("replaced", o.replaced);
  });
  each_given<shift_swap>(all, [](const auto& names, const shift_swap& s) {
    names.schedule("schedule", s.schedule);
    names.person("giver", s.giver);
    names.person("taker", s.taker);
  });
  each_given<absence>(all, [](const auto& names, const absence& a) {
    names.key(a.key);
    names.person("person", a.person);
    names.person("cover", a.cover);
  });
  check_versions<rotation>(all, against.state);
  check_versions<schedule>(all, against.state);
}

template <class T>
void warn_of_each(const definitions_published& changes, warning_list& to) {
  for (const T& one : changes.definitions.of<T>()) warn_of(one, to);
}

void warn(const publication_check& against, definitions_published& changes) {
  warning_list to(against.all, changes.warnings);
  warn_of_each<rotation>(changes, to);
  warn_of_each<schedule>(changes, to);
  warn_of_each<contact_profile>(changes, to);
  warn_of_each<role>(changes, to);
  warn_of_each<schedule_override>(changes, to);
}

void derive(const definitions_published& e, desk_state& state, undo_list& undo) {
  override_index& overrides = state.definitions.overrides;
  for (const schedule_override& o : e.definitions.of<schedule_override>()) {
    const std::uint32_t schedule = state.words.find(word_kind::schedule, o.schedule);
    undo.reserve(undo.size() + 1);
    overrides.add(schedule, state.words.find(word_kind::schedule_override, o.key), o.from, o.until);
    undo.emplace_back([&overrides, schedule] { overrides.take_back(schedule); });
  }
}

}  // namespace

constinit const publication_rules oncall_publication{
    .settle = settle, .check = check, .warn = warn, .derive = derive, .renew = renew_rosters, .prepare = make_rosters};

}  // namespace tocsin::inline v1
