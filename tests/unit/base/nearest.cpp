#include <tocsin/base/nearest.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace tocsin;

namespace {

std::string_view nearest_command(std::string_view name) {
  static constexpr std::string_view commands[] = {"acknowledge_incident", "log_incident",  "link_records",
                                                  "unlink_records",       "hold_incident", "begin_work"};
  return nearest(name, commands);
}

}  // namespace

TEST_CASE("the nearest name is the one that a few typing errors made of another") {
  CHECK(nearest_command("acknowlege_incident") == "acknowledge_incident");
  CHECK(nearest_command("acknowledge-incidnet") == "acknowledge_incident");
  CHECK(nearest_command("Log_Incident") == "log_incident");
  CHECK(nearest_command("linkrecords") == "link_records");
  CHECK(nearest_command("bgein_work") == "begin_work");
}

TEST_CASE("a beginning that only one name has names it") {
  CHECK(nearest_command("ack") == "acknowledge_incident");
  CHECK(nearest_command("begin") == "begin_work");
  static constexpr std::string_view two[] = {"hold_incident", "hold_record"};
  CHECK(nearest("hold", two).empty());
}

TEST_CASE("what is like none of the names is near none") {
  CHECK(nearest_command("").empty());
  CHECK(nearest_command("xyz").empty());
  CHECK(nearest_command("purchase_order").empty());
  CHECK(nearest_command(std::string(5000, 'l')).empty());
  CHECK(nearest("x", {}).empty());
  static constexpr std::string_view short_ones[] = {"p1", "p2"};
  CHECK(nearest("q", short_ones).empty());
}

TEST_CASE("of equally near names the first is named") {
  static constexpr std::string_view names[] = {"team_a", "team_b"};
  CHECK(nearest("team_c", names) == "team_a");
}
