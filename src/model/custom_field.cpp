#include <tocsin/model/custom_field.hpp>

#include <tocsin/base/error.hpp>
#include <tocsin/base/refusal.hpp>
#include <tocsin/base/utf8.hpp>
#include <tocsin/time/instant.hpp>

#include <algorithm>
#include <set>

namespace tocsin::inline v1 {
namespace {

constexpr std::size_t prefix_length_max = 10;
constexpr std::int64_t number_width_max = 12;

[[noreturn]] void refuse(const std::string& path, const refused_value& found, const allowed_values& allowed) {
  throw unexpected(status::invalid_argument, "custom_field.value", path, found, allowed);
}

refused_value shown(const custom_value& value) {
  switch (value.kind) {
    case custom_kind::integer:
      return refused_value::integer(value.number);
    case custom_kind::boolean:
      return refused_value::json(value.number != 0 ? "true" : "false");
    default:
      return refused_value::text(value.text);
  }
}

void adopt_formed(custom_value& value, custom_kind kind, const text_form& form, const std::string& path) {
  std::int64_t number = value.number;  // C++ gives it as it is
  if (value.kind != kind && (value.kind != custom_kind::text || !form.read(value.text, number))) {
    refuse(path, shown(value), std::string(form.what));
  }
  char text[text_form::size_max];
  value = {value.field, kind, number, {text, form.write(number, text)}};
  if (!form.read(value.text, number)) refuse(path, shown(value), std::string(form.what));
}

void adopt_text(const custom_field& field, custom_value& value, const std::string& path) {
  if (value.kind != custom_kind::text) refuse(path, shown(value), "text");
  const auto most = field.length_max == 0 ? limits::text_length_max : static_cast<std::size_t>(field.length_max);
  const std::size_t length = count_code_points(value.text);
  if (length > most) refuse(path, std::to_string(length) + " characters", "at most " + std::to_string(most));
}

void adopt_integer(const custom_field& field, const custom_value& value, const std::string& path) {
  if (value.kind != custom_kind::integer) refuse(path, shown(value), "an integer");
  const bool fits =
      (!field.least || value.number >= field.least.value) && (!field.most || value.number <= field.most.value);
  if (fits) return;
  refuse(path, shown(value),
         field.least && field.most ? std::to_string(field.least.value) + " to " + std::to_string(field.most.value)
         : field.least             ? "at least " + std::to_string(field.least.value)
                                   : "at most " + std::to_string(field.most.value));
}

}  // namespace

std::span<const std::string_view> choices(custom_holder) {
  static constexpr std::string_view all[] = {"record", "person", "team", "service", "customer"};
  return all;
}

bool is_of(const custom_field& field, custom_holder holder) {
  if (field.of.empty()) return holder == custom_holder::record;
  return std::ranges::find(field.of, holder) != field.of.end();
}

std::span<const std::string_view> choices(record_base) {
  static constexpr std::string_view all[] = {"incident", "request", "auxiliary", "problem", "change", "review"};
  return all;
}

std::span<const field_row> custom_field::fields() {
  using self = custom_field;
  static constexpr field_row rows[] = {
      row<&self::key>("key", "Key by which documents name the field", tocsin::required, one_line,
                      max_length(limits::key_length_max)),
      row<&self::name>("name", "Name as people know it", one_line),
      row<&self::kind>("kind", "What its values are; never changes", tocsin::required),
      row<&self::choices>("choices", "Of kind choice: the values that are allowed", max_length(1000)),
      row<&self::length_max>("length_max", "Of kind text: how many characters at most",
                             range{0, static_cast<std::int64_t>(limits::text_length_max)}),
      row<&self::least>("least", "Of kind integer: the least value that is allowed"),
      row<&self::most>("most", "Of kind integer: the greatest value that is allowed"),
      row<&self::required>("required", "A record cannot be logged without it"),
      row<&self::types>("types", "Keys of the record types that have it; none: all", max_length(100)),
      row<&self::retired>("retired", "No longer to be given; what records have of it stays"),
      row<&self::for_requester>("for_requester", "Whoever may see no more than a requester sees it, too"),
      row<&self::of>("of", "What has it: records, people, teams, services, customers; none: records. May only grow",
                     max_length(10)),
  };
  return rows;
}

std::span<const field_row> record_type::fields() {
  using self = record_type;
  static constexpr field_row rows[] = {
      row<&self::key>("key", "Key of the type; \"incident\" and \"request\" are built in", tocsin::required, one_line,
                      max_length(limits::key_length_max)),
      row<&self::name>("name", "Name as people know it", one_line),
      row<&self::base>("base", "What it is to the library: only incidents have SLAs, metrics and problems of incidents",
                       tocsin::required),
      row<&self::number_prefix>("number_prefix", "What the numbers of its series begin with; never changes",
                                tocsin::required, one_line, max_length(prefix_length_max)),
      row<&self::number_width>("number_width", "Digits of a number, at least", range{1, number_width_max}),
      row<&self::workflow>("workflow", "Key of the workflow that its records begin on", tocsin::required, one_line,
                           max_length(limits::key_length_max)),
      row<&self::required>("required",
                           "Fields without which a record cannot be logged: of log_incident, or \"custom.<key>\"",
                           max_length(100)),
      row<&self::retired>("retired", "No longer to be logged"),
  };
  return rows;
}

std::vector<std::string> lint(const custom_field& definition) {
  std::vector<std::string> findings;
  const auto only_for = [&](bool given, custom_kind kind, const std::string& member) {
    if (given && definition.kind != kind) findings.push_back(member + " is given for a field of another kind");
  };
  only_for(!definition.choices.empty(), custom_kind::choice, "choices");
  only_for(definition.length_max != 0, custom_kind::text, "length_max");
  only_for(definition.least || definition.most, custom_kind::integer, "least or most");
  if (definition.kind == custom_kind::choice && definition.choices.empty()) findings.emplace_back("it has no choices");
  if (definition.least && definition.most && definition.least.value > definition.most.value) {
    findings.emplace_back("least is greater than most: no value is allowed");
  }
  const bool of_records = is_of(definition, custom_holder::record);
  if (!of_records && definition.required) findings.emplace_back("required is given, but records do not have it");
  if (!of_records && !definition.types.empty()) findings.emplace_back("types are given, but records do not have it");
  std::set<std::string_view> seen;
  for (const std::string& choice : definition.choices) {
    if (choice.empty()) findings.emplace_back("a choice has no name");
    if (!seen.insert(choice).second) findings.push_back("the choice " + quoted(choice) + " is there twice");
  }
  return findings;
}

std::vector<std::string> lint(const record_type& definition) {
  std::vector<std::string> findings;
  const std::string& prefix = definition.number_prefix;
  if (!prefix.empty() && prefix.back() >= '0' && prefix.back() <= '9') {
    findings.push_back("number_prefix " + quoted(prefix) + " ends in a digit, which could be one of the number");
  }
  return findings;
}

void adopt(const custom_field& field, custom_value& value, const lexicon& words, const std::string& path) {
  if (value.kind == custom_kind::unset) return;  // takes the value away
  switch (field.kind) {
    case custom_kind::unset:
      return;
    case custom_kind::text:
      return adopt_text(field, value, path);
    case custom_kind::integer:
      return adopt_integer(field, value, path);
    case custom_kind::boolean:
      if (value.kind != custom_kind::boolean) refuse(path, shown(value), "true or false");
      return;
    case custom_kind::instant:
      return adopt_formed(value, custom_kind::instant, text_form_of(instant{}), path);
    case custom_kind::duration:
      return adopt_formed(value, custom_kind::duration, text_form_of(duration{}), path);
    case custom_kind::choice:
      if ((value.kind != custom_kind::text && value.kind != custom_kind::choice) ||
          std::ranges::find(field.choices, value.text) == field.choices.end()) {
        throw unknown_name(status::invalid_argument, "custom_field.value", path, value.text, field.choices);
      }
      value.kind = custom_kind::choice;
      return;
    case custom_kind::person: {
      const bool known = value.kind == custom_kind::person && value.number > 0 &&
                         static_cast<std::uint64_t>(value.number) <= words.size(word_kind::person);
      const std::int64_t number = known                             ? value.number
                                  : value.kind == custom_kind::text ? words.find(word_kind::person, value.text)
                                                                    : 0;
      if (number == 0) refuse(path, shown(value), "the key of a person that has been published");
      value = {value.field, custom_kind::person, number, {}};
      return;
    }
  }
}

}  // namespace tocsin::inline v1
