#include <help.hpp>

#include <algorithm>
#include <numeric>
#include <vector>

#include <table.hpp>
#include <text.hpp>

namespace shell {
namespace {

constexpr std::string_view opening = R"(tocsin: a service desk in a file

  tocsin [OPTIONS] DESK_FILE                    a prompt; or, from a pipe, the same as run
  tocsin [OPTIONS] DESK_FILE SUBCOMMAND ...     see below, and `tocsin SUBCOMMAND --help`

DESK_FILE is made if it is not there and something is to be written; :memory: is a desk that is gone afterwards.

Subcommands
)";

constexpr std::string_view closing = R"(
Options
  --at INSTANT          when things happen, as in 2026-11-22T08:00:00Z; if not said, by this machine's clock
  --actor KEY           who does and asks what names nobody, and sees what they may; host, who may all, if not said
  --zone ZONE           show times in this zone, as in Europe/Berlin; UTC if not said
  --read-only           change nothing
  --durability MODE     normal or full: what a commit survives
  --config JSON         options of the desk, as in `tocsin schema desk_options`
  --allow-leap          let time jump further ahead than the desk allows
  --take-over           take the file from a process that has it, for good
  --salt-seed HEX       the secret for the salts of personal fields; random if not said
  --color WHEN          auto, always or never; NO_COLOR is honoured
  --help, --version

Exit status
  0 done   1 the desk refused something   2 the command line was not understood
  3 a file or stream could not be used, or is damaged   4 our mistake, or no memory   130 interrupted by Ctrl-C

Begin here
  tocsin desk.tocsin run - <<'END'
  {"command":"log_incident","title":"VPN is down","impact":"high","urgency":"high"}
  {"command":"add_note","incident":"INC0000001","text":"The gateway answers, logins do not."}
  END
  tocsin desk.tocsin find
  tocsin desk.tocsin show INC0000001
)";

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
    }
  }
  return row[b.size()];
}

}  // namespace

void print_help(output& out) {
  out.write(opening);
  table rows({{""}, {""}});
  for (const subcommand* one : subcommands()) {
    rows.add({{std::string(one->name), style::bold}, {std::string(one->summary)}});
  }
  rows.print(out, 2);
  out.write(closing);
}

void print_help(output& out, const subcommand& of) {
  const std::string desk = of.what == need::nothing ? "" : " DESK_FILE";
  const std::string usage = of.usage.empty() ? "" : " " + std::string(of.usage);
  out.line("tocsin" + desk + " " + out.styled(of.name, style::bold) + usage);
  out.write(of.help);
}

std::string_view nearest_name(std::string_view word, std::span<const std::string_view> names) {
  constexpr std::size_t near = 2;
  std::string_view best;
  std::size_t least = near + 1;
  for (const std::string_view name : names) {
    const std::size_t distance = edit_distance(word, name);
    if (distance >= least || distance >= name.size()) continue;
    least = distance;
    best = name;
  }
  return best;
}

std::string_view nearest_subcommand(std::string_view word) {
  std::vector<std::string_view> names;
  for (const subcommand* one : subcommands()) names.push_back(one->name);
  return nearest_name(word, names);
}

}  // namespace shell
