// `purge`: letting go of records that are over for long.
#include <moment.hpp>
#include <subcommands.hpp>
#include <text.hpp>

namespace shell {
namespace {

constexpr std::string_view help = R"(
Lets go of records that ended before an instant and were not touched since, the oldest first: they, and the entries of
the journal that speak of nothing else, are gone for good. A record goes with all that it is linked to, or stays. Hashes
stay, so verify still proves the rest, and numbers are never given again. The file does not shrink: its room is used
again, and a backup is written without it.

Options
  --ended-before INSTANT   which records; needed
  --limit N                how many at most; 10000 if not said
  --reason TEXT            why; it is kept in the journal
  --dry-run                say what would go, and keep everything

Example
  tocsin desk.tocsin purge --ended-before 2019-01-01T00:00:00Z --reason "Kept for seven years"
)";

std::uint64_t count_of(const json& spans) {
  std::uint64_t count = 0;
  for (const json& span : spans) {
    count += span.value("last", std::uint64_t{0}) - span.value("first", std::uint64_t{0}) + 1;
  }
  return count;
}

int run(session& with, arguments& words) {
  json command = {{"command", "purge_records"}, {"actor", with.given.actor}};
  const auto before = words.value("--ended-before");
  if (!before) throw usage_error("purge needs --ended-before INSTANT");
  command["ended_before"] = to_rfc3339(parse_instant_argument(*before, "--ended-before"));
  if (const auto limit = words.number("--limit")) command["limit"] = *limit;
  if (const auto reason = words.value("--reason")) command["reason"] = *reason;
  const bool dry_run = words.flag("--dry-run");
  words.finish();
  const std::uint32_t flags =
      (dry_run ? TOCSIN_EXECUTE_DRY_RUN : 0u) | (with.given.allow_leap ? TOCSIN_EXECUTE_ALLOW_LEAP : 0u);
  const json result = parse_answer(with.desk->execute(command.dump(), with.now_us(), flags));
  for (const json& event : list_at(result, "events")) {
    if (text_at(event, "event") != "records_purged") continue;
    with.out.line((dry_run ? "would purge " : "purged ") + std::to_string(count_of(list_at(event, "records"))) +
                  " records and " + std::to_string(count_of(list_at(event, "entries"))) + " entries");
  }
  return exit_done;
}

}  // namespace

const subcommand purge_subcommand{
    "purge", "--ended-before INSTANT", "let go of records that are over for long", help, need::writing, run};

}  // namespace shell
