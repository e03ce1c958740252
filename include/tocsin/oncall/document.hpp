// On-call without a desk, in JSON documents: lines that define people, rotations and schedules, and lines that ask.
// docs/oncall.md has the forms, each with an example.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/base/json.hpp>
#include <tocsin/base/json_writer.hpp>
#include <tocsin/base/lexicon.hpp>
#include <tocsin/model/definition.hpp>
#include <tocsin/oncall/contact.hpp>
#include <tocsin/oncall/roster.hpp>
#include <tocsin/oncall/rotation.hpp>
#include <tocsin/oncall/schedule.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t proposed_max = 1'000;  // definitions that one question may propose
}  // namespace limits

// A calendar to be read as overrides.
struct oncall_import {
  std::string schedule;
  std::string text;  // iCalendar
  instant from = no_instant;
  instant until = no_instant;

  static std::span<const field_row> fields();
};

// What may be asked; each operation takes some of the members, and a schedule or a rotation.
struct oncall_question {
  std::string schedule;
  std::string rotation;
  std::string person;
  instant at = no_instant;
  instant from = no_instant;
  instant until = no_instant;
  instant to = no_instant;
  std::string zone;
  bool shadows = false;
  tocsin::urgency urgency = urgency::unset;
  tocsin::severity severity = severity::unset;
  tocsin::priority priority = priority::unset;
  std::vector<embedded_json> proposed;
};

// The questions, in their order; `fields` of each are of a oncall_question.
enum class oncall_operation : std::uint8_t {
  who,
  shifts,
  hand_offs,
  gaps,
  fairness,
  changes,
  icalendar,
  attempts,
  swaps
};
std::span<const field_row> fields_of(oncall_operation);

// What questions are answered from: what the lines of a session said, or what a desk has published.
class oncall_view {
 public:
  virtual ~oncall_view() = default;

  // Errors "roster.unknown_schedule" and "roster.unknown_rotation". A rotation alone is a schedule of one layer.
  virtual const roster& schedule_roster(const std::string& key) = 0;
  virtual const roster& rotation_roster(const std::string& key) = 0;
  virtual std::vector<dated<rotation>> versions_of_rotation(const std::string& key) const = 0;
  virtual const lexicon& words() const = 0;
  virtual const zone_data& zones() const = 0;
  virtual std::string name_of(const std::string& person_key) const = 0;                // empty: the key is shown
  virtual const contact_profile* contact_of(const std::string& person_key) const = 0;  // nullptr: there is none
  virtual std::vector<shift_swap> swaps() const = 0;
};

// The answer, an object. Any operation but `changes`, which is for a session to answer: it takes definitions.
std::string answer_oncall(oncall_operation operation, const oncall_question& asked, oncall_view& from);
// What the answer to `shifts` lists.
std::vector<oncall_shift> oncall_shifts(const oncall_question& asked, oncall_view& from);

// `known`: the keys of those that there are, if they are to be compared.
[[noreturn]] void refuse_unknown_oncall(const std::string& kind, const std::string& key,
                                        const std::vector<std::string>& known = {});

// The rotation alone as the one schedule of a book, under that key.
oncall_book book_of_rotation(const std::vector<dated<rotation>>& versions, std::vector<absence> absences,
                             const std::string& schedule_key);

// What the lines said so far. People need not be defined: whoever is named is known.
class oncall_session final : public oncall_view {
 public:
  explicit oncall_session(const zone_data& zones = zone_data::bundled()) : zones_(&zones) {}
  oncall_session(const oncall_session& other);
  oncall_session& operator=(const oncall_session&) = delete;

  // The answer to a line, an object: {"defined": ..., "key": ...} for a definition, what was asked for, or {"error": ...}
  // with what was wrong; then the line changed nothing.
  std::string answer(std::string_view line);

  // As above, but what is wrong is thrown.
  std::string execute(std::string_view line);

  // What modules that build on it ask. The person is known from now on; an error "roster.unknown_schedule".
  person_ref person_of(const std::string& key);
  std::string key_of(person_ref one) const;
  const roster& schedule_roster(const std::string& key) override;
  const contact_profile* contact_of(const std::string& person_key) const override;
  bool has_contacts() const { return !contacts_.empty(); }

 private:
  struct accepted_overrides {
    std::string key;  // empty: nobody can name it again
    bool swap = false;
    std::vector<schedule_override> overrides;
  };

  std::string define(std::string_view line);
  std::string ask(std::string_view line);

  void put(const rotation& r);
  void put(const schedule& s);
  void put(const schedule_override& one);
  void put(const shift_swap& one);
  void put(const absence& one);
  void put(const contact_profile& profile);
  std::string put(const oncall_import& one);
  void put_accepted(accepted_overrides&& one);
  void know(const std::string& person_key);
  void know(std::span<const std::string> person_keys);

  const roster& rotation_roster(const std::string& key) override;
  std::vector<dated<rotation>> versions_of_rotation(const std::string& key) const override;
  const lexicon& words() const override { return words_; }
  const zone_data& zones() const override { return *zones_; }
  std::string name_of(const std::string& person_key) const override;
  std::vector<shift_swap> swaps() const override;

  void collect_overrides();
  std::string compare(const oncall_question& q);

  const zone_data* zones_;
  lexicon words_;
  oncall_book book_;                          // overrides: those of `accepted_`, when a roster is made
  std::vector<accepted_overrides> accepted_;  // in the order of their acceptance
  std::map<std::string, shift_swap> swaps_;
  std::map<std::string, person> people_;
  std::map<std::string, contact_profile> contacts_;
  std::map<std::string, roster> rosters_;  // of what was defined so far, by what was asked about
};

// What a line may define, and what it may ask, for schemas: the tags "define" and "operation".
std::span<const tagged_type> oncall_definition_types();
std::span<const tagged_type> oncall_question_types();

// Lines in, lines out: one answer for each of `lines`, to what `book` and the lines before it define. Blank lines have
// no answer. `book` is lines too; a line of it that cannot be is an error, with its number in the detail.
std::string answer_oncall_lines(std::string_view book, std::string_view lines,
                                const zone_data& zones = zone_data::bundled());

}  // namespace tocsin::inline v1
