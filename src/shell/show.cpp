// `show`: an incident and its timeline, for reading.
#include <algorithm>
#include <array>

#include <moment.hpp>
#include <record_lists.hpp>
#include <record_style.hpp>
#include <subcommands.hpp>
#include <table.hpp>
#include <text.hpp>

namespace shell {
namespace {

constexpr std::string_view help = R"(
Prints incidents for reading: the record, and its timeline. Times are in UTC, or in the zone of --zone.

Options
  --as-of INSTANT   the record and the timeline as they were then
  --no-timeline     the record only

Examples
  tocsin desk.tocsin show INC0000042
  tocsin desk.tocsin --zone Europe/Berlin show INC0000042 | less -R
)";

constexpr std::size_t text_width_min = 24;

// Shown by the heading or together with another member.
constexpr std::array<std::string_view, 10> shown_elsewhere{
    "id",         "number",      "version",     "title",           "state",
    "state_kind", "description", "hold_reason", "resolution_code", "attachment_count"};

// Members of an event that are prose: a line of their own, without their name in front.
constexpr std::array<std::string_view, 8> prose{"title", "description", "text",   "note",
                                                "notes", "comment",     "reason", "resolution_notes"};

// Members whose values are names that the desk gave: shown as people write them.
constexpr std::array<std::string_view, 10> words_of_the_desk{"state",  "priority",    "impact", "urgency", "channel",
                                                             "reason", "hold_reason", "cause",  "code",    "held_from"};

// Members of an event that the timeline shows otherwise, or that say nothing to a reader.
constexpr std::array<std::string_view, 12> beside{"at",     "recorded_at",  "sequence",   "actor",
                                                  "event",  "incident",     "record",     "id",
                                                  "number", "number_value", "state_kind", "history"};

// Instants whose distance from the opening is worth knowing.
constexpr std::array<std::string_view, 6> milestones{"acknowledged_at", "first_response_at", "work_begun_at",
                                                     "resolved_at",     "closed_at",         "cancelled_at"};

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool ends_with(std::string_view name, std::string_view end) {
  return name.size() > end.size() && name.substr(name.size() - end.size()) == end;
}

// Of which definition something was made matters to programs; when it was last touched stands in the timeline.
bool is_bookkeeping(std::string_view name) {
  return ends_with(name, "_version") || name == "workflow" || name == "recorded_at" || name == "updated_at";
}

std::string shown_value(const session& with, std::string_view name, const json& value) {
  if (name == "held_time" && value.is_string()) return show_iso_duration(value.get_ref<const std::string&>());
  if ((name == "time_spent" || name == "spent") && value.is_string())
    return show_iso_open_time(value.get_ref<const std::string&>());
  if (!value.is_string()) return text_of(value);
  const std::string& text = value.get_ref<const std::string&>();
  const auto instant = contains(prose, name) ? std::nullopt : parse_instant(text);
  if (instant) return with.show(*instant);
  return contains(words_of_the_desk, name) ? spoken(printable(text)) : printable(text, true);
}

std::string state_of(const json& incident) {
  std::string result = spoken(text_at(incident, "state"));
  const bool is_held = incident.contains("hold_reason");
  const std::string why = spoken(text_at(incident, is_held ? "hold_reason" : "resolution_code"));
  return why.empty() ? result : result + " (" + why + ")";
}

// "2026-11-22 10:20:00Z   2 h 20 min after it was opened"
std::string with_distance(const session& with, std::string_view name, const json& value,
                          std::optional<std::int64_t> opened) {
  std::string result = shown_value(with, name, value);
  const bool counts = contains(milestones, name);
  const auto instant = value.is_string() ? parse_instant(value.get_ref<const std::string&>()) : std::nullopt;
  if (counts && instant && opened && *instant > *opened) {
    result += "   " + show_duration(*instant - *opened) + " after it was opened";
  }
  return result;
}

std::string label(std::string_view name) {
  return spoken(ends_with(name, "_at") ? name.substr(0, name.size() - 3) : name);
}

void print_lists(const session& with, const json& incident) {
  for (const auto& [name, items] : incident.items()) {
    if (!is_record_list(name)) continue;
    with.out.line();
    with.out.line("  " + with.out.styled(label(name), style::bold));
    for (const std::string& item : record_list_lines(with, name, items)) {
      std::string lead = "    ";
      for (const std::string& line : wrap(item, with.out.width() - 6)) {
        with.out.line(lead + line);
        lead = "      ";
      }
    }
  }
}

void print_record(const session& with, const json& incident) {
  const std::string number = with.out.styled(text_at(incident, "number"), style::bold);
  const std::size_t indent = columns(text_at(incident, "number")) + 2;
  const std::size_t width = with.out.width() > indent + text_width_min ? with.out.width() - indent : text_width_min;
  std::string lead = number + "  ";
  for (const std::string& line : wrap(text_at(incident, "title"), width)) {
    with.out.line(lead + with.out.styled(line, style::bold));
    lead = std::string(indent, ' ');
  }

  const std::string kind = text_at(incident, "state_kind");
  std::vector<pair_of_text> pairs{{"state", state_of(incident), style_of_state(kind)}};
  const auto opened = instant_at(incident, "opened_at");
  for (const auto& [name, value] : incident.items()) {
    const bool is_nothing = value.is_number() && value == 0;
    if (contains(shown_elsewhere, name) || is_bookkeeping(name) || is_nothing || is_record_list(name)) continue;
    const style as = name == "priority" ? style_of_priority(text_of(value)) : style::plain;
    pairs.push_back({label(name), with_distance(with, name, value, opened), as});
  }
  print_pairs(with.out, pairs, 2);
  print_lists(with, incident);

  if (const auto description = incident.find("description"); description != incident.end()) {
    with.out.line();
    for (const std::string& line : wrap(shown_value(with, "description", *description), with.out.width() - 2)) {
      with.out.line("  " + line);
    }
  }
}

// What an event says beyond its name: short members beside it, prose below.
struct told_event {
  std::vector<std::string> brief;
  std::vector<std::pair<std::string, std::string>> prose;  // name and text
};

// The parts in lines, each unbroken as long as one line can hold it.
std::vector<std::string> fill(const std::vector<std::string>& parts, std::size_t width) {
  std::vector<std::string> lines(1);
  for (const std::string& part : parts) {
    const bool is_first = lines.back().empty();
    if (!is_first) lines.back() += ",";
    if (!is_first && columns(lines.back()) + columns(part) + 2 > width) lines.emplace_back();
    lines.back() += (lines.back().empty() ? "" : " ") + part;
  }
  std::vector<std::string> result;
  for (const std::string& line : lines) {
    for (std::string& piece : wrap(line, width)) result.push_back(std::move(piece));
  }
  return result;
}

// The name of a reason for a hold is no prose, what a person gives as reason is.
bool is_prose(std::string_view name, const json& value) {
  if (!contains(prose, name) || !value.is_string()) return false;
  return name != "reason" || value.get_ref<const std::string&>().find(' ') != std::string::npos;
}

// What an incident began with stands in the record above, as long as nobody amended it.
bool stands_in(const json& record, const json& event, const std::string& name) {
  const std::string kind = text_at(event, "event");
  const bool is_beginning = kind == "incident_logged" || kind == "record_imported";
  const bool is_long = name == "title" || name == "description";
  return is_beginning && is_long && record.contains(name) && record[name] == event[name];
}

std::string part_of(const session& with, const std::string& name, const json& value) {
  const bool is_yes = value.is_boolean() && value.get<bool>();
  return is_yes ? label(name) : label(name) + " " + shown_value(with, name, value);
}

told_event tell(const session& with, const json& record, const json& event) {
  told_event result;
  for (const auto& [name, value] : event.items()) {
    if (contains(beside, name) || is_bookkeeping(name) || stands_in(record, event, name)) continue;
    if (is_prose(name, value)) {
      result.prose.emplace_back(label(name), shown_value(with, name, value));
    } else if (value.is_object()) {
      for (const auto& [inner, was] : value.items()) {
        result.brief.push_back(label(name) + " " + part_of(with, inner, was));
      }
    } else {
      result.brief.push_back(part_of(with, name, value));
    }
  }
  return result;
}

std::string without_trailing_spaces(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

void print_timeline(const session& with, const json& record, const json& events) {
  if (events.empty()) return;
  std::size_t time_width = 0;
  std::size_t actor_width = 0;
  std::size_t event_width = 0;
  const auto time_of = [&](const json& event) {
    const auto at = instant_at(event, "at");
    return at ? with.show(*at) : std::string();
  };
  for (const json& event : events) {
    time_width = std::max(time_width, columns(time_of(event)));
    actor_width = std::max(actor_width, columns(text_at(event, "actor")));
    event_width = std::max(event_width, columns(spoken(text_at(event, "event"))));
  }
  const std::size_t prose_column = 2 + time_width + 2;
  const std::size_t brief_column = prose_column + actor_width + 2 + event_width + 2;
  const auto width_from = [&](std::size_t column) {
    return with.out.width() > column + text_width_min ? with.out.width() - column : text_width_min;
  };
  with.out.line();
  for (const json& event : events) {
    std::string lead = "  " + with.out.styled(pad_right(time_of(event), time_width), style::dim) + "  " +
                       pad_right(text_at(event, "actor"), actor_width) + "  " +
                       with.out.styled(pad_right(spoken(text_at(event, "event")), event_width), style::cyan) + "  ";
    const told_event told = tell(with, record, event);
    for (const std::string& line : fill(told.brief, width_from(brief_column))) {
      with.out.line(without_trailing_spaces(lead + line));
      lead = std::string(brief_column, ' ');
    }
    for (const auto& [name, text] : told.prose) {
      const std::string named = told.prose.size() > 1 ? name + ": " + text : text;
      for (const std::string& line : wrap(named, width_from(prose_column))) {
        with.out.line(without_trailing_spaces(std::string(prose_column, ' ') + line));
      }
    }
  }
}

int run(session& with, arguments& words) {
  const bool without_timeline = words.flag("--no-timeline");
  const std::optional<std::string> as_of_text = words.value("--as-of");
  std::vector<std::string> incidents{words.word("the number of an incident")};
  for (std::string& other : words.rest()) incidents.push_back(std::move(other));
  const std::string as_of = as_of_text ? to_rfc3339(parse_instant_argument(*as_of_text, "--as-of")) : std::string();

  bool is_first = true;
  for (const std::string& incident : incidents) {
    json get{{"query", "get"}, {"incident", incident}};
    if (!as_of.empty()) get["as_of"] = as_of;
    const json record = with.ask(get);
    if (!is_first) with.out.line();
    is_first = false;
    print_record(with, record);
    if (without_timeline) continue;
    json events = json::array();
    const json timeline = with.ask({{"query", "timeline"}, {"incident", incident}});
    const auto until = as_of.empty() ? std::nullopt : parse_instant(as_of);
    for (const json& event : list_at(timeline, "events")) {
      if (!until || instant_at(event, "at").value_or(*until) <= *until) events.push_back(event);
    }
    print_timeline(with, record, events);
  }
  return exit_done;
}

}  // namespace

const subcommand show_subcommand{"show",
                                 "[--as-of INSTANT] [--no-timeline] INC...",
                                 "print an incident and its timeline for reading",
                                 help,
                                 need::reading,
                                 run};

}  // namespace shell
