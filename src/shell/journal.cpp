// `verify`, `head`, `entry`: the journal.
#include <array>

#include <subcommands.hpp>
#include <table.hpp>
#include <text.hpp>

namespace shell {
namespace {

constexpr std::string_view verify_help = R"(
Reads the whole journal and every record again: hashes, commitments, checksums, and that the journal, folded anew, is
the state. Damage is said, with the first damaged entry or record, and exit status 3.

Options
  --json   what was checked, as JSON
)";

constexpr std::string_view head_help = R"(
Prints the sequence and the chain hash of the last entry of the journal. Keep them elsewhere: who later finds the same
hash at that sequence knows that nothing before it was changed.

Example
  tocsin desk.tocsin head >> /safe/place/anchors.txt
)";

constexpr std::string_view entry_help = R"(
Prints one entry of the journal as JSON: its command, events and hash.

Example
  tocsin desk.tocsin entry 12
)";

std::string hexadecimal(const std::array<std::uint8_t, TOCSIN_HASH_SIZE>& bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : bytes) {
    text += digits[byte >> 4];
    text += digits[byte & 0xF];
  }
  return text;
}

int run_verify(session& with, arguments& words) {
  const bool as_json = words.flag("--json");
  words.finish();
  with.demand_host("verify");
  const std::string report = with.desk->verify();
  if (as_json) return with.out.line(report), exit_done;
  with.out.line(with.out.styled("sound", style::green));
  const json checked = parse_answer(report);
  std::vector<pair_of_text> pairs;
  for (const auto& [name, value] : checked.items()) pairs.push_back({spoken(name), text_of(value)});
  print_pairs(with.out, pairs, 2);
  return exit_done;
}

int run_head(session& with, arguments& words) {
  words.finish();
  const tocsin::client::journal_head head = with.desk->head();
  with.out.line(std::to_string(head.sequence) + " " + hexadecimal(head.hash));
  return exit_done;
}

int run_entry(session& with, arguments& words) {
  const std::uint64_t sequence = parse_number(words.word("the sequence of an entry"), "entry");
  words.finish();
  with.demand_host("entry");
  const std::string entry = with.desk->entry(sequence);
  with.out.line(with.out.is_terminal() ? parse_answer(entry).dump(2) : entry);
  return exit_done;
}

}  // namespace

const subcommand verify_subcommand{"verify",    "[--json]",    "read everything again and prove that it is sound",
                                   verify_help, need::reading, run_verify};
const subcommand head_subcommand{
    "head", "", "print sequence and hash of the last entry, to anchor outside", head_help, need::reading, run_head};
const subcommand entry_subcommand{"entry",    "SEQUENCE",    "print one entry of the journal as JSON",
                                  entry_help, need::reading, run_entry};

}  // namespace shell
