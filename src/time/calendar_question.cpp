#include <tocsin/time/calendar_question.hpp>

#include <algorithm>

#include <tocsin/base/error.hpp>
#include <tocsin/base/json.hpp>
#include <tocsin/base/refusal.hpp>
#include <tocsin/time/rfc3339.hpp>

namespace tocsin::inline v1 {
namespace {

using operation = calendar_operation;

[[noreturn]] void refuse(const char* reason, const std::string& path, const refused_value& found,
                         const allowed_values& allowed) {
  throw unexpected(status::invalid_argument, reason, path, found, allowed);
}

// ---- which members an operation asks for

// `duration` stands for itself and for duration_us.
std::span<const std::string_view> members_of(operation o) {
  static constexpr std::string_view span[] = {"from", "to"};
  static constexpr std::string_view moment[] = {"at"};
  static constexpr std::string_view moment_and_duration[] = {"at", "duration"};
  static constexpr std::string_view moment_and_days[] = {"at", "days"};
  static constexpr std::string_view date[] = {"date"};
  switch (o) {
    case operation::elapsed:
    case operation::explain:
      return span;
    case operation::add:
    case operation::subtract:
      return moment_and_duration;
    case operation::add_business_days:
    case operation::end_of_business_day:
      return moment_and_days;
    case operation::is_business_day:
      return date;
    case operation::unset:
    case operation::describe:
      return {};
    default:
      return moment;
  }
}

allowed_values field_names(std::span<const std::string_view> asked) {
  std::vector<std::string> names{"operation"};
  names.insert(names.end(), asked.begin(), asked.end());
  return names;
}

void check_members(const calendar_question& q) {
  const auto asked = members_of(q.operation);
  const std::string of = "operation \"" + std::string(choices(q.operation)[static_cast<std::size_t>(q.operation) - 1]);
  for (const field_row& field : calendar_question::fields().subspan(1)) {
    const std::string_view name = field.name == "duration_us" ? "duration" : field.name;
    const bool is_asked = std::ranges::count(asked, name) != 0;
    const bool is_given = !is_absent(*field.type, field.at(&q));
    const std::string path = '/' + std::string(field.name);
    if (is_given && !is_asked) {
      throw error(status::invalid_argument, "document.unknown_field",
                  "unknown field " + quoted(field.name) + " of " + of + '"',
                  refusal_detail(path, refused_value::text(field.name), field_names(asked)));
    }
    if (is_asked && !is_given && name != "duration") {
      throw missing_field(path, of + "\"", field.meaning);
    }
  }
}

duration duration_of(const calendar_question& q) {
  if (q.duration.empty() == !q.duration_us) {
    refuse("calendar.duration", "/duration", q.duration_us ? "two durations" : "nothing",
           "either duration, as PT8H30M, or duration_us, in microseconds");
  }
  duration d{q.duration_us.value};
  const text_form& form = text_form_of(d);
  if (!q.duration_us && !form.read(q.duration, d.us)) {
    refuse("document.malformed_value", "/duration", refused_value::text(q.duration), std::string(form.what));
  }
  return d;
}

// ---- answers

constexpr std::string_view never_text = "never";

std::string text_of(duration d) {
  char text[text_form::size_max];
  return {text, text_form_of(d).write(d.us, text)};
}

class answer_writer {
 public:
  answer_writer() { to_.begin_object(); }

  std::string take() {
    to_.end_object();
    return to_.take();
  }

  void answer(bool truth) { to_.member_boolean("answer", truth); }

  void answer(duration d) {
    to_.member("answer", text_of(d));
    to_.member("us", d.us);
  }

  void answer(instant t, const zone& where) {
    if (!is_acceptable(t)) return to_.member("answer", never_text);
    to_.member("answer", to_rfc3339(t));
    to_.member("us", t.us);
    to_.member("local", to_rfc3339(t, where));
  }

  void answer(const std::vector<open_interval>& intervals) {
    duration sum;
    to_.key("answer");
    to_.begin_array();
    for (const open_interval& i : intervals) {
      to_.begin_object();
      to_.member("start", to_rfc3339(i.start));
      to_.member("end", to_rfc3339(i.end));
      to_.member("start_us", i.start.us);
      to_.member("end_us", i.end.us);
      to_.end_object();
      sum = sum + (i.end - i.start);
    }
    to_.end_array();
    to_.member("open", text_of(sum));
    to_.member("us", sum.us);
  }

  void describe(const business_calendar& c) {
    to_.member("answer", c.definition().key);
    to_.member("zone", c.zone().name());
    to_.member("zone_data_version", c.zone_data_version());
    to_.member_boolean("never_open", c.never_open());
    to_.member_boolean("always_open", c.always_open());
    to_.member("definition_hash", to_hex(c.definition_hash()));
    to_.member("transitions_hash", to_hex(c.transitions_hash()));
  }

 private:
  json_writer to_;
};

void answer(answer_writer& to, const business_calendar& c, const calendar_question& q) {
  const auto when = [&](instant t) { to.answer(t, c.zone()); };
  switch (q.operation) {
    case operation::elapsed:
      return to.answer(c.elapsed(q.from, q.to));
    case operation::add:
      return when(c.add(q.at, duration_of(q)));
    case operation::subtract:
      return when(c.subtract(q.at, duration_of(q)));
    case operation::next_open:
      return when(c.next_open(q.at));
    case operation::next_close:
      return when(c.next_close(q.at));
    case operation::previous_close:
      return when(c.previous_close(q.at));
    case operation::is_open:
      return to.answer(c.is_open(q.at));
    case operation::explain:
      return to.answer(c.explain(q.from, q.to));
    case operation::is_business_day:
      return to.answer(c.is_business_day(civil(q.date)));
    case operation::add_business_days:
      return when(c.add_business_days(q.at, q.days.value));
    case operation::end_of_business_day:
      return when(c.end_of_business_day(q.at, q.days.value));
    case operation::unset:
    case operation::describe:
      return to.describe(c);
  }
}

}  // namespace

std::span<const std::string_view> choices(calendar_operation) {
  static constexpr std::string_view all[] = {
      "elapsed", "add",     "subtract",        "next_open",         "next_close",          "previous_close",
      "is_open", "explain", "is_business_day", "add_business_days", "end_of_business_day", "describe"};
  return all;
}

std::span<const field_row> calendar_question::fields() {
  using self = calendar_question;
  static constexpr field_row rows[] = {
      row<&self::operation>("operation", "What is asked", required),
      row<&self::at>("at", "The instant to begin at"),
      row<&self::from>("from", "Beginning of a span of time"),
      row<&self::to>("to", "End of a span of time"),
      row<&self::duration>("duration", "Open time, as PT8H30M", one_line),
      row<&self::duration_us>("duration_us", "Open time, in microseconds"),
      row<&self::date>("date", "A date in the calendar's zone"),
      row<&self::days>("days", "Business days to go", range{-limits::business_days_max, limits::business_days_max}),
  };
  return rows;
}

std::string answer_question(const business_calendar& calendar, std::string_view question) {
  calendar_question q;
  read_object(question, calendar_question::fields(), &q, {}, "a question about a calendar");
  check_fields(q);
  check_members(q);
  answer_writer to;
  answer(to, calendar, q);
  return to.take();
}

}  // namespace tocsin::inline v1
