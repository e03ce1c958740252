// `oncall`: who is on call, from lines that define and lines that ask; without a desk.
#include <lines.hpp>
#include <subcommands.hpp>
#include <text.hpp>

namespace shell {
namespace {

constexpr std::size_t lines_at_once = 100'000;

constexpr std::string_view help = R"(
Reads JSON Lines from FILE or, without one or with "-", from standard input. A line defines something, or asks about what
the lines before it defined; each is answered by one line on standard output. Blank lines and lines that begin with # are
passed over. Needs no desk file. People are named by keys of your choice and need no definition.

What can be defined, with the members that are needed; ONCALL.md beside the headers has all of them:

  {"define":"rotation","key":"primary","type":"weekly","zone":"Europe/Berlin","start":"2026-03-16T09:00",
   "participants":[{"people":["ann"]},{"people":["bob","cid"]}]}
  {"define":"schedule","key":"database","zone":"Europe/Berlin","layers":[{"rotation":"primary"},{"people":["dee"]}]}
  {"define":"override","schedule":"database","kind":"replace","replaced":"ann","people":["eve"],
   "from":"2026-03-17T00:00:00Z","until":"2026-03-18T00:00:00Z"}          kinds: add, remove, replace, exclusive
  {"define":"swap","key":"x","schedule":"database","giver":"ann","taker":"bob","from":...,"until":...,"state":"accepted"}
  {"define":"absence","person":"ann","from":...,"until":...}
  {"define":"contact","person":"ann","methods":[{"key":"phone","kind":"call"}],"rules":[{"method":"phone"}]}
  {"define":"person","key":"ann","name":"Ann"}
  {"define":"icalendar","schedule":"database","text":"BEGIN:VCALENDAR...","from":...,"until":...}

What can be asked, of a "schedule" or a "rotation":

  {"operation":"who","schedule":"database","at":"2026-03-29T12:00:00Z"}
  {"operation":"shifts","schedule":"database","from":...,"until":...}     also "person", "shadows"
  {"operation":"hand_offs","rotation":"primary","from":...,"to":...}      both ends included
  {"operation":"gaps","schedule":"database","from":...,"until":...}
  {"operation":"fairness","schedule":"database","from":...,"until":...}   also "zone"
  {"operation":"changes","schedule":"database","from":...,"until":...,"proposed":[{"define":...}]}
  {"operation":"export","schedule":"database","from":...,"until":...}     iCalendar; also "person", "shadows"
  {"operation":"attempts","person":"ann","at":...,"urgency":"high"}       also "severity"
  {"operation":"swaps","at":...}

What is refused is answered by {"error":{"status":...,"reason":...,"message":...}} and changes nothing; the reading goes on.
Exit status 1 says at the end that something was refused.

Example
  tocsin oncall <<'END'
  {"define":"rotation","key":"r","type":"daily","zone":"UTC","start":"2026-06-01T09:00","participants":[{"people":["ann"]}]}
  {"operation":"who","rotation":"r","at":"2026-06-01T12:00:00Z"}
  END
)";

bool begins(std::string_view text, std::string_view part) { return text.substr(0, part.size()) == part; }

// Lines that wait for their answers, and those that defined what the next ones are about.
class duty_lines {
 public:
  explicit duty_lines(output& out) : out_(out) {}

  void take(std::string_view line, std::size_t number) {
    const std::string_view text = trim(line);
    if (text.empty() || text.front() == '#') return;
    waiting_.push_back({std::string(text), number});
    if (waiting_.size() == lines_at_once) flush();
  }

  void flush() {
    if (waiting_.empty()) return;
    std::string lines;
    for (const numbered& line : waiting_) lines += line.text + '\n';
    const std::string answers = tocsin::client::oncall_answer(book_, lines);
    std::size_t from = 0;
    for (const numbered& line : waiting_) {
      const std::size_t end = answers.find('\n', from);
      note(line, std::string_view(answers).substr(from, end - from));
      from = end + 1;
    }
    waiting_.clear();
    out_.flush();
  }

  int finish() {
    flush();
    if (refused_ == 0) return exit_done;
    complain(std::to_string(refused_) + " of " + std::to_string(answered_) + (answered_ == 1 ? " line" : " lines") +
                 " refused",
             "  first: " + printable(first_refusal_));
    return exit_refused;
  }

 private:
  struct numbered {
    std::string text;
    std::size_t number;
  };

  void note(const numbered& line, std::string_view answer) {
    out_.line(answer);
    ++answered_;
    if (begins(answer, "{\"defined\":")) book_ += line.text + '\n';
    if (!begins(answer, "{\"error\":") || refused_++ != 0) return;
    const json said = parse_answer(std::string(answer));
    first_refusal_ = "line " + std::to_string(line.number) + ": " + text_at(said["error"], "message");
  }

  output& out_;
  std::string book_;
  std::vector<numbered> waiting_;
  std::size_t answered_ = 0;
  std::size_t refused_ = 0;
  std::string first_refusal_;
};

int run(session& with, arguments& words) {
  line_reader lines(words.next_word().value_or("-"));
  words.finish();
  if (lines.is_terminal()) complain("reading JSON lines from the terminal; end with Ctrl-D");
  duty_lines all(with.out);
  std::string line;
  while (lines.next(line, [&] { all.flush(); })) all.take(line, lines.line_number());
  return all.finish();
}

}  // namespace

const subcommand oncall_subcommand{"oncall", "[FILE|-]",    "say who is on call, from JSON lines (no desk file needed)",
                                   help,     need::nothing, run};

}  // namespace shell
