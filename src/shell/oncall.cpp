// `oncall`: who is on call, from lines that define and lines that ask; without a desk.
#include <line_answers.hpp>
#include <subcommands.hpp>

namespace shell {
namespace {

constexpr std::string_view help = R"(
Reads JSON Lines from FILE or, without one or with "-", from standard input. A line defines something, or asks about what
the lines before it defined; each is answered by one line on standard output. Blank lines and lines that begin with # are
passed over. Needs no desk file. People are named by keys of your choice and need no definition.

What can be defined, with the members that are needed; docs/oncall.md has all of them:

  {"define":"rotation","key":"primary","type":"weekly","zone":"Europe/Berlin","start":"2026-03-16T09:00",
   "participants":[{"people":["ann"]},{"people":["bob","cid"]}]}
  {"define":"schedule","key":"database","zone":"Europe/Berlin","layers":[{"rotation":"primary"},{"people":["dee"]}]}
  {"define":"override","schedule":"database","kind":"replace","replaced":"ann","people":["eve"],
   "from":"2026-03-17T00:00:00Z","until":"2026-03-18T00:00:00Z"}          kinds: add, remove, replace, exclusive
  {"define":"swap","key":"x","schedule":"database","giver":"ann","taker":"bob","from":...,"until":...,"state":"accepted"}
  {"define":"absence","person":"ann","from":...,"until":...}
  {"define":"contact","person":"ann","methods":[{"key":"phone","kind":"call"}],"rules":[{"method":"phone"}]}
  {"define":"person","key":"ann","name":"Ann"}
  {"define":"icalendar","schedule":"database","text":"BEGIN:VCALENDAR...","from":...,"until":...}

What can be asked, of a "schedule" or a "rotation":

  {"operation":"who","schedule":"database","at":"2026-03-29T12:00:00Z"}
  {"operation":"shifts","schedule":"database","from":...,"until":...}     also "person", "shadows"
  {"operation":"hand_offs","rotation":"primary","from":...,"to":...}      both ends included
  {"operation":"gaps","schedule":"database","from":...,"until":...}
  {"operation":"fairness","schedule":"database","from":...,"until":...}   also "zone"
  {"operation":"changes","schedule":"database","from":...,"until":...,"proposed":[{"define":...}]}
  {"operation":"export","schedule":"database","from":...,"until":...}     iCalendar; also "person", "shadows"
  {"operation":"attempts","person":"ann","at":...,"urgency":"high"}       also "severity"
  {"operation":"swaps","at":...}

What is refused is answered by {"error":{"status":...,"reason":...,"message":...}} and changes nothing; the reading goes on.
Exit status 1 says at the end that something was refused.

Example
  tocsin oncall <<'END'
  {"define":"rotation","key":"r","type":"daily","zone":"UTC","start":"2026-06-01T09:00","participants":[{"people":["ann"]}]}
  {"operation":"who","rotation":"r","at":"2026-06-01T12:00:00Z"}
  END
)";

int run(session& with, arguments& words) { return answer_lines(with, words, tocsin::client::oncall_answer); }

}  // namespace

const subcommand oncall_subcommand{"oncall", "[FILE|-]",    "say who is on call, from JSON lines (no desk file needed)",
                                   help,     need::nothing, run};

}  // namespace shell
