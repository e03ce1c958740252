#include <tocsin/base/lexicon.hpp>

#include <tocsin/base/heap_bytes.hpp>

namespace tocsin::inline v1 {

const char* name(word_kind kind) noexcept {
  static constexpr const char* names[word_kind_count] = {"person",
                                                         "team",
                                                         "service",
                                                         "category",
                                                         "workflow",
                                                         "priority_matrix",
                                                         "state",
                                                         "hold_reason",
                                                         "resolution_code",
                                                         "custom_field",
                                                         "record_type",
                                                         "record_template",
                                                         "permission_policy",
                                                         "business_calendar",
                                                         "sla_policy",
                                                         "rotation",
                                                         "schedule",
                                                         "escalation_policy",
                                                         "event_source",
                                                         "contact_profile",
                                                         "role",
                                                         "schedule_override",
                                                         "shift_swap",
                                                         "absence",
                                                         "customer",
                                                         "contract",
                                                         "incident_class_policy",
                                                         "skill",
                                                         "assignment_rule",
                                                         "metric",
                                                         "vendor",
                                                         "configuration_item",
                                                         "recurrence_rule",
                                                         "major_incident_policy",
                                                         "communication_policy",
                                                         "status_page",
                                                         "status_override",
                                                         "review_policy",
                                                         "playbook",
                                                         "automation_rule",
                                                         "security_policy",
                                                         "subscription"};
  return names[static_cast<std::size_t>(kind)];
}

lexicon::lexicon() {
  add(word_kind::person, "system");
  add(word_kind::person, "host");
}

lexicon::lexicon(const lexicon& other) {
  for (std::size_t kind = 0; kind < word_kind_count; ++kind) {
    for (const std::string& word : other.tables_[kind].words) add(static_cast<word_kind>(kind), word);
  }
}

std::uint32_t lexicon::find(word_kind kind, std::string_view word) const noexcept {
  const auto& numbers = tables_[static_cast<std::size_t>(kind)].numbers;
  const auto found = numbers.find(word);
  return found == numbers.end() ? 0 : found->second;
}

std::uint32_t lexicon::add(word_kind kind, std::string_view word) {
  if (const std::uint32_t known = find(kind, word)) return known;
  table& t = tables_[static_cast<std::size_t>(kind)];
  t.words.emplace_back(word);
  const auto number = static_cast<std::uint32_t>(t.words.size());
  try {
    t.numbers.emplace(t.words.back(), number);
  } catch (...) {
    t.words.pop_back();
    throw;
  }
  return number;
}

std::string_view lexicon::word(word_kind kind, std::uint32_t number) const noexcept {
  const auto& words = tables_[static_cast<std::size_t>(kind)].words;
  return number == 0 || number > words.size() ? std::string_view{} : std::string_view{words[number - 1]};
}

std::size_t lexicon::size(word_kind kind) const noexcept {
  return tables_[static_cast<std::size_t>(kind)].words.size();
}

lexicon::mark lexicon::position() const noexcept {
  mark result{};
  for (std::size_t kind = 0; kind < word_kind_count; ++kind) result[kind] = tables_[kind].words.size();
  return result;
}

void lexicon::rewind(const mark& to) noexcept {
  for (std::size_t kind = 0; kind < word_kind_count; ++kind) {
    table& t = tables_[kind];
    while (t.words.size() > to[kind]) {
      t.numbers.erase(t.words.back());
      t.words.pop_back();
    }
  }
}

std::size_t lexicon::memory_bytes() const {
  std::size_t sum = 0;
  for (const table& t : tables_) {
    sum += heap_bytes(t.words) + heap_bytes(t.numbers);
    for (const std::string& word : t.words) sum += heap_bytes(word);
  }
  return sum;
}

}  // namespace tocsin::inline v1
