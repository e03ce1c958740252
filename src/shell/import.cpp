// `import`: a history from another system.
#include <import_graph.hpp>
#include <import_servicenow.hpp>
#include <moment.hpp>
#include <subcommands.hpp>
#include <text.hpp>

namespace shell {
namespace {

constexpr std::string_view help = R"(
`import servicenow` brings in the incidents of another system, each with its whole history and its own instants, so that
reports are true from the first day: a CSV file with a row for every saved update.

Importing a log again doubles nothing. What cannot be taken as it stands is told, by line, in the report at the end; an
incident that is refused leaves the others as they are, and makes exit status 1.

`import graph` brings in services, configuration items and what they need, from files of nodes and edges, CSV by the name
(.csv) or JSON Lines, under the keys of the system that they come from:

  {"kind":"service","external_key":"S1","key":"shop","name":"Shop","owner":"ann"}      kind: configuration_item if not said
  {"external_key":"C7","class":"database"}                                             key: the external key if not said
  {"from":"S1","to":"C7","relation":"runs_on"}                                         relation: depends_on if not said
  {"from":"S1","to":"C8","group":"web","need":1,"effect":"degraded"}                   of one group: some suffice

The header of a CSV file has the same names; customers are separated by semicolons. An item of these files needs what their
edges say, and nothing else. The same files again publish nothing, and say so. docs/service_graph.md has more.

Options of graph
  --prune         retire what was imported once and stands in no file any more
  --dry-run       say what would be added, changed and retired, and keep nothing
  --json          the report as JSON

Options of servicenow
  --zone ZONE     the zone whose clock the log's times show (they carry none), as in Europe/Berlin; UTC if not said
  --at INSTANT    when the import is recorded, instead of now
  --dry-run       do it all, report, and keep nothing
  --shown N       tell at most so many problems of each kind one by one, 20 if not said
  --json          the report as JSON

Examples
  tocsin desk.tocsin import servicenow incident_event_log.csv --zone Europe/Lisbon --dry-run
  tocsin desk.tocsin import servicenow incident_event_log.csv --zone Europe/Lisbon
  tocsin desk.tocsin report
  tocsin desk.tocsin import graph nodes.csv edges.csv --prune --dry-run
)";

std::string percent(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? std::string() : " " + std::to_string(part * 100 / whole) + " %";
}

std::string told(const import_progress& now) {
  switch (now.doing) {
    case import_progress::phase::reading:
      return "reading" + percent(now.bytes_read, now.bytes_total) + ", " + std::to_string(now.rows_read) + " rows";
    case import_progress::phase::publishing:
      return "publishing definitions";
    case import_progress::phase::importing:
      return "importing" + percent(now.records_done, now.records_total) + ", " + std::to_string(now.records_done) +
             " incidents";
  }
  return {};
}

int run(session& with, arguments& words) {
  import_options options;
  const bool as_json = words.flag("--json");
  options.dry_run = words.flag("--dry-run");
  const std::uint64_t shown = words.number("--shown").value_or(20);
  const std::string what = words.word("what to import, servicenow or graph,");
  if (what == "graph") return import_graph(with, words, options.dry_run, as_json);
  if (what != "servicenow") throw usage_error("there is no import of \"" + what + "\" (there are: servicenow, graph)");
  options.path = words.word("the log, a CSV file,");
  words.finish();
  if (!with.given.zone.empty()) options.zone = with.given.zone;
  options.at = with.now_us();
  options.allow_leap = with.given.allow_leap;

  const import_report report = [&] {
    progress_line progress;
    return import_servicenow(*with.desk, options, [&](const import_progress& now) {
      progress.show(told(now));
      return true;
    });
  }();
  if (as_json) {
    with.out.line(report_json(report).dump(with.out.is_terminal() ? 2 : -1));
  } else {
    with.out.write(printable(report_text(report, shown), true));
  }
  return report.refused.empty() ? exit_done : exit_refused;
}

}  // namespace

const subcommand import_subcommand{"import",
                                   "servicenow LOG.csv [--zone ZONE] | graph FILE... [--prune] [--dry-run] [--json]",
                                   "bring in the history or the service graph of another system",
                                   help,
                                   need::creating,
                                   run};

}  // namespace shell
