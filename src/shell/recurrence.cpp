// `recurrence`: which incidents make a problem, from lines that define and lines that ask; without a desk.
#include <line_answers.hpp>
#include <subcommands.hpp>

namespace shell {
namespace {

constexpr std::string_view help = R"(
Reads JSON Lines from FILE or, without one or with "-", from standard input. A line defines something, or asks about what
the lines before it defined; each is answered by one line on standard output. Blank lines and lines that begin with # are
passed over. Needs no desk file. The answer to an incident says which problems it proposed, and which it joined.

What can be defined, with the members that are needed; docs/recurrence.md has all of them:

  {"define":"recurrence_rule","key":"r","group_by":["service","fingerprint"],"count":3,"window":"P7D"}
          group_by: category, service, item, fingerprint, error_code, customer; also "condition", "category_level", "likeness"
  {"define":"incident","key":"INC1","opened_at":"2026-03-02T09:00:00Z","service":"mail","title":"Inbox is full"}
  {"define":"decision","proposal":1,"outcome":"accepted","at":...,"problem":"PRB1"}     outcomes: accepted, rejected, merged
  {"define":"problem","key":"PRB1","open":false}

What can be asked:

  {"operation":"proposals"}                                       also "rule", "state"
  {"operation":"groups","rule":"r","at":...}                      also "least", "limit"
  {"operation":"pareto","by":"service","from":...,"until":...}    also "category_level", "rule", "least", "limit"
  {"operation":"fingerprint","title":"Host 12: VPN down"}

What is refused is answered by {"error":{"status":...,"reason":...,"message":...}} and changes nothing; the reading goes on.
Exit status 1 says at the end that something was refused.

Example
  tocsin recurrence <<'END'
  {"define":"recurrence_rule","key":"r","group_by":["service"],"count":2,"window":"PT1H"}
  {"define":"incident","key":"A","opened_at":"2026-03-02T09:00:00Z","service":"mail"}
  {"define":"incident","key":"B","opened_at":"2026-03-02T09:10:00Z","service":"mail"}
  END
)";

int run(session& with, arguments& words) { return answer_lines(with, words, tocsin::client::recurrence_answer); }

}  // namespace

const subcommand recurrence_subcommand{
    "recurrence", "[FILE|-]",    "say which incidents make a problem, from JSON lines (no desk file needed)",
    help,         need::nothing, run};

}  // namespace shell
