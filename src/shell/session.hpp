// What every subcommand works with: the options that hold for all of them, the desk, and the way out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <arguments.hpp>
#include <json_text.hpp>
#include <output.hpp>
#include <tocsin.hpp>

namespace shell {

struct options {
  colour_mode colours = colour_mode::automatic;
  std::optional<std::int64_t> at_us;  // instead of this machine's clock
  std::string actor = "host";
  std::string zone;                   // to show times in; empty: UTC
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

struct session {
  const options& given;
  output& out;
  tocsin::client::desk desk;
  bool is_interactive = false;

  // The instant for what has none of its own: --at, or this machine's clock, but never before the desk's, which does
  // not go back (D1).
  std::int64_t now_us() const;
  std::string show(std::int64_t instant_us) const;

  json ask(const json& question) const { return parse_answer(desk.query(question.dump())); }
};

}  // namespace shell
