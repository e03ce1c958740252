// Recurrence: when incidents that are alike have come so often that they are a problem (P4). A rule says which incidents,
// what makes them alike, how many, and in what time. docs/recurrence.md has the definitions, with examples.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/base/limits.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t recurrence_rules_max = 1'000;  // of one session, and in one publish
inline constexpr std::int64_t recurrence_count_max = 10'000;
inline constexpr std::int64_t recurrence_window_max_us = std::int64_t{3650} * 86'400 * 1'000'000;
inline constexpr std::size_t recurrence_items_max = 50;  // of one incident
inline constexpr std::size_t recurrence_codes_max = 20;  // of one incident; of more that its text shows, the first
inline constexpr std::int64_t likeness_min = 50;
}  // namespace limits

// What incidents may have in common. Larger numbers come later in groups as documents show them.
enum class recurrence_dimension : std::uint8_t { unset, category, service, item, fingerprint, error_code, customer };
std::span<const std::string_view> choices(recurrence_dimension);

struct recurrence_rule {
  std::string key;
  std::string name;
  embedded_json condition;                     // of incidents; none: all of them
  std::vector<recurrence_dimension> group_by;  // all of these are the same in one group
  std::int64_t category_level = 0;             // how many categories from the top must be the same; 0: all of the path
  std::int64_t likeness = 100;  // per cent, of fingerprints that are one symptom; 100: the same fingerprint
  std::int64_t count = 0;       // incidents that make a proposal
  duration window;
  bool retired = false;  // proposes nothing any more

  static std::span<const field_row> fields();
  static const definition_type descriptor;
};

// What forbids publishing it, a line each; its condition is looked at where it is compiled.
std::vector<std::string> lint(const recurrence_rule& rule);

// What a rule groups an incident by. Empty is missing, and groups nothing.
struct recurrence_traits {
  std::vector<std::string> category;  // the path, from the top
  std::string service;
  std::vector<std::string> items;
  std::string fingerprint;
  std::vector<std::string> error_codes;  // folded
  std::string customer;
};

// The words of a title without those that have a digit, each once, in the order of their bytes, with a space between:
// case, order, punctuation, and the numbers of hosts and tickets make no other symptom.
std::string fingerprint_of(std::string_view valid_title);

// How much of two fingerprints is the same, as a fraction from 0 to 1: Dice's coefficient of their trigrams. A word has
// the trigrams of itself with a space on either side, in code points.
struct likeness_fraction {
  std::uint64_t numerator = 0;
  std::uint64_t denominator = 1;

  bool at_least(std::int64_t percent) const {
    return numerator * 100 >= denominator * static_cast<std::uint64_t>(percent);
  }
};
likeness_fraction likeness_of(std::string_view fingerprint, std::string_view other);

// The groups that a rule puts the incident into, as JSON objects: {"service":"mail","fingerprint":"down mail"}. More than
// one where it has several items or error codes; none where something is missing. In the order of their bytes.
std::vector<std::string> groups_of(const recurrence_rule& rule, const recurrence_traits& traits);

// Symptoms that are told apart by likeness: each is named by the fingerprint that was there first.
class symptom_index {
 public:
  explicit symptom_index(std::int64_t likeness) : likeness_(likeness) {}

  // The symptom that is most like it, of equal ones the first; one of its own where none is like it enough.
  std::string symptom_of(const std::string& fingerprint);
  std::size_t size() const { return symptoms_.size(); }

 private:
  struct symptom {
    std::string fingerprint;
    std::vector<std::uint32_t> trigrams;  // rising
  };

  std::size_t nearest(const std::vector<std::uint32_t>& trigrams) const;

  std::int64_t likeness_;
  std::vector<symptom> symptoms_;
  std::unordered_map<std::string, std::uint32_t> by_fingerprint_;
  std::unordered_map<std::string, std::uint32_t> numbers_;  // of trigrams
  std::vector<std::vector<std::uint32_t>> having_;          // symptoms, by trigram
};

// The incidents that count, by group and by when they were opened.
class recurrence_groups {
 public:
  struct opened {
    instant at;
    std::uint64_t incident = 0;

    friend auto operator<=>(const opened&, const opened&) = default;
  };

  void put(std::uint64_t incident, instant opened_at, const std::vector<std::string>& groups);  // in place of what was
  void remove(std::uint64_t incident);

  // Of the group, those opened after the one and up to the other, in the order of opening.
  std::span<const opened> within(const std::string& group, instant after, instant upto) const;
  const std::map<std::string, std::vector<opened>>& all() const { return groups_; }
  std::size_t memory_bytes() const;

 private:
  struct place {
    instant opened_at;
    std::vector<std::string> groups;
  };

  std::map<std::string, std::vector<opened>> groups_;
  std::unordered_map<std::uint64_t, place> places_;
};

// How sure it is that incidents of a group have one cause: points, and where they come from. docs/recurrence.md.
struct recurrence_confidence {
  std::int64_t count = 0;     // how many there are, beside what the rule asks for
  std::int64_t burst = 0;     // that there were fewer in the window before
  std::int64_t text = 0;      // words that most of their titles share
  std::int64_t grouping = 0;  // what groups them

  std::int64_t points() const { return count + burst + text + grouping; }
  friend bool operator==(const recurrence_confidence&, const recurrence_confidence&) = default;
};

struct recurrence_evidence {
  std::vector<std::string> words;  // that more than half of the titles have, in the order of their bytes
  recurrence_confidence confidence;
};

// `titles` of the incidents that are proposed; `before`: how many of the group were opened in the window before.
recurrence_evidence weigh(const recurrence_rule& rule, std::span<const std::string_view> valid_titles,
                          std::size_t before);

}  // namespace tocsin::inline v1
