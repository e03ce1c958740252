#include <session.hpp>

#include <algorithm>
#include <random>

#include <exit_status.hpp>
#include <moment.hpp>
#include <script.hpp>

namespace shell {
namespace {

constexpr std::size_t salt_seed_bytes = 32;

std::string random_salt_seed() {
  std::random_device source;
  std::string seed;
  for (std::size_t i = 0; i < salt_seed_bytes; ++i) seed += static_cast<char>(source() & 0xFFu);
  return seed;
}

std::string parse_salt_seed(std::string_view text) {
  const auto digit = [&](char c) -> unsigned {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
    if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10;
    throw usage_error("--salt-seed needs hexadecimal digits");
  };
  if (text.size() % 2 != 0 || text.size() < 32 || text.size() > 128) {
    throw usage_error("--salt-seed needs 16 to 64 bytes, which is 32 to 128 hexadecimal digits");
  }
  std::string seed;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    seed += static_cast<char>(digit(text[i]) * 16 + digit(text[i + 1]));
  }
  return seed;
}

colour_mode parse_colours(std::string_view text) {
  if (text == "auto") return colour_mode::automatic;
  if (text == "always") return colour_mode::always;
  if (text == "never") return colour_mode::never;
  throw usage_error("--color is auto, always or never, not \"" + std::string(text) + "\"");
}

// The configuration that was given, with what has an option of its own put in.
std::string config_of(const options& given) {
  if (given.durability.empty()) return given.config;
  json config = given.config.empty() ? json::object() : json::parse(given.config, nullptr, false);
  if (!config.is_object()) throw usage_error("--config needs a JSON object");
  config["durability"] = given.durability;
  return config.dump();
}

}  // namespace

options take_options(arguments& words) {
  options result;
  if (const auto text = words.value("--color")) result.colours = parse_colours(*text);
  if (const auto text = words.value("--at")) result.at_us = parse_instant_argument(*text, "--at");
  if (const auto text = words.value("--salt-seed")) result.salt_seed = parse_salt_seed(*text);
  result.actor = words.value("--actor").value_or(result.actor);
  result.config = words.value("--config").value_or("");
  result.durability = words.value("--durability").value_or("");
  result.zone = words.value("--zone").value_or("");
  result.read_only = words.flag("--read-only");
  result.take_over = words.flag("--take-over");
  result.allow_leap = words.flag("--allow-leap");
  if (!result.durability.empty() && result.durability != "normal" && result.durability != "full") {
    throw usage_error("--durability is normal or full, not \"" + result.durability + "\"");
  }
  if (!result.zone.empty()) tocsin::client::instant_to_local(result.zone, 0);  // an unknown zone is said at once
  return result;
}

tocsin::client::desk open_desk(const options& given, const std::string& path, need what) {
  const bool in_memory = path == ":memory:";
  tocsin::client::open_options opening;
  opening.path = in_memory ? "" : path;
  opening.config = config_of(given);
  opening.salt_seed = given.salt_seed ? *given.salt_seed : random_salt_seed();
  opening.read_only = !in_memory && (given.read_only || what == need::reading);
  opening.must_exist = !in_memory && (opening.read_only || what != need::creating);
  opening.take_over = given.take_over && !opening.read_only;
  return tocsin::client::desk(opening);
}

std::int64_t session::now_us() const {
  if (given.at_us) return *given.at_us;
  const std::int64_t now = read_clock();
  return std::max(now, clock_us().value_or(now));
}

std::optional<std::int64_t> session::clock_us() const {
  return instant_at(parse_answer(desk->query(R"({"query":"status"})")), "clock");
}

std::string session::ask_text(std::string_view question) const {
  const outline shape = outline_of(question);
  if (shape.is != outline::form::object) return desk->query(std::string(question));  // the desk says what is wrong
  return desk->query(with_actor(question, shape, given.actor));
}

void session::demand_host(std::string_view what) const {
  if (given.actor == "host" || given.actor == "system") return;
  throw refused_error(std::string(what) + " needs the host's right: it shows the desk as a whole, and \"" +
                      given.actor + "\" sees what permissions and restrictions leave; leave --actor out");
}

std::string session::show(std::int64_t instant_us) const { return show_instant(instant_us, given.zone); }

}  // namespace shell
