// What every subcommand works with: the options that hold for all of them, the desk, and the way out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <arguments.hpp>
#include <interruption.hpp>
#include <json_text.hpp>
#include <output.hpp>
#include <tocsin.hpp>

namespace shell {

struct options {
  colour_mode colours = colour_mode::automatic;
  std::optional<std::int64_t> at_us;  // instead of this machine's clock
  std::string actor = "host";
  std::string zone;  // to show times in; empty: UTC
  std::string config;
  std::string durability;
  std::optional<std::string> salt_seed;  // bytes
  bool read_only = false;
  bool take_over = false;
  bool allow_leap = false;
};

// Takes the options that hold for all subcommands out of the command line.
options take_options(arguments& words);

// What a subcommand does with the desk file.
enum class need { nothing, reading, writing, creating };

// Opens the desk; ":memory:" is one in memory.
tocsin::client::desk open_desk(const options& given, const std::string& path, need what);

// A desk that is opened when it is first asked for: who types nonsense leaves no file behind.
class desk_to_open {
 public:
  desk_to_open(const options& given, std::string path, need what)
      : given_(&given), path_(std::move(path)), what_(what) {}
  explicit desk_to_open(tocsin::client::desk opened) : desk_(std::move(opened)), stops_(desk_->get()) {}

  tocsin::client::desk& operator*() const {
    if (!desk_) {
      desk_ = open_desk(*given_, path_, what_);
      stops_.emplace(desk_->get());
    }
    return *desk_;
  }
  tocsin::client::desk* operator->() const { return &**this; }
  bool is_named() const { return desk_ || !path_.empty(); }

 private:
  const options* given_ = nullptr;
  std::string path_;
  need what_ = need::nothing;
  mutable std::optional<tocsin::client::desk> desk_;
  mutable std::optional<interruptible> stops_;  // by Ctrl-C
};

struct session {
  const options& given;
  output& out;
  desk_to_open desk;
  bool is_interactive = false;

  // The instant for what has none of its own: --at, or this machine's clock, but never before the desk's, which does
  // not go back (D1).
  std::int64_t now_us() const;
  std::string show(std::int64_t instant_us) const;

  // By --actor, unless the question names somebody.
  json ask(json question) const {
    if (!question.contains("actor")) question["actor"] = given.actor;
    return parse_answer(desk->query(question.dump()));
  }
  std::string ask_text(std::string_view question) const;
  // The desk's clock, which is no secret.
  std::optional<std::int64_t> clock_us() const;
  // `what` shows or takes the desk as a whole, and nobody but its host may do that.
  void demand_host(std::string_view what) const;
};

}  // namespace shell
