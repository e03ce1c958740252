#include <line_answers.hpp>

#include <complaint.hpp>
#include <exit_status.hpp>
#include <json_text.hpp>
#include <lines.hpp>
#include <text.hpp>

namespace shell {
namespace {

constexpr std::size_t lines_at_once = 100'000;

bool begins(std::string_view text, std::string_view part) { return text.substr(0, part.size()) == part; }

// Lines that wait for their answers, and those that defined what the next ones are about.
class waiting_lines {
 public:
  waiting_lines(output& out, const answerer& ask) : out_(out), ask_(ask) {}

  void take(std::string_view line, std::size_t number) {
    const std::string_view text = trim(line);
    if (text.empty() || text.front() == '#') return;
    waiting_.push_back({std::string(text), number});
    if (waiting_.size() == lines_at_once) flush();
  }

  void flush() {
    if (waiting_.empty()) return;
    std::string lines;
    for (const numbered& line : waiting_) lines += line.text + '\n';
    const std::string answers = ask_(book_, lines);
    std::size_t from = 0;
    for (const numbered& line : waiting_) {
      const std::size_t end = answers.find('\n', from);
      note(line, std::string_view(answers).substr(from, end - from));
      from = end + 1;
    }
    waiting_.clear();
    out_.flush();
  }

  int finish() {
    flush();
    if (refused_ == 0) return exit_done;
    complain(std::to_string(refused_) + " of " + std::to_string(answered_) + (answered_ == 1 ? " line" : " lines") +
                 " refused",
             "  first: " + printable(first_refusal_));
    return exit_refused;
  }

 private:
  struct numbered {
    std::string text;
    std::size_t number;
  };

  void note(const numbered& line, std::string_view answer) {
    out_.line(answer);
    ++answered_;
    if (begins(answer, "{\"defined\":")) book_ += line.text + '\n';
    if (!begins(answer, "{\"error\":") || refused_++ != 0) return;
    const json said = parse_answer(std::string(answer));
    first_refusal_ = "line " + std::to_string(line.number) + ": " + text_at(said["error"], "message");
  }

  output& out_;
  const answerer& ask_;
  std::string book_;
  std::vector<numbered> waiting_;
  std::size_t answered_ = 0;
  std::size_t refused_ = 0;
  std::string first_refusal_;
};

}  // namespace

int answer_lines(session& with, arguments& words, const answerer& ask) {
  line_reader lines(words.next_word().value_or("-"));
  words.finish();
  if (lines.is_terminal()) complain("reading JSON lines from the terminal; end with Ctrl-D");
  waiting_lines all(with.out, ask);
  std::string line;
  while (lines.next(line, [&] { all.flush(); })) all.take(line, lines.line_number());
  return all.finish();
}

}  // namespace shell
