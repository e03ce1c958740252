#include <doctest/doctest.h>

#include <tocsin/store/sqlite_store.hpp>

#include "conformance/temporary_file.hpp"
#include "office.hpp"

using namespace tocsin;
using office::json;

namespace {

json keyed(json command, std::string_view key) {
  command["idempotency_key"] = key;
  return command;
}

json log_by(std::string_view who, std::string_view when, std::string_view key, const json& more = json::object()) {
  json fields = {{"title", "Mail is down"}, {"idempotency_key", key}};
  fields.update(more);
  return office::command("log_incident", when, who, fields);
}

error refusal(desk& d, const json& command) {
  try {
    office::tell(d, command);
  } catch (const error& e) {
    return e;
  }
  return {status::ok, "", ""};
}

// Whoever works on a record may ask about it; ana and ben may give every command, and carla may log.
json policies(const json& queries_of_ana = {"get"}) {
  return office::command("publish", "2026-11-23T07:30:00Z", "host",
                         {{"permission_policies",
                           {{{"key", "all"},
                             {"grants",
                              {{{"people", {"ana"}}, {"commands", {"*"}}, {"queries", queries_of_ana}},
                               {{"people", {"ben"}}, {"commands", {"*"}}, {"queries", {"*"}}},
                               {{"people", {"carla"}}, {"commands", {"log_incident"}}}}}}}}});
}

}  // namespace

TEST_CASE("an idempotency key belongs to its actor: another's command under the same key is carried out (D3)") {
  desk d = office::furnished();
  CHECK(office::tell(d, log_by("ana", "2026-11-23T08:00:00Z", "k"))["record"]["number"] == "INC0000001");
  const json other = office::tell(d, log_by("ben", "2026-11-23T08:00:00Z", "k"));
  CHECK(other["record"]["number"] == "INC0000002");
  CHECK_FALSE(other.contains("repeated"));
  for (const auto& [who, number] : {std::pair("ana", "INC0000001"), {"ben", "INC0000002"}}) {
    const json again = office::tell(d, log_by(who, "2026-11-23T08:01:00Z", "k"));
    CHECK(again["repeated"] == true);
    CHECK(again["record"]["number"] == number);
  }
  const json within =
      json::array({log_by("ana", "2026-11-23T08:02:00Z", "n"), log_by("ben", "2026-11-23T08:02:00Z", "n"),
                   log_by("ana", "2026-11-23T08:02:00Z", "n")});
  const json done = json::parse(execute_document(d, within.dump(), {}));
  CHECK(done[1]["record"]["number"] == "INC0000004");
  CHECK(done[2]["record"]["number"] == "INC0000003");
}

TEST_CASE("another command, or other fields, under a known key are a conflict that names them, and do nothing (D3)") {
  desk d = office::furnished();
  office::tell(d, log_by("ana", "2026-11-23T08:00:00Z", "k", {{"description", "Since eight"}, {"team", "net"}}));
  const std::string before = office::picture_of(d, false);
  const auto differs = [&](const json& command) -> json {
    const error e = refusal(d, command);
    CHECK(e.code() == status::conflict);
    CHECK(e.reason() == "command.idempotency_key");
    return json::parse(e.detail().empty() ? "{}" : e.detail()).value("differs", json());
  };
  CHECK(differs(keyed(office::command("cancel_incident", "2026-11-23T08:01:00Z", "ana",
                                      {{"incident", 1}, {"reason", "It was nothing"}}),
                      "k")) == json::array({"/command"}));
  CHECK(differs(log_by("ana", "2026-11-23T08:01:00Z", "k", {{"title", "Mail is slow"}})) ==
        json::array({"/title", "/description", "/team"}));
  CHECK(differs(log_by("ana", "2026-11-23T08:01:00Z", "k", {{"description", "Since nine"}, {"team", "net"}})) ==
        json::array({"/description"}));
  CHECK(office::picture_of(d, false) == before);
  const error e = refusal(d, log_by("ana", "2026-11-23T08:01:00Z", "k"));
  const json detail = json::parse(e.detail());
  CHECK(detail["path"] == "/idempotency_key");
  CHECK(detail["found"] == "k");
  CHECK(detail["entry"] == 3);
  CHECK(detail["command"] == "log_incident");
}

