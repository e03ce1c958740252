#include "publish.hpp"

#include <tocsin/base/error.hpp>
#include <tocsin/base/json_writer.hpp>
#include <tocsin/time/zone.hpp>

#include <algorithm>
#include <unordered_map>

namespace tocsin::inline v1 {
namespace {

[[noreturn]] void refuse(std::string_view list, std::size_t index, const std::string& key, const std::string& why) {
  const std::string path = "/" + std::string(list) + "/" + std::to_string(index);
  json_writer detail;
  detail.begin_object();
  detail.member("path", path);
  detail.member("key", key);
  detail.member("found", why);
  detail.end_object();
  throw error(status::invalid_argument, "definition.refused", path + " (\"" + key + "\"): " + why, detail.take());
}

template <class T>
bool same(const T& a, const T& b) {
  for (const field_row& field : T::fields()) {
    if (!equal(*field.type, field.at(&a), field.at(&b))) return false;
  }
  return true;
}

const person& plain(const person& p) { return p; }
const team& plain(const team& t) { return t; }
const service& plain(const service& s) { return s; }
const category& plain(const category& c) { return c; }
const priority_matrix& plain(const priority_matrix& m) { return m; }
const workflow& plain(const workflow_graph& w) { return w.definition(); }

// Definitions of one kind: those given, and what the desk has.
template <class T, class Known>
class publication {
 public:
  publication(std::string_view list, word_kind kind, const std::vector<T>& given, const versions<Known>& known,
              const lexicon& words)
      : list_(list), kind_(kind), given_(given), known_(known), words_(words) {
    for (std::size_t i = 0; i < given.size(); ++i) {
      if (!places_.emplace(given[i].key, i).second) refuse(list, i, given[i].key, "the key is given twice");
    }
  }

  bool has(const std::string& key) const {
    return places_.contains(key) || known_.current(words_.find(kind_, key)) != nullptr;
  }

  const std::vector<T>& given() const { return given_; }

  [[noreturn]] void refuse_at(std::size_t i, const std::string& why) const { refuse(list_, i, given_[i].key, why); }

  std::vector<T> changed() const {
    std::vector<T> result;
    for (const T& definition : given_) {
      const Known* current = known_.current(words_.find(kind_, definition.key));
      if (!current || !same(plain(*current), definition)) result.push_back(definition);
    }
    return result;
  }

  // The definition as it will be: the one given, or the one known.
  const T* find(const std::string& key) const {
    if (const auto found = places_.find(key); found != places_.end()) return &given_[found->second];
    const Known* known = known_.current(words_.find(kind_, key));
    return known ? &plain(*known) : nullptr;
  }

