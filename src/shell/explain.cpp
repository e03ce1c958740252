// `explain`: whether a condition holds, and why, from lines that declare fields and lines that ask; without a desk.
#include <line_answers.hpp>
#include <subcommands.hpp>

namespace shell {
namespace {

constexpr std::string_view help = R"(
Reads JSON Lines from FILE or, without one or with "-", from standard input. A line declares a field that conditions may
speak of, or asks whether a condition holds; each is answered by one line on standard output. Blank lines and lines that
begin with # are passed over. Needs no desk file; of a record in a desk ask {"query":"explain",...}.

What can be declared; docs/conditions.md has the kinds:

  {"define":"field","path":"priority","kind":"choice","choices":["critical","high","low"]}
  {"define":"field","path":"opened_at","kind":"instant"}

What can be asked. "data" has the values, by paths or by their parts; what it lacks is missing. "at" is needed where the
answer changes with time alone:

  {"operation":"explain","condition":{...},"data":{"priority":"high","custom":{"site":"bern"}},"at":"2026-11-22T08:00:00Z"}

What is refused is answered by {"error":{"status":...,"reason":...,"message":...}} and changes nothing; the reading goes on.
Exit status 1 says at the end that something was refused.

Example
  tocsin explain <<'END'
  {"define":"field","path":"team","kind":"text"}
  {"operation":"explain","condition":{"!=":[{"var":"team"},"net"]},"data":{}}
  END
)";

int run(session& with, arguments& words) { return answer_lines(with, words, tocsin::client::condition_answer); }

}  // namespace

const subcommand explain_subcommand{
    "explain", "[FILE|-]",    "say whether a condition holds and why, from JSON lines (no desk file needed)",
    help,      need::nothing, run};

}  // namespace shell
