// The prompt: lines of JSON, as in a script, and subcommands without the name of the desk.
#include <algorithm>

#include <complaint.hpp>
#include <help.hpp>
#include <lines.hpp>
#include <script.hpp>
#include <subcommands.hpp>
#include <text.hpp>

namespace shell {
namespace {

constexpr std::size_t batch_lines = 1000;

constexpr std::string_view prompt_help = R"(
A line is a JSON document, as in a script, or a subcommand without the name of the desk:

  {"command":"log_incident","title":"VPN is down"}
  find --where open=true
  show INC0000001

  .help [SUBCOMMAND]   this, or more on one
  .quit                leave; so does Ctrl-D
)";

// Words as a shell splits them: by spaces, but for what stands in quotes.
std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words;
  std::string word;
  bool is_word = false;
  char quote = '\0';
  for (const char c : line) {
    if (quote != '\0') {
      if (c == quote) {
        quote = '\0';
      } else {
        word += c;
      }
    } else if (c == '\'' || c == '"') {
      quote = c;
      is_word = true;
    } else if (c == ' ' || c == '\t') {
      if (is_word) words.push_back(std::move(word));
      word.clear();
      is_word = false;
    } else {
      word += c;
      is_word = true;
    }
  }
  if (quote != '\0') throw usage_error("a quote is opened and never closed");
  if (is_word) words.push_back(std::move(word));
  return words;
}

void show_prompt_help(session& with, arguments& words) {
  const std::optional<std::string> name = words.next_word();
  const subcommand* one = name ? subcommand_named(*name) : nullptr;
  if (one != nullptr) return print_help(with.out, *one);
  print_help(with.out);
  with.out.write(prompt_help);
}

int run_words(session& with, std::string_view line) {
  arguments words(words_of(line));
  const bool wants_help = words.flag("--help");
  const std::string name = words.next_word().value_or("");
  if (name == ".help" || name == "help") return show_prompt_help(with, words), exit_done;
  const subcommand* one = subcommand_named(name);
  if (one == nullptr) throw usage_error("there is no subcommand \"" + name + "\"; .help lists them");
  if (wants_help) return print_help(with.out, *one), exit_done;
  if (one == &run_subcommand && words.empty()) throw usage_error("run needs a file here");
  return one->run(with, words);
}

bool is_quit(std::string_view line) { return line == ".quit" || line == ".exit" || line == "quit" || line == "exit"; }

// At a prompt a failure is told and forgotten, unless the desk is lost with it.
int survive(session& with, std::string_view line) {
  try {
    return run_words(with, line);
  } catch (const usage_error& error) {
    complain(error.what());
    return exit_usage;
  } catch (const refused_error& error) {
    complain(error.what());
    return exit_refused;
  } catch (const io_error& error) {
    complain(error.what());
    return exit_io;
  } catch (const tocsin::client::failure& failure) {
    if (failure.status() == TOCSIN_INTERNAL || failure.status() == TOCSIN_CANCELLED) throw;
    complain_of(failure);
    return exit_status_of(failure);
  }
}

}  // namespace

int run_prompt(session& with, std::string_view desk_name) {
  *with.desk;  // a file that cannot be opened is said before the prompt
  line_reader lines("-");
  with.is_interactive = lines.is_terminal() && with.out.is_terminal();
  if (with.is_interactive) {
    const std::string version = tocsin_version();
    with.out.line("Tocsin " + version + ", " + printable(desk_name) + "; .help for help, .quit to leave");
  }
  script running(with, batch_lines);
  int status = exit_done;
  const auto show_prompt = [&] {
    running.flush();
    if (!with.is_interactive) return;
    with.out.write("tocsin> ");
    with.out.flush();
  };
  std::string line;
  bool has_quit = false;
  while (lines.next(line, show_prompt)) {
    const std::string_view text = trim(line);
    const bool is_script = text.empty() || text.front() == '{' || text.front() == '[' || text.front() == '#';
    if (is_quit(text)) {
      has_quit = true;
      break;
    }
    if (is_script) {
      running.line(text, lines.line_number());
      continue;
    }
    running.flush();
    status = std::max(status, survive(with, text));
  }
  running.flush();
  if (with.is_interactive && !has_quit) with.out.line();  // Ctrl-D left the cursor behind the prompt
  if (with.is_interactive) return exit_done;
  if (running.refused() == 0) return status;
  complain_of_refusals(running);
  return std::max<int>(status, exit_refused);
}

}  // namespace shell
