// A script: lines of JSON, each a command, a batch, a question or an advance of time, answered by a line each.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <session.hpp>

namespace shell {

class script {
 public:
  // Commands go to the desk in batches of at most so many lines; 1 answers each at once.
  script(session& with, std::size_t batch) : with_(with), batch_(batch) {}

  // A line of that number; blank lines and those that begin with '#' are passed over. Its answer may come later.
  void line(std::string_view text, std::size_t number);
  // Every line so far is answered.
  void flush();

  std::size_t answered() const { return answered_; }
  std::size_t refused() const { return refused_; }
  // "line 7: message" of the first refusal; empty if there is none.
  const std::string& first_refusal() const { return first_refusal_; }

 private:
  struct line_of_script {
    std::string command;
    std::size_t number;
    bool has_instant;
  };

  void flush_pending();
  void execute_alone(const line_of_script& line);
  void execute_batch();
  void execute_array(std::string_view text, std::size_t number);
  void ask(std::string_view question, std::size_t number);
  void advance(const outline& shape, std::size_t number);
  void refuse_advance(const std::string& path, const std::string& found, std::size_t number);

  void answer(std::string_view result, std::size_t number);
  void refuse(const tocsin::client::failure& failure, std::size_t number);
  void note_refusal(std::string_view message, std::size_t number);

  session& with_;
  std::size_t batch_;
  std::vector<line_of_script> pending_;
  std::size_t pending_bytes_ = 0;
  std::size_t answered_ = 0;
  std::size_t refused_ = 0;
  std::string first_refusal_;
};

// How many lines were refused, and the first of them, on standard error.
void complain_of_refusals(const script& done);

// The command, or question, with --actor put in if it names none.
std::string with_actor(std::string_view command, const outline& shape, const std::string& actor);

// TOCSIN_EXECUTE_... that the options ask for.
std::uint32_t execute_flags(const options& given);

}  // namespace shell
