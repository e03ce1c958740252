// A report as it is read: facts, texts, the story with its instants, tables. The same report gives the same bytes
// (R2), as Markdown, as one HTML page that needs nothing from outside, or as JSON.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/json_writer.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

enum class report_form : std::uint8_t { unset, markdown, html, json };
std::span<const std::string_view> choices(report_form);

struct report_fact {
  std::string name;
  std::string value;
};

struct report_text {
  std::string title;
  std::string text;
};

struct report_moment {
  instant at = no_instant;
  std::string what;  // "acknowledged"
  std::string who;
  std::string text;
  duration after;
  bool long_gap = false;
};

struct report_table {
  std::string title;
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;  // a cell for each column
};

struct report {
  std::string title;
  std::vector<report_fact> facts;
  std::vector<report_text> texts;
  std::vector<report_moment> story;
  std::vector<report_table> tables;
};

std::string as_markdown(const report& r);
std::string as_html(const report& r);
void write_json(json_writer& to, const report& r);  // an object

// As text in Markdown that shows as it is: nothing in it is a mark. Lines stay lines.
std::string escaped_markdown(std::string_view text);
// Likewise in HTML, in an element or in a quoted attribute.
std::string escaped_html(std::string_view text);

// "PT1H30M"; "2026-11-23 08:00:00Z", empty where there is none.
std::string spaced(std::string_view name);  // "role assumed" of "role_assumed"
std::string text_of(duration d);            // ISO 8601, for programs
std::string words_of(duration d);           // "2 d 3 h 5 min", for people; below a minute "12 s", below a second "0 s"
std::string text_of(instant t);

}  // namespace tocsin::inline v1
