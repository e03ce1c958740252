// `run`: a script of commands, questions and advances.
#include <algorithm>

#include <complaint.hpp>
#include <lines.hpp>
#include <script.hpp>
#include <subcommands.hpp>
#include <text.hpp>

namespace shell {
namespace {

constexpr std::size_t batch_lines = 1000;

constexpr std::string_view help = R"(
Runs a script from FILE or, without one or with "-", from standard input. A script is JSON Lines: one JSON document a
line, answered by one line on standard output, in order. Blank lines and lines that begin with # are passed over.

  {"command":"log_incident","at":"2026-11-22T08:00:00Z","actor":"ana","title":"VPN is down"}   a command
  {"query":"get","incident":"INC0000001"}                                                      a question
  {"advance":"2026-11-23T08:00:00Z"}          time passes: all that falls due up to then fires ("now" is allowed, too)
  [{"command":...},{"command":...}]           commands that are accepted as a whole or not at all

A command without "at" happens now: at --at, or by this machine's clock. A command or question without "actor" is by
--actor ("host").
What is refused changes nothing and is answered by {"error":{"status":...,"reason":...,"message":...}}; the script goes
on. Exit status 1 says at the end that something was refused.

Options
  --atomic     The whole script is accepted, or nothing of it. Commands only.
  --dry-run    Answer as if, and keep nothing. Questions see what the commands before them would have done.
  --stop       Stop at the first line that is refused; what came before it stays.

Examples
  tocsin desk.tocsin run history.jsonl > results.jsonl
  tocsin desk.tocsin run --dry-run monday.jsonl
  echo '{"command":"log_incident","title":"Printer on fire"}' | tocsin desk.tocsin run --actor ana
)";

int run_lines(session& with, line_reader& lines, bool stops) {
  script running(with, stops ? 1 : batch_lines);
  std::string line;
  while (!(stops && running.refused() > 0) && lines.next(line, [&] { running.flush(); })) {
    running.line(line, lines.line_number());
  }
  running.flush();
  if (running.refused() == 0) return exit_done;
  complain_of_refusals(running);
  return exit_refused;
}

// Which line of the script a command of the batch stood on, and what became of the batch.
struct batch {
  std::string lines;
  std::vector<std::size_t> numbers;
};

batch read_batch(const session& with, line_reader& lines) {
  batch result;
  std::string line;
  while (lines.next(line, [] {})) {
    const std::string_view text = trim(line);
    if (text.empty() || text.front() == '#') continue;
    const outline shape = outline_of(text);
    if (shape.is != outline::form::object || !shape.has("command")) {
      throw usage_error("line " + std::to_string(lines.line_number()) + ": with --atomic every line is a command");
    }
    result.lines += with_actor(text, shape, with.given.actor) + '\n';
    result.numbers.push_back(lines.line_number());
  }
  return result;
}

int run_atomic(session& with, line_reader& lines) {
  const batch all = read_batch(with, lines);
  if (all.numbers.empty()) return exit_done;
  const std::uint32_t flags = execute_flags(with.given) | TOCSIN_EXECUTE_ATOMIC | TOCSIN_EXECUTE_LINES;
  try {
    const std::string results = with.desk->execute(all.lines, with.now_us(), flags);
    for (const std::string_view result : elements(results)) with.out.line(result);
    return exit_done;
  } catch (const tocsin::client::failure& failure) {
    if (is_fatal(failure)) throw;
    with.out.line(error_line(failure));
    const json detail = json::parse(failure.detail(), nullptr, false);
    const auto index = detail.is_object() ? number_at(detail, "index") : std::nullopt;
    const bool is_known = index && *index >= 0 && static_cast<std::size_t>(*index) < all.numbers.size();
    const std::size_t number = is_known ? all.numbers[static_cast<std::size_t>(*index)] : 0;
    const std::string where = is_known ? "line " + std::to_string(number) + ": " : "";
    complain("nothing of the script was accepted", "  " + where + printable(failure.message()));
    return exit_refused;
  }
}

int run(session& with, arguments& words) {
  const bool is_atomic = words.flag("--atomic");
  const bool is_dry = words.flag("--dry-run");
  const bool stops = words.flag("--stop");
  line_reader lines(words.next_word().value_or("-"));
  words.finish();
  if (lines.is_terminal()) complain("reading JSON lines from the terminal; end with Ctrl-D");
  if (!is_dry) return is_atomic ? run_atomic(with, lines) : run_lines(with, lines, stops);
  session dry{with.given, with.out, desk_to_open(with.desk->fork())};
  return is_atomic ? run_atomic(dry, lines) : run_lines(dry, lines, stops);
}

}  // namespace

const subcommand run_subcommand{
    "run", "[--atomic] [--dry-run] [--stop] [FILE|-]", "run a script of commands and questions", help, need::creating,
    run};

}  // namespace shell