TEST_CASE("who may not see a record any more is not answered again what came of it, but that it was done (D3, D9)") {
  desk d = office::furnished();
  office::tell(d, policies());
  const json log = log_by("ana", "2026-11-23T08:00:00Z", "k", {{"description", "A thing of the staff"}});
  office::tell(d, log);
  CHECK(office::tell(d, log)["repeated"] == true);
  office::tell(d, office::command("restrict_incident", "2026-11-23T08:01:00Z", "ben",
                                  {{"incident", 1}, {"people", {"ben"}}, {"reason", "Staff"}}));
  const std::string before = office::picture_of(d, false);
  const error e = refusal(d, log);
  CHECK(e.code() == status::permission_denied);
  CHECK(e.reason() == "permission.denied");
  CHECK(json::parse(e.detail()) == json::object({{"entry", 4}}));
  CHECK(std::string(e.what()).find("INC") == std::string::npos);
  CHECK(office::picture_of(d, false) == before);
  office::tell(
      d, office::command("lift_restriction", "2026-11-23T08:02:00Z", "ben", {{"incident", 1}, {"reason", "Over"}}));
  CHECK(office::tell(d, log)["repeated"] == true);
}

TEST_CASE(
    "permission for a repeated result is asked as by get; where no record is concerned, as for the command (D3, D9)") {
  desk d = office::furnished();
  office::tell(d, policies());
  const json by_carla = log_by("carla", "2026-11-23T08:00:00Z", "k");
  office::tell(d, by_carla);
  CHECK(refusal(d, by_carla).reason() == "permission.denied");
  const json publish =
      keyed(office::command("publish", "2026-11-23T08:00:00Z", "ana", {{"services", {{{"key", "web"}}}}}), "p");
  office::tell(d, publish);
  CHECK(office::tell(d, publish)["repeated"] == true);
  office::tell(
      d, office::command("publish", "2026-11-23T08:00:00Z", "host",
                         {{"permission_policies",
                           {{{"key", "all"}, {"grants", {{{"people", {"ana"}}, {"commands", {"log_incident"}}}}}}}}}));
  CHECK(refusal(d, publish).reason() == "permission.denied");
}

TEST_CASE("of a repeated result, the events of records that the actor may not see are left out (D3, D9)") {
  desk d = office::furnished();
  office::tell(d, policies());
  office::tell(d, log_by("ana", "2026-11-23T08:00:00Z", "a"));
  office::tell(d, log_by("ana", "2026-11-23T08:00:00Z", "b"));
  const json link = keyed(office::command("link_records", "2026-11-23T08:01:00Z", "ana",
                                          {{"incident", 1}, {"kind", "related"}, {"other", 2}}),
                          "link");
  const std::size_t events = office::tell(d, link)["events"].size();
  REQUIRE(events == 2);
  CHECK(office::tell(d, link)["events"].size() == events);
  office::tell(d, office::command("restrict_incident", "2026-11-23T08:02:00Z", "ben",
                                  {{"incident", 2}, {"people", {"ben"}}, {"reason", "Staff"}}));
  CHECK(office::tell(d, link)["events"].empty());  // the other end of the link tells of it, too
}

TEST_CASE("a key outlives its record: a retry after a purge is refused by name, also by a desk opened anew (D3)") {
  const conformance::temporary_file file;
  const auto open_file = [&] { return open_sqlite_store({.path = file.path()}); };
  const json log = log_by("ana", "2026-11-23T08:00:00Z", "k1");
  const json link = keyed(office::command("link_records", "2026-11-23T08:02:00Z", "ana",
                                          {{"incident", 1}, {"kind", "related"}, {"other", 2}}),
                          "link");
  {
    desk d = office::furnished(open_file());
    office::tell(d, log);
    office::tell(d, office::log("2026-11-23T08:01:00Z"));
    office::tell(d, link);
    office::tell(d, office::command("unlink_records", "2026-11-23T08:03:00Z", "ana",
                                    {{"incident", 1}, {"kind", "related"}, {"other", 2}}));
    office::tell(d, office::command("cancel_incident", "2026-11-23T08:04:00Z", "ana",
                                    {{"incident", 1}, {"reason", "It was nothing"}}));
    office::tell(d, office::log("2026-11-24T08:00:00Z"));
    office::tell(d, office::command("purge_records", "2026-11-24T09:00:00Z", "host",
                                    {{"ended_before", "2026-11-24T00:00:00Z"}}));
  }
  desk d = office::open(open_file());
  const std::string before = office::picture_of(d, false);
  const error of_entry = refusal(d, log);
  CHECK(of_entry.code() == status::not_found);
  CHECK(of_entry.reason() == "journal.purged");
  CHECK(json::parse(of_entry.detail()) == json::object({{"entry", 3}}));
  CHECK(refusal(d, log_by("ana", "2026-11-24T10:00:00Z", "link")).reason() == "command.idempotency_key");
  json again = link;
  again["incident"] = 3;
  CHECK(refusal(d, again).reason() == "command.idempotency_key");
  CHECK(refusal(d, link).reason() == "record.purged");
  CHECK(office::picture_of(d, false) == before);
  CHECK(office::tell(d, log_by("ana", "2026-11-30T08:00:00.000001Z", "k1"))["record"]["number"] == "INC0000004");
}

