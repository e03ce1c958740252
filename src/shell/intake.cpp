// `intake`: documents of monitoring systems in, commands out; without a desk.
#include <lines.hpp>
#include <subcommands.hpp>

namespace shell {
namespace {

constexpr std::string_view built_in = "alertmanager";

constexpr std::string_view help = R"(
Reads one JSON document of a monitoring system from FILE or, without one or with "-", from standard input, and prints the
commands that it comes to, a line each, for "run" to take. Needs no desk file.

  alertmanager    the document is what Prometheus Alertmanager posts to a webhook (version "4")
  MAPPING.json    a file that says where in the document the fields of report_event are:

  {"name":"doors","items":"doors","labels":"tags",
   "fields":[{"field":"source","text":"doors"},
             {"field":"dedup_key","text":"door {{id}}"},
             {"field":"signal","text":"{{open}}","values":[{"is":"true","becomes":"raise"},{"is":"false","becomes":"clear"}]},
             {"field":"title","text":"Door {{id}} stands open"}]}

docs/machine_events.md describes mappings, and what becomes of the events. What is missing, null or unknown
is passed over; an event that cannot be understood is reported as an event of its own.

Examples
  tocsin intake alertmanager < webhook.json | tocsin desk.tocsin run
  tocsin intake doors.json report.json
)";

std::string read_whole(const std::string& path) {
  line_reader lines(path);
  std::string all;
  for (std::string line; lines.next(line, [] {});) all += line + '\n';
  return all;
}

int run(session& with, arguments& words) {
  const std::optional<std::string> form = words.next_word();
  if (!form) throw usage_error("give \"alertmanager\", or the file of a mapping");
  const std::string path = words.next_word().value_or("-");
  words.finish();
  const std::string mapping = *form == built_in ? std::string(built_in) : read_whole(*form);
  with.out.write(tocsin::client::intake_commands(mapping, read_whole(path)));
  return exit_done;
}

}  // namespace

const subcommand intake_subcommand{"intake",
                                   "alertmanager|MAPPING [FILE|-]",
                                   "make commands of what a monitoring system posts (no desk file needed)",
                                   help,
                                   need::nothing,
                                   run};

}  // namespace shell
