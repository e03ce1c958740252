// `backup` and `replicate`: a desk in a second place.
#include <subcommands.hpp>

namespace shell {
namespace {

constexpr std::size_t bytes_per_call = 4u << 20;

constexpr std::string_view backup_help = R"(
Writes a copy of the desk as it is now into a new file, while the desk goes on.

Example
  tocsin desk.tocsin backup /safe/place/desk-2026-11-22.tocsin
)";

constexpr std::string_view replicate_help = R"(
Brings a second desk file up to this one: the entries that it lacks are taken over, byte for byte, with their hashes
checked. The second desk is made where there is none. Run it again and again to keep a standby; it stops, and changes
nothing, where the second desk has gone its own way.

Example
  tocsin desk.tocsin replicate standby.tocsin
)";

int run_backup(session& with, arguments& words) {
  const std::string path = words.word("the file to write");
  words.finish();
  with.demand_host("backup");
  with.desk->backup(path);
  with.out.line("written to " + path);
  return exit_done;
}

int run_replicate(session& with, arguments& words) {
  const std::string path = words.word("the desk file to bring up to this one");
  words.finish();
  with.demand_host("replicate");
  tocsin::client::desk standby = open_desk(with.given, path, need::creating);
  const std::uint64_t end = with.desk->head().sequence;
  std::uint64_t applied = 0;
  for (std::uint64_t at = standby.head().sequence; at < end; at = standby.head().sequence) {
    applied += standby.apply_entries(with.desk->read_entries(at + 1, bytes_per_call));
  }
  with.out.line(std::to_string(applied) + " entries taken over; both are at " + std::to_string(end));
  return exit_done;
}

}  // namespace

const subcommand backup_subcommand{"backup",    "FILE",        "copy the desk into a new file while it goes on",
                                   backup_help, need::reading, run_backup};
const subcommand replicate_subcommand{"replicate",    "DESK",        "bring a second desk file up to this one",
                                      replicate_help, need::reading, run_replicate};

}  // namespace shell
