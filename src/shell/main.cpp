// The `tocsin` command: a desk at the command line, on the C interface alone.
#include <cstdio>
#include <exception>
#include <filesystem>
#include <new>
#include <string>
#include <vector>

#include <complaint.hpp>
#include <help.hpp>
#include <interruption.hpp>
#include <session.hpp>
#include <subcommands.hpp>
#include <text.hpp>

namespace shell {
namespace {

usage_error unknown_subcommand(const std::string& name) {
  const std::string_view near = nearest_subcommand(name);
  const std::string hint = near.empty() ? "`tocsin --help` lists them" : "is it \"" + std::string(near) + "\"?";
  return usage_error("there is no subcommand \"" + printable(name) + "\"; " + hint);
}

// `tocsin find`: a file of that name was hardly meant.
void expect_desk_file(const std::string& word) {
  const bool is_subcommand = subcommand_named(word) != nullptr;
  if (!is_subcommand || std::filesystem::exists(word)) return;
  throw usage_error("the desk file comes first: tocsin DESK_FILE " + word + " ...");
}

// `--help` of a subcommand, with the desk file in front of it or without.
void print_help_for(output& out, arguments& words) {
  while (const std::optional<std::string> word = words.next_word()) {
    if (const subcommand* one = subcommand_named(*word)) return print_help(out, *one);
  }
  print_help(out);
}

int run_on(const subcommand& one, const options& given, output& out, const std::string& path, arguments& words) {
  // One that needs no desk reads the one that it is given.
  const need what = one.what == need::nothing && !path.empty() ? need::reading : one.what;
  session with{given, out, desk_to_open(given, path, what)};
  return one.run(with, words);
}

int dispatch(const options& given, output& out, arguments& words) {
  const std::string path = words.word("the desk file");
  if (path == "help" && !std::filesystem::exists(path)) return print_help_for(out, words), exit_done;
  const subcommand* without_desk = subcommand_named(path);
  if (without_desk != nullptr && without_desk->what == need::nothing) {
    return run_on(*without_desk, given, out, {}, words);
  }
  expect_desk_file(path);
  const std::optional<std::string> name = words.next_word();
  if (!name) {
    words.finish();
    session with{given, out, desk_to_open(given, path, need::creating)};
    return run_prompt(with, path);
  }
  const subcommand* one = subcommand_named(*name);
  if (one == nullptr) throw unknown_subcommand(*name);
  return run_on(*one, given, out, path, words);
}

int run(std::vector<std::string> command_line) {
  arguments words(std::move(command_line));
  const bool wants_help = words.flag("--help") || words.flag("-h");
  const bool wants_version = words.flag("--version");
  const options given = take_options(words);
  output out(given.colours);
  int status = exit_done;
  if (wants_help) {
    print_help_for(out, words);
  } else if (wants_version) {
    out.line("tocsin " + std::string(tocsin_version()));
  } else {
    status = dispatch(given, out, words);
  }
  out.flush();
  return status;
}

int end_interrupted() {
  complain("interrupted; what was done before stays done");
  return exit_interrupted;
}

// What no module of the shell could deal with ends here, as a message and a status.
int run_guarded(std::vector<std::string> command_line) {
  try {
    const int status = run(std::move(command_line));
    return was_interrupted() ? end_interrupted() : status;
  } catch (const interrupted&) {
    return end_interrupted();
  } catch (const output_closed&) {
    end_by_broken_pipe();
  } catch (const usage_error& error) {
    complain(error.what(), "  `tocsin --help` says more");
    return exit_usage;
  } catch (const refused_error& error) {
    complain(error.what());
    return exit_refused;
  } catch (const io_error& error) {
    complain(error.what());
    return exit_io;
  } catch (const tocsin::client::failure& failure) {
    if (was_interrupted() && failure.status() == TOCSIN_CANCELLED) return end_interrupted();
    complain_of(failure);
    return exit_status_of(failure);
  } catch (const json::type_error&) {
    complain("the command line is not UTF-8 text");  // what else could not be written as JSON?
    return exit_usage;
  } catch (const std::bad_alloc&) {
    complain("no memory is left");
    return exit_internal;
  } catch (const std::exception& error) {
    complain(std::string("internal error: ") + error.what());
    return exit_internal;
  }
}

}  // namespace
}  // namespace shell

int main(int argc, char** argv) {
  shell::ignore_broken_pipes();
  shell::watch_for_interruption();
  return shell::run_guarded({argv + (argc > 0 ? 1 : 0), argv + argc});
}
