// `impact`: what an outage affects, from lines that define a service graph and lines that ask; without a desk.
#include <line_answers.hpp>
#include <subcommands.hpp>

namespace shell {
namespace {

constexpr std::string_view help = R"(
Reads JSON Lines from FILE or, without one or with "-", from standard input. A line defines something, or asks about what
the lines before it defined; each is answered by one line on standard output. Blank lines and lines that begin with # are
passed over. Needs no desk file.

What can be defined, with the members that the graph needs; docs/service_graph.md has all of them:

  {"define":"service","key":"shop","depends_on":["payment"],"groups":[{"members":["web-1","web-2"],"need":1}]}
  {"define":"configuration_item","key":"web-1","runs_on":["rack-7"]}

A plain dependency is a group of one. Without "need", all members of a group must be well. With fewer, the item fails, or is
degraded if the group says "effect":"degraded".

What can be asked, of what was defined, or of a graph that the question brings with it as "items":

  {"operation":"impact","failed":["rack-7"],"degraded":[...],"excluded":[...],"maintenance":[...]}
  {"operation":"impact","items":[{"key":"shop","depends_on":["db"]},{"key":"db"}],"failed":["db"]}
  {"operation":"cycles"}

What is refused is answered by {"error":{"status":...,"reason":...,"message":...}} and changes nothing; the reading goes on.
Exit status 1 says at the end that something was refused.

Example
  tocsin impact <<'END'
  {"define":"service","key":"shop","depends_on":["db"]}
  {"define":"configuration_item","key":"db"}
  {"operation":"impact","failed":["db"]}
  END
)";

int run(session& with, arguments& words) { return answer_lines(with, words, tocsin::client::impact_answer); }

}  // namespace

const subcommand impact_subcommand{
    "impact", "[FILE|-]",    "say what an outage affects, from JSON lines (no desk file needed)",
    help,     need::nothing, run};

}  // namespace shell