 private:
  std::string_view list_;
  word_kind kind_;
  const std::vector<T>& given_;
  const versions<Known>& known_;
  const lexicon& words_;
  std::unordered_map<std::string_view, std::size_t> places_;
};

template <class T, class Known>
void check_findings(const publication<T, Known>& all) {
  for (std::size_t i = 0; i < all.given().size(); ++i) {
    std::string why;
    for (const std::string& finding : lint(all.given()[i])) why += (why.empty() ? "" : "; ") + finding;
    if (!why.empty()) all.refuse_at(i, why);
  }
}

void check_people(const publication<person, person>& people) {
  for (std::size_t i = 0; i < people.given().size(); ++i) {
    const person& p = people.given()[i];
    if (p.key == "system" || p.key == "host") people.refuse_at(i, "the key is built in");
    if (!p.zone.empty() && !zone_data::bundled().find(p.zone))
      people.refuse_at(i, "the zone \"" + p.zone + "\" is unknown");
  }
}

void check_teams(const publication<team, team>& teams, const publication<person, person>& people) {
  for (std::size_t i = 0; i < teams.given().size(); ++i) {
    for (const std::string& member : teams.given()[i].members) {
      if (!people.has(member)) teams.refuse_at(i, "the member \"" + member + "\" is no person that has been published");
    }
  }
}

void check_services(const publication<service, service>& services, const publication<person, person>& people) {
  for (std::size_t i = 0; i < services.given().size(); ++i) {
    const std::string& owner = services.given()[i].owner;
    if (!owner.empty() && !people.has(owner)) {
      services.refuse_at(i, "the owner \"" + owner + "\" is no person that has been published");
    }
  }
}

void check_categories(const publication<category, category>& categories) {
  for (std::size_t i = 0; i < categories.given().size(); ++i) {
    std::string parent = categories.given()[i].parent;
    for (std::size_t depth = 1; !parent.empty(); ++depth) {
      if (depth >= limits::category_depth_max) {
        categories.refuse_at(i, "the tree is a loop, or deeper than " + std::to_string(limits::category_depth_max));
      }
      const category* above = categories.find(parent);
      if (!above) categories.refuse_at(i, "the parent \"" + parent + "\" is no category that has been published");
      parent = above->parent;
    }
  }
}

template <class T>
void add_version(versions<T>& all, std::uint32_t number, std::shared_ptr<const T> definition,
                 std::vector<std::function<void()>>& undo) {
  undo.reserve(undo.size() + 1);
  all.add(number, std::move(definition));
  undo.emplace_back([&all, number] { all.remove_latest(number); });
}

template <class T>
void add_plain(word_kind kind, const std::vector<T>& given, versions<T>& all, lexicon& words,
               std::vector<std::function<void()>>& undo) {
  for (const T& definition : given) {
    add_version(all, words.add(kind, definition.key), std::make_shared<const T>(definition), undo);
  }
}

void add_workflow(const workflow& w, desk_state& state, std::vector<std::function<void()>>& undo) {
  for (const auto& s : w.states) state.words.add(word_kind::state, s.name);
  for (const auto& reason : w.hold_reasons) state.words.add(word_kind::hold_reason, reason.name);
  for (const auto& code : w.resolution_codes) state.words.add(word_kind::resolution_code, code);
  const std::uint32_t number = state.words.add(word_kind::workflow, w.key);
  auto& all = state.definitions.workflows;
  add_version(all, number, std::make_shared<const workflow_graph>(w, all.latest(number) + 1, state.words), undo);
}

}  // namespace

definitions_published check_definitions(const publish& c, const desk_state& state) {
  const definition_table& known = state.definitions;
  const lexicon& words = state.words;
  const publication people{"people", word_kind::person, c.people, known.people, words};
  const publication teams{"teams", word_kind::team, c.teams, known.teams, words};
  const publication services{"services", word_kind::service, c.services, known.services, words};
  const publication categories{"categories", word_kind::category, c.categories, known.categories, words};
  const publication workflows{"workflows", word_kind::workflow, c.workflows, known.workflows, words};
  const publication matrices{"priority_matrices", word_kind::priority_matrix, c.priority_matrices,
                             known.priority_matrices, words};
  check_people(people);
  check_teams(teams, people);
  check_services(services, people);
  check_categories(categories);
  check_findings(workflows);
  check_findings(matrices);
  return {c.pack,
          people.changed(),
          teams.changed(),
          services.changed(),
          categories.changed(),
          workflows.changed(),
          matrices.changed()};
}

void apply_definitions(const definitions_published& e, desk_state& state, std::vector<std::function<void()>>& undo) {
  definition_table& all = state.definitions;
  undo.emplace_back([&state, at = state.words.position()] { state.words.rewind(at); });
  add_plain(word_kind::person, e.people, all.people, state.words, undo);
  add_plain(word_kind::team, e.teams, all.teams, state.words, undo);
  add_plain(word_kind::service, e.services, all.services, state.words, undo);
  add_plain(word_kind::category, e.categories, all.categories, state.words, undo);
  add_plain(word_kind::priority_matrix, e.priority_matrices, all.priority_matrices, state.words, undo);
  for (const workflow& w : e.workflows) add_workflow(w, state, undo);
  all.incident_matrix = {state.words.find(word_kind::priority_matrix, default_definition)};
}

void forget_person(person_ref ref, desk_state& state, std::vector<std::function<void()>>& undo) {
  auto& people = state.definitions.people;
  if (!people.current(ref.index)) return;
  undo.emplace_back([&people, ref, all = people.all(ref.index)] { people.restore(ref.index, all); });
  people.rewrite(ref.index, [](person p) {
    p.name.clear();
    p.mail.clear();
    p.phone.clear();
    return p;
  });
}

}  // namespace tocsin::inline v1
