// `export`: the journal for other programs.
#include <algorithm>

#include <export_ocel.hpp>
#include <interruption.hpp>
#include <subcommands.hpp>

namespace shell {
namespace {

constexpr std::string_view export_help = R"(
Prints the journal, one entry a line, as JSON: when, who, what was asked, what followed, the hash. Entries that were purged
say so. With --ocel it is an object-centric event log instead (OCEL 2.0, JSON), as tools of process mining read it: each
event, and the records, people, teams and services that it is about.

Options
  --ocel         OCEL 2.0 in place of JSON Lines
  --from N       from this entry on; 1 if it is not given
  --until N      up to this one, included; the last if it is not given

Example
  tocsin desk.tocsin export --ocel > log.json
)";

std::string type_of_record(const session& with, const std::string& number) {
  try {
    return with.ask({{"query", "get"}, {"incident", number}}).value("type", "incident");
  } catch (const tocsin::client::failure&) {
    return "purged";  // nothing is left of it but what others say
  }
}

int run_export(session& with, arguments& words) {
  const bool as_ocel = words.flag("--ocel");
  const std::uint64_t from = std::max<std::uint64_t>(1, words.number("--from").value_or(1));
  const std::optional<std::uint64_t> until = words.number("--until");
  words.finish();
  with.demand_host("export");
  const std::uint64_t last = std::min(with.desk->head().sequence, until.value_or(UINT64_MAX));
  std::optional<ocel_writer> log;
  if (as_ocel) log.emplace(with.out, [&](const std::string& number) { return type_of_record(with, number); });
  for (std::uint64_t sequence = from; sequence <= last; ++sequence) {
    stop_if_interrupted();
    const std::string entry = with.desk->entry(sequence);
    if (log) {
      log->add(parse_answer(entry));
    } else {
      with.out.line(entry);
    }
  }
  if (log) log->finish();
  return exit_done;
}

}  // namespace

const subcommand export_subcommand{
    "export",  "[--ocel] [--from N] [--until N]", "print the journal for other programs", export_help, need::reading,
    run_export};

}  // namespace shell
