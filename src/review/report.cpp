// Markdown, and what all forms of a report share.
#include <tocsin/review/report.hpp>

#include <tocsin/base/utf8.hpp>
#include <tocsin/time/rfc3339.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

constexpr std::string_view marks = "\\`*_{}[]<>|~&";
constexpr std::string_view marks_at_begin = "#-+=:!";

bool is_digit(char c) { return '0' <= c && c <= '9'; }

// One line of it, whose begin may be that of a list, a heading or a rule.
std::string escaped_line(std::string_view line) {
  std::string result;
  std::size_t i = 0;
  for (; i < line.size() && (line[i] == ' ' || line[i] == '\t'); ++i) result += "&nbsp;";
  bool in_number = i < line.size() && is_digit(line[i]);
  bool at_begin = true;
  for (; i < line.size(); ++i) {
    const char c = line[i];
    const bool ends_number = in_number && !at_begin && (c == '.' || c == ')');
    const bool is_mark = marks.find(c) != std::string_view::npos || ends_number ||
                         (at_begin && marks_at_begin.find(c) != std::string_view::npos);
    if (is_mark) result += '\\';
    if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) result += c;
    in_number = in_number && is_digit(c);
    at_begin = false;
  }
  return result;
}

// Lines go on in the same paragraph, but for empty ones, which begin another. In a cell of a table they cannot.
std::string escaped_lines(std::string_view text, bool in_cell) {
  const std::string valid = made_valid_utf8(text);
  std::string result;
  bool was_empty = true;
  for (std::size_t from = 0; from <= valid.size();) {
    const std::size_t end = std::min(valid.find('\n', from), valid.size());
    const std::string line = escaped_line(std::string_view(valid).substr(from, end - from));
    if (from != 0) result += in_cell ? "<br>" : was_empty || line.empty() ? "\n" : "\\\n";
    result += line;
    was_empty = line.empty();
    from = end + 1;
  }
  return result;
}

std::string cell(std::string_view text) { return escaped_lines(text, true); }

void add_row(std::string& to, const std::vector<std::string>& cells) {
  to += '|';
  for (const std::string& one : cells) to += ' ' + cell(one) + " |";
  to += '\n';
}

void add_table(std::string& to, const std::vector<std::string>& columns,
               const std::vector<std::vector<std::string>>& rows) {
  add_row(to, columns);
  to += '|';
  for (std::size_t i = 0; i < columns.size(); ++i) to += " --- |";
  to += '\n';
  for (const std::vector<std::string>& one : rows) add_row(to, one);
  to += '\n';
}

void add_story(std::string& to, const std::vector<report_moment>& story) {
  if (story.empty()) return;
  to += "## Timeline\n\n";
  std::vector<std::vector<std::string>> rows;
  for (const report_moment& one : story) {
    const std::string after = one.after.us == 0 ? std::string() : words_of(one.after);
    rows.push_back({text_of(one.at), one.long_gap ? after + " (gap)" : after, spaced(one.what), one.who, one.text});
  }
  add_table(to, {"When", "After", "What", "Who", "Details"}, rows);
}

}  // namespace

std::span<const std::string_view> choices(report_form) {
  static constexpr std::string_view all[] = {"markdown", "html", "json"};
  return all;
}

std::string text_of(duration d) {
  char text[text_form::size_max];
  return {text, text_form_of(d).write(d.us, text)};
}

std::string words_of(duration d) {
  struct unit {
    std::int64_t us;
    const char* name;
  };
  constexpr unit units[] = {{day.us, " d"}, {hour.us, " h"}, {minute.us, " min"}};
  std::string text = d.us < 0 ? "-" : "";
  std::int64_t left = d.us < 0 ? -std::max(d.us, -INT64_MAX) : d.us;
  const bool is_short = left < minute.us;
  if (is_short) return text + std::to_string(left / second.us) + " s";
  for (const unit& one : units) {
    if (left < one.us) continue;
    text += (text.empty() || text == "-" ? "" : " ") + std::to_string(left / one.us) + one.name;
    left %= one.us;
  }
  return text;
}

std::string spaced(std::string_view name) {
  std::string text(name);
  std::ranges::replace(text, '_', ' ');
  return text;
}

// As people read it: the date, a space, the time.
std::string text_of(instant t) {
  if (!is_set(t)) return {};
  std::string text(std::string_view(to_rfc3339(t)));
  text[10] = ' ';
  return text;
}

std::string escaped_markdown(std::string_view text) { return escaped_lines(text, false); }

std::string as_markdown(const report& r) {
  std::string to = "# " + cell(r.title) + "\n\n";
  std::vector<std::vector<std::string>> facts;
  for (const report_fact& one : r.facts) facts.push_back({one.name, one.value});
  if (!facts.empty()) add_table(to, {"", ""}, facts);
  for (const report_text& one : r.texts) {
    to += "## " + cell(one.title) + "\n\n";
    if (!one.text.empty()) to += escaped_markdown(one.text) + "\n\n";
  }
  add_story(to, r.story);
  for (const report_table& one : r.tables) {
    to += "## " + cell(one.title) + "\n\n";
    add_table(to, one.columns, one.rows);
  }
  return to;
}

void write_json(json_writer& to, const report& r) {
  to.begin_object();
  to.member("title", r.title);
  to.key("facts");
  to.begin_array();
  for (const report_fact& one : r.facts) {
    to.begin_object();
    to.member("name", one.name);
    to.member("value", one.value);
    to.end_object();
  }
  to.end_array();
  to.key("sections");
  to.begin_array();
  for (const report_text& one : r.texts) {
    to.begin_object();
    to.member("title", one.title);
    to.member("text", one.text);
    to.end_object();
  }
  to.end_array();
  to.key("timeline");
  to.begin_array();
  for (const report_moment& one : r.story) {
    to.begin_object();
    to.member("at", std::string_view(to_rfc3339(one.at)));
    to.member("what", one.what);
    if (!one.who.empty()) to.member("who", one.who);
    if (!one.text.empty()) to.member("text", one.text);
    if (one.after.us != 0) to.member("after", text_of(one.after));
    if (one.long_gap) to.member_boolean("long_gap", true);
    to.end_object();
  }
  to.end_array();
  to.key("tables");
  to.begin_array();
  for (const report_table& one : r.tables) {
    to.begin_object();
    to.member("title", one.title);
    const auto texts = [&](const std::vector<std::string>& all) {
      to.begin_array();
      for (const std::string& text : all) to.text(text);
      to.end_array();
    };
    to.key("columns");
    texts(one.columns);
    to.key("rows");
    to.begin_array();
    for (const std::vector<std::string>& cells : one.rows) texts(cells);
    to.end_array();
    to.end_object();
  }
  to.end_array();
  to.end_object();
}

}  // namespace tocsin::inline v1
