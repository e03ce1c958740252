// `calendar`: business time without a desk.
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <complaint.hpp>
#include <help.hpp>
#include <lines.hpp>
#include <subcommands.hpp>
#include <text.hpp>

namespace shell {
namespace {

constexpr std::string_view help = R"(
Answers questions about business time. Reads JSON Lines from FILE or, without one or with "-", from standard input;
each line is answered by one line on standard output, in order. Blank lines and lines that begin with # are passed over.
Needs no desk file. The forms are written down in docs/calendar.md.

A line names a calendar, by its definition or by the key of one that was defined on a line before ("24x7" always is):
  {"calendar":{"key":"office","zone":"Europe/Berlin",
               "weekly":[{"days":["monday","tuesday","wednesday","thursday","friday"],"start":"09:00","end":"17:00"}]}}
(on one line). Alone, that defines it, and is answered by what it is. With an operation, it is a question:
  {"calendar":"office","operation":"add","at":"2026-11-20T15:30:00Z","duration":"PT2H"}
  {"calendar":"office","operation":"elapsed","from":"2026-11-20T08:00:00Z","to":"2026-11-23T16:00:00Z"}

Operations, and what they ask for
  elapsed, explain                         from, to
  add, subtract                            at; duration (PT8H30M; P1D is 24 hours) or duration_us (microseconds)
  next_open, next_close, previous_close,
  is_open                                  at
  is_business_day                          date
  add_business_days, end_of_business_day   at, days
  describe

The answer is {"answer":...}: an instant (beside it "us", the same in microseconds, and "local"), a duration (beside it
"us"), true or false, or a list of open intervals. What can never be answered is "never". What is refused is answered by
{"error":{"status":...,"reason":...,"message":...}}, and exit status 1 says so at the end.

Options
  --holidays FILE   print the holidays of an iCalendar file (RFC 5545; "-": standard input) as JSON, to be reviewed and
                    put into a definition, with what was skipped and what to look at

Examples
  tocsin calendar questions.jsonl > answers.jsonl
  tocsin calendar --holidays feed.ics
)";

constexpr std::string_view always_open = R"({"key":"24x7","zone":"UTC","always_open":true})";

using tocsin::client::calendar;

// A line that is no question, said as the library says it.
struct line_error {
  std::string message;
  json detail = json::object();
};

std::string answer_to(const line_error& problem) {
  json said;
  said["status"] = tocsin_status_name(TOCSIN_INVALID_ARGUMENT);
  said["reason"] = "calendar.line";
  said["message"] = problem.message;
  said["detail"] = problem.detail;
  return json{{"error", said}}.dump(-1, ' ', false, json::error_handler_t::replace);
}

// A compiled calendar takes a megabyte: a few of many are kept, the others compiled again when they are asked.
class calendars {
 public:
  calendars() : compiled_of_last_(always_open) { defined_.emplace("24x7", always_open); }

  // A definition on a line of its own: later lines may name it.
  const calendar& define(std::string_view definition) {
    calendar one = compile(definition);  // refuses what is none
    const std::string key = json::parse(definition).at("key").get<std::string>();
    defined_.insert_or_assign(key, std::string(definition));
    forget();  // it may be a part of others
    return keep(key, std::move(one));
  }

  const calendar& named(const std::string& key) {
    if (const auto ready = compiled_.find(key); ready != compiled_.end()) return ready->second;
    const auto found = defined_.find(key);
    if (found == defined_.end()) refuse_unknown(key);
    return keep(key, compile(found->second));
  }

  // A definition beside its question. Many questions in a row may bring the same one.
  const calendar& given(std::string_view definition) {
    if (definition != last_) {
      compiled_of_last_ = compile(definition);
      last_ = definition;
    }
    return compiled_of_last_;
  }

 private:
  static constexpr std::size_t compiled_max = 64;

  [[noreturn]] void refuse_unknown(const std::string& key) const {
    json keys = json::array();
    std::vector<std::string_view> known;
    for (const auto& [name, text] : defined_) {
      keys.push_back(name);
      known.push_back(name);
    }
    json detail{{"path", "/calendar"}, {"found", key}, {"allowed", keys}};
    std::string message = "calendar \"" + key + "\" is not defined on a line before";
    const std::string near(nearest_name(key, known));
    if (!near.empty()) {
      detail["nearest"] = near;
      message += "; did you mean \"" + near + "\"?";
    }
    throw line_error{message, detail};
  }

  void forget() {
    compiled_.clear();
    last_.clear();
  }

