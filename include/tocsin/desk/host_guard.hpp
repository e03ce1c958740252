// Conditions of a workflow that the host decides, by name: whether a customer has credit, whether a build is green. They are
// asked while a command is decided; what was answered stands in the entry, so nothing that is read again asks again.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <tocsin/model/incident.hpp>

namespace tocsin::inline v1 {

struct guard_question {
  std::string_view guard;
  const incident& record;  // as it is before the move
  person_ref actor;
  instant at = no_instant;
};

using guard_answers = std::map<std::string, bool, std::less<>>;  // by name

// Who answers for a desk. What is in the table is not asked.
class host_guards {
 public:
  // Nothing: it does not know this guard. It must not use the desk.
  using answerer = std::function<std::optional<bool>(const guard_question&)>;

  void ask(answerer who) { who_ = std::move(who); }
  void know(guard_answers table) { table_ = std::move(table); }

  // Nothing where nobody answers.
  std::optional<bool> answer(const guard_question& asked) const {
    if (const auto known = table_.find(asked.guard); known != table_.end()) return known->second;
    return who_ ? who_(asked) : std::nullopt;
  }

 private:
  answerer who_;
  guard_answers table_;
};

}  // namespace tocsin::inline v1