TEST_CASE("a retry within a batch is answered, whatever the batch has done to its record (D3)") {
  for (const bool is_stored : {false, true}) {
    CAPTURE(is_stored);
    desk d = office::furnished();
    const json log = log_by("ana", "2026-11-23T08:00:00Z", "k");
    if (is_stored) office::tell(d, log);
    const json wrong = {{"at", "2026-11-23T08:00:00Z"}, {"actor", "nobody"}, {"title", "x"}, {"idempotency_key", "k"}};
    const json begin = office::command("begin_work", "2026-11-23T08:01:00Z", "ana", {{"incident", 1}});
    const json done = json::parse(execute_document(d, json::array({log, wrong, begin, log}).dump(), {}));
    CHECK(done[1].contains("error"));
    for (const json& result : done) {
      if (!result.contains("repeated")) continue;
      CHECK(result["record"]["version"] == 1);
      CHECK(result["events"][0]["event"] == "incident_logged");
    }
    CHECK(done.back()["repeated"] == true);
    d.verify();
  }
}

TEST_CASE(
    "a retry is told from another command also after personal values were erased, and shows none of them (D3, D10)") {
  desk d = office::furnished();
  const auto log = [](std::string_view title, std::string_view description) {
    return log_by("ana", "2026-11-23T08:00:00Z", "k",
                  {{"title", title}, {"description", description}, {"caller", "carla"}});
  };
  const json first = log("Mail is down", "Carla cannot log in");
  office::tell(d, first);
  const json erase = office::command("erase_personal", "2026-11-23T08:01:00Z", "host",
                                     {{"record", "INC0000001"}, {"reason", "Asked for"}});
  const json both = json::parse(execute_document(d, json::array({erase, first}).dump(), {}));
  for (const json& again : {both[1], office::tell(d, first)}) {
    CHECK(again["repeated"] == true);
    CHECK_FALSE(again["events"][0].contains("description"));
  }
  CHECK(refusal(d, log("Mail is slow", "Carla cannot log in")).reason() == "command.idempotency_key");
}

TEST_CASE("a retry is told from another command also after every text was erased (D3, D10)") {
  desk d = office::furnished();
  const auto log = [](std::string_view title, std::string_view urgency) {
    return log_by("ana", "2026-11-23T08:00:00Z", "k", {{"title", title}, {"urgency", urgency}});
  };
  office::tell(d, log("Mail is down", "high"));
  office::tell(d, office::command("erase_personal", "2026-11-23T08:01:00Z", "host",
                                  {{"record", "INC0000001"}, {"texts", true}, {"reason", "Asked for"}}));
  const json again = office::tell(d, log("Mail is down", "high"));
  CHECK(again["repeated"] == true);
  CHECK_FALSE(again["events"][0].contains("title"));
  CHECK(refusal(d, log("Mail is down", "low")).reason() == "command.idempotency_key");
}

TEST_CASE("a purge stands first in its batch, and erasing a person does not follow what names that person (D7, D10)") {
  desk d = office::furnished();
  office::tell(d, office::log("2026-11-23T08:00:00Z"));
  const json cancel = office::command("cancel_incident", "2026-11-23T08:01:00Z", "ana",
                                      {{"incident", 1}, {"reason", "It was nothing"}});
  const json purge =
      office::command("purge_records", "2026-11-23T09:00:00Z", "host", {{"ended_before", "2026-11-23T08:30:00Z"}});
  json done = json::parse(execute_document(d, json::array({cancel, purge}).dump(), {}));
  CHECK(done[1]["error"]["reason"] == "desk.purge_in_batch");
  CHECK(office::tell(d, keyed(purge, "p"))["events"][0]["event"] == "records_purged");
  CHECK(office::tell(d, keyed(purge, "p"))["repeated"] == true);
  const json carla = office::command("publish", "2026-11-23T09:00:00Z", "host",
                                     {{"people", {{{"key", "carla"}, {"phone", "+32 2 555 01 03"}}}}});
  const json forget =
      office::command("erase_personal", "2026-11-23T09:00:00Z", "host", {{"person", "carla"}, {"reason", "Asked for"}});
  done = json::parse(execute_document(d, json::array({carla, forget}).dump(), {}));
  CHECK(done[1]["error"]["reason"] == "desk.erase_in_batch");
  CHECK(office::tell(d, forget)["events"][0]["event"] == "personal_erased");
  d.verify();
}