  const calendar& keep(const std::string& key, calendar one) {
    if (compiled_.size() >= compiled_max) compiled_.clear();
    return compiled_.insert_or_assign(key, std::move(one)).first->second;
  }

  calendar compile(std::string_view definition) const {
    const json shape = json::parse(definition);
    const auto key = shape.find("key");
    std::string others = "[";
    if (shape.contains("intersection") || shape.contains("union")) {
      for (const auto& [other, text] : defined_) {
        if (key != shape.end() && key->is_string() && other == key->get_ref<const std::string&>()) continue;
        if (others.size() > 1) others += ',';
        others += text;
      }
    }
    return calendar(definition, others + ']');
  }

  std::map<std::string, std::string> defined_;  // by key, as they were given
  std::map<std::string, calendar> compiled_;
  std::string last_;
  calendar compiled_of_last_;
};

// The members of a line: the calendar, and the rest as an object of its own.
struct question_line {
  std::string_view calendar;
  std::string question;
};

question_line split_line(std::string_view line) {
  const outline shape = outline_of(line);
  if (shape.is == outline::form::broken) throw line_error{"the line is no JSON"};
  if (shape.is != outline::form::object) throw line_error{"the line is no JSON object"};
  question_line result{{}, "{"};
  for (const auto& [name, value] : members(line)) {
    if (name == "calendar") {
      if (!result.calendar.empty()) throw line_error{"the member \"calendar\" is there twice"};
      result.calendar = value;
    } else {
      if (result.question.size() > 1) result.question += ',';
      result.question += json(name).dump() + ':' + std::string(value);
    }
  }
  result.question += '}';
  if (result.calendar.empty()) throw line_error{"the line has no \"calendar\": a definition, or the key of one"};
  return result;
}

std::string answer(calendars& known, std::string_view line) {
  constexpr std::string_view describe = R"({"operation":"describe"})";
  const question_line asked = split_line(line);
  const char kind = asked.calendar.front();
  if (kind != '{' && kind != '"') throw line_error{"\"calendar\" is neither a definition nor a key"};
  const bool is_definition = kind == '{';
  const bool is_question = asked.question != "{}";
  if (is_definition && !is_question) return known.define(asked.calendar).ask(describe);
  const calendar& one =
      is_definition ? known.given(asked.calendar) : known.named(json::parse(asked.calendar).get<std::string>());
  return one.ask(is_question ? std::string_view(asked.question) : describe);
}

int answer_lines(session& with, line_reader& lines) {
  calendars known;
  std::size_t answered = 0, refused = 0;
  std::string line, first_refusal;
  const auto refuse = [&](const std::string& said, std::string_view message) {
    if (refused++ == 0) first_refusal = "line " + std::to_string(lines.line_number()) + ": " + std::string(message);
    with.out.line(said);
  };
  while (lines.next(line, [&] { with.out.flush(); })) {
    const std::string_view text = trim(line);
    if (text.empty() || text.front() == '#') continue;
    ++answered;
    try {
      with.out.line(answer(known, text));
    } catch (const line_error& problem) {
      refuse(answer_to(problem), problem.message);
    } catch (const tocsin::client::failure& failure) {
      if (is_fatal(failure)) throw;
      refuse(error_line(failure), failure.message());
    }
  }
  if (refused == 0) return exit_done;
  complain(
      std::to_string(refused) + " of " + std::to_string(answered) + (answered == 1 ? " line" : " lines") + " refused",
      "  first: " + printable(first_refusal));
  return exit_refused;
}

int print_holidays(session& with, const std::string& path) {
  line_reader lines(path);
  std::string feed, line;
  while (lines.next(line, [] {})) feed += line + '\n';
  with.out.write(parse_answer(tocsin::client::import_holidays(feed)).dump(2) + "\n");
  return exit_done;
}

int run(session& with, arguments& words) {
  const std::optional<std::string> feed = words.value("--holidays");
  const std::optional<std::string> file = words.next_word();
  words.finish();
  if (feed && file) throw usage_error("--holidays names the file; leave FILE out");
  if (feed) return print_holidays(with, *feed);
  line_reader lines(file.value_or("-"));
  if (lines.is_terminal()) complain("reading JSON lines from the terminal; end with Ctrl-D");
  return answer_lines(with, lines);
}

}  // namespace

const subcommand calendar_subcommand{
    "calendar", "[--holidays FILE] [FILE|-]", "answer questions about business time", help, need::nothing, run};

}  // namespace shell
