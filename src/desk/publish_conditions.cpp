#include "publish_conditions.hpp"

#include <tocsin/base/nearest.hpp>
#include <tocsin/desk/events.hpp>
#include <tocsin/rule/condition_lint.hpp>

#include <tocsin/desk/condition_words.hpp>

#include <algorithm>
#include <functional>

namespace tocsin::inline v1 {
namespace {

// Where a definition has a condition, and what it may speak of.
struct condition_place {
  std::string path;
  std::string_view text;
  const condition_schema& schema;
  bool sees_changes = false;  // it is asked when something has just happened to the record
};

using place_visitor = std::function<void(const condition_place&)>;

// ---- the conditions of each kind

template <class T>
void each_condition(const T&, const record_schemas&, const place_visitor&) {}

void visit(std::string path, const embedded_json& json, const condition_schema& schema, const place_visitor& to,
           bool sees_changes = false) {
  if (json) to({std::move(path), json.text, schema, sees_changes});
}

void each_condition(const workflow& w, const record_schemas& schemas, const place_visitor& to) {
  for (std::size_t t = 0; t < w.transitions.size(); ++t) {
    const workflow_transition& move = w.transitions[t];
    const bool by_hand = move.trigger <= move_trigger::manual;
    for (std::size_t g = 0; g < move.guards.size(); ++g) {
      visit("transitions/" + std::to_string(t) + "/guards/" + std::to_string(g) + "/condition",
            move.guards[g].condition, schemas.of(by_hand ? move.verb : verb::unset), to,
            move.trigger == move_trigger::automatic);
    }
  }
}

void each_condition(const incident_class_policy& p, const record_schemas& schemas, const place_visitor& to) {
  for (std::size_t i = 0; i < p.rules.size(); ++i) {
    visit("rules/" + std::to_string(i) + "/when", p.rules[i].when, schemas.record(), to, true);
  }
}

void each_condition(const sla_policy& p, const record_schemas& schemas, const place_visitor& to) {
  visit("/where", p.where, schemas.record(), to);
  visit("/start", p.start, schemas.record(), to);
  visit("/pause", p.pause, schemas.record(), to);
  visit("/stop", p.stop, schemas.record(), to);
  visit("/cancel", p.cancel, schemas.record(), to);
  for (std::size_t i = 0; i < p.targets.size(); ++i) {
    visit("/targets/" + std::to_string(i) + "/when", p.targets[i].when, schemas.record(), to);
  }
}

void each_condition(const escalation_policy& p, const record_schemas& schemas, const place_visitor& to) {
  for (std::size_t i = 0; i < p.triggers.size(); ++i) {
    const escalation_cause on = p.triggers[i].on;
    visit("/triggers/" + std::to_string(i) + "/condition", p.triggers[i].condition, schemas.escalation(), to,
          on == escalation_cause::logged || on == escalation_cause::assigned || on == escalation_cause::prioritised);
  }
  for (std::size_t i = 0; i < p.nodes.size(); ++i) {
    visit("/nodes/" + std::to_string(i) + "/condition", p.nodes[i].condition, schemas.escalation(), to);
  }
}

void each_condition(const assignment_rule& r, const record_schemas& schemas, const place_visitor& to) {
  visit("/condition", r.condition, schemas.record(), to);
}

void each_condition(const permission_policy& p, const record_schemas& schemas, const place_visitor& to) {
  for (std::size_t i = 0; i < p.grants.size(); ++i) {
    visit("grants/" + std::to_string(i) + "/where", p.grants[i].where, schemas.record(), to);
  }
}

void each_condition(const metric& m, const record_schemas& schemas, const place_visitor& to) {
  visit("/where", m.where, schemas.record(), to);
}

// ---- what they name

// The names there will be.
class names_to_be final : public known_names {
 public:
  names_to_be(const publications& all, const lexicon& words) : all_(all), words_(words) {}

  std::vector<std::string> of(word_kind kind) const override {
    std::vector<std::string> names = words_of(words_, kind);
    each_definition_kind([&]<class Kind>(Kind) {
      if (Kind::kind != kind) return;
      for (const auto& d : all_.of<Kind::kind>().given()) add(kind, key_of(d), names);
    });
    for (const workflow& w : all_.of<word_kind::workflow>().given()) {
      if (kind == word_kind::state) {
        for (const workflow_state& s : w.states) add(kind, s.name, names);
      } else if (kind == word_kind::hold_reason) {
        for (const workflow_hold_reason& r : w.hold_reasons) add(kind, r.name, names);
      } else if (kind == word_kind::resolution_code) {
        for (const std::string& code : w.resolution_codes) add(kind, code, names);
      }
    }
    return names;
  }

  const custom_field* field(const std::string& key) const override {
    return all_.of<word_kind::custom_field>().find(key);
  }
  bool shows(word_kind) const override { return true; }

 private:
  void add(word_kind kind, const std::string& name, std::vector<std::string>& to) const {
    if (words_.find(kind, name) == 0) to.push_back(name);
  }

  const publications& all_;
  const lexicon& words_;
};

constexpr const char* changes_refused =
    "changed, from and to ask what has just happened to the record; allowed in guards of automatic moves, in rules of "
    "incident classes, and in triggers on logged, assigned and prioritised";

void check_condition(const condition_place& place, const known_names& known, std::string& why) {
  const condition asked = compile_condition(place.text, place.schema, place.path);
  const auto add = [&](const std::string& what) { why += (why.empty() ? "" : "; ") + what; };
  if (asked.asks_changes && !place.sees_changes) add(place.path + ": " + changes_refused);
  for (const unknown_word& unknown : unknown_words(asked, known)) {
    add(place.path + unknown.path + ": " + unknown.what);
  }
}

bool is_out_of_use(const auto& definition) {
  if constexpr (requires { definition.retired; }) return definition.retired;
  if constexpr (requires { definition.withdrawn; }) return definition.withdrawn;
  return false;
}

}  // namespace

void check_conditions(const publications& all, const record_schemas& schemas, const lexicon& words) {
  const names_to_be known(all, words);
  all.each([&](const auto& kind) {
    for (std::size_t i = 0; i < kind.given().size(); ++i) {
      if (is_out_of_use(kind.given()[i])) continue;
      std::string why;
      each_condition(kind.given()[i], schemas, [&](const condition_place& at) { check_condition(at, known, why); });
      if (!why.empty()) kind.refuse_at(i, why);
    }
  });
}

void add_condition_warnings(const record_schemas& schemas, definitions_published& changes) {
  each_definition_kind([&]<class Kind>(Kind) {
    for (const auto& definition : Kind::published(changes)) {
      if (is_out_of_use(definition)) continue;
      each_condition(definition, schemas, [&](const condition_place& at) {
        for (const std::string& odd : lint(compile_condition(at.text, at.schema), at.schema)) {
          if (changes.warnings.size() == limits::warnings_max) return;
          changes.warnings.push_back({name(Kind::kind), key_of(definition), at.path + ": " + odd});
        }
      });
    }
  });
}

}  // namespace tocsin::inline v1
