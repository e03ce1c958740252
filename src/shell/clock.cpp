// `timers`, `advance`, `effects`: what time brings, and what it asks of the world outside.
#include <moment.hpp>
#include <subcommands.hpp>
#include <table.hpp>
#include <text.hpp>

namespace shell {
namespace {

constexpr std::string_view timers_help = R"(
Lists what is waiting to happen, soonest first, and how long that is from the desk's clock.

Options
  --limit N   at most so many, 20 if not said
  --json      the answer as JSON
)";

constexpr std::string_view advance_help = R"(
Lets time pass: fires, in order, everything that is due up to and including the instant. "now" is this machine's clock.
A host calls it when `status` says that something is due; calling it too often does no harm.

Options
  --limit N   at most so many entries

Examples
  tocsin desk.tocsin advance now
  tocsin desk.tocsin advance 2026-11-23T08:00:00Z
)";

constexpr std::string_view effects_help = R"(
Prints what the desk asks of the world - mails, pages, webhooks - and CONSUMER has not acknowledged: JSON Lines, oldest
first. Nothing is sent by Tocsin. Do what a line asks, then acknowledge its "id" (all before it are, too); until then it
is given again. Every consumer has a cursor of its own, which begins at the beginning.

Options
  --max N    at most so many, 100 if not said
  --ack ID   acknowledge up to and including this one, and print nothing (with --max: print what follows)

Examples
  tocsin desk.tocsin effects mailer
  tocsin desk.tocsin effects mailer --ack 17
)";

constexpr std::uint64_t timers_if_not_said = 20;
constexpr std::uint64_t effects_if_not_said = 100;

std::string distance(std::int64_t from, std::int64_t to) {
  if (to <= from) return "due";
  return "in " + show_duration(to - from);
}

int run_timers(session& with, arguments& words) {
  const bool as_json = words.flag("--json");
  const std::uint64_t limit = words.number("--limit").value_or(timers_if_not_said);
  words.finish();
  const json answer = with.ask({{"query", "timers"}, {"limit", limit}});
  if (as_json) return with.out.line(answer.dump()), exit_done;
  const json& timers = list_at(answer, "timers");
  if (timers.empty()) return with.out.line("nothing is waiting"), exit_done;
  const auto clock = with.clock_us();
  table rows({{"due"}, {""}, {"incident"}, {"timer"}});
  for (const json& timer : timers) {
    const auto due = instant_at(timer, "due");
    rows.add({{due ? with.show(*due) : ""},
              {due && clock ? distance(*clock, *due) : "", style::dim},
              {text_at(timer, "incident")},
              {spoken(text_at(timer, "timer"))}});
  }
  rows.print(with.out);
  return exit_done;
}

int run_advance(session& with, arguments& words) {
  const std::uint64_t limit = words.number("--limit").value_or(0);
  const std::string text = words.word("the instant, or now,");
  words.finish();
  const std::int64_t now = text == "now" ? with.now_us() : parse_instant_argument(text, "advance");
  const std::uint32_t flags = with.given.allow_leap ? TOCSIN_ADVANCE_ALLOW_LEAP : 0;
  const tocsin::client::advanced done = with.desk->advance(now, limit, flags);
  std::string said = done.fired == 0 ? "nothing was due" : std::to_string(done.fired) + " fired";
  if (done.more) said += "; more is due";
  const std::int64_t next = with.desk->next_due();
  if (!done.more && next != TOCSIN_NEVER) said += "; next " + with.show(next);
  with.out.line(said);
  return exit_done;
}

int run_effects(session& with, arguments& words) {
  const std::optional<std::uint64_t> acknowledged = words.number("--ack");
  const std::optional<std::uint64_t> max = words.number("--max");
  const std::string consumer = words.word("the name of the consumer");
  words.finish();
  with.demand_host("effects");
  if (acknowledged) with.desk->acknowledge_effects(consumer, *acknowledged);
  if (acknowledged && !max) return exit_done;
  const std::string effects = with.desk->take_effects(consumer, max.value_or(effects_if_not_said));
  for (const std::string_view effect : elements(effects)) with.out.line(effect);
  return exit_done;
}

}  // namespace

const subcommand timers_subcommand{"timers",    "[--limit N] [--json]", "list what is waiting to happen",
                                   timers_help, need::reading,          run_timers};
const subcommand advance_subcommand{
    "advance", "[--limit N] INSTANT|now", "let time pass: fire what is due", advance_help, need::writing, run_advance};
const subcommand effects_subcommand{"effects",
                                    "[--max N] [--ack ID] CONSUMER",
                                    "print, or acknowledge, what the desk asks of the world",
                                    effects_help,
                                    need::writing,
                                    run_effects};

}  // namespace shell
