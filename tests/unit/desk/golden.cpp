// A journal that was written once and is read for ever: its bytes decode and fold to the records beside it; those of this
// release encode to the same bytes again, too (earlier ones wrote texts and keys without commitments). Never rewritten
// after a release; a new release adds a journal of its own.
//
// golden/journal.txt: a line for each entry, its bytes, what stands aside and its hash in hexadecimal, and when it fired.
// golden/records.json: the records that it folds to. TOCSIN_WRITE_GOLDEN=1 writes both from the script below.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include <tocsin/desk/commands.hpp>
#include <tocsin/desk/effect_id.hpp>
#include <tocsin/desk/fold.hpp>
#include <tocsin/desk/history.hpp>
#include <tocsin/escalation/events.hpp>
#include <tocsin/incident/events.hpp>

#include <tocsin/store/sqlite_store.hpp>

#include "conformance/temporary_file.hpp"
#include "office.hpp"
#include "unit/time/zone_pack.hpp"

using namespace tocsin;
using office::json;

namespace {

// A journal for each state of the vocabulary that there was; the last is written anew as it grows, until it is released.
const std::filesystem::path folder = std::filesystem::path(TOCSIN_SOURCE_DIR) / "tests/unit/desk/golden";
constexpr int latest = 2;

std::filesystem::path journal_path(int state) { return folder / std::to_string(state) / "journal.txt"; }
std::filesystem::path records_path(int state) { return folder / std::to_string(state) / "records.json"; }

bool is_to_be_written() { return std::getenv("TOCSIN_WRITE_GOLDEN") != nullptr; }

void tell_of_definitions(desk& d);
void tell_of_machines(desk& d);
void tell_of_clocks(desk& d);
void tell_of_oncall(desk& d);

// Every command with every member, and every event.
desk tell_golden_script() {
  desk d = office::furnished();
  office::tell(
      d, office::command(
             "publish", "2026-11-23T07:30:00Z", "host",
             {{"pack", "golden"},
              {"people",
               {{{"key", "eve"},
                 {"name", "Ève"},
                 {"mail", "eve@example.org"},
                 {"phone", "+32 2"},
                 {"zone", "Europe/Brussels"},
                 {"retired", true}}}},
              {"teams", {{{"key", "night"}, {"name", "Night shift"}, {"members", {"ana", "eve"}}, {"retired", true}}}},
              {"services", {{{"key", "pay"}, {"name", "Payments"}, {"owner", "ben"}, {"retired", true}}}},
              {"categories", {{{"key", "net"}, {"name", "Network"}, {"parent", "hardware"}, {"retired", true}}}},
              {"workflows",
               {{{"key", "short"},
                 {"name", "Short"},
                 {"states",
                  {{{"name", "begun"}, {"kind", "new"}, {"initial", true}},
                   {{"name", "waiting"}, {"kind", "on_hold"}},
                   {{"name", "done"}, {"kind", "resolved"}},
                   {{"name", "over"}, {"kind", "closed"}}}},
                 {"transitions",
                  {{{"verb", "hold"}, {"from", {"begun"}}, {"to", "waiting"}},
                   {{"verb", "resume"}, {"from", {"waiting"}}},
                   {{"verb", "resolve"}, {"from", {"begun"}}, {"to", "done"}},
                   {{"verb", "close"}, {"from", {"done"}}, {"to", "over"}},
                   {{"verb", "import_step"}, {"from", {"done"}}, {"to", "begun"}}}},
                 {"hold_reasons", {{{"name", "holiday"}, {"resumed_by_reply", true}}}},
                 {"resolution_codes", {"settled"}},
                 {"reopen_window", "P3D"},
                 {"auto_close_after", "PT36H"}}}},
              {"priority_matrices",
               {{{"key", "request"},
                 {"name", "Requests"},
                 {"cells",
                  {{{"impact", "high"}, {"urgency", "high"}, {"priority", "high"}},
                   {{"impact", "high"}, {"urgency", "medium"}, {"priority", "high"}},
                   {{"impact", "high"}, {"urgency", "low"}, {"priority", "moderate"}},
                   {{"impact", "medium"}, {"urgency", "high"}, {"priority", "high"}},
                   {{"impact", "medium"}, {"urgency", "medium"}, {"priority", "moderate"}},
                   {{"impact", "medium"}, {"urgency", "low"}, {"priority", "low"}},
                   {{"impact", "low"}, {"urgency", "high"}, {"priority", "moderate"}},
                   {{"impact", "low"}, {"urgency", "medium"}, {"priority", "low"}},
                   {{"impact", "low"}, {"urgency", "low"}, {"priority", "planning"}}}}}}}}));
  const json everything = {{"title", "Tout est cassé – 全部"},
                           {"description", "Two\nlines of Carla's"},
                           {"caller", "carla"},
                           {"reporter", "dora"},
                           {"contact", "+32 2 555 01 02"},
                           {"location", "Ghent"},
                           {"channel", "phone"},
                           {"category", "disk"},
                           {"service", "mail"},
                           {"impact", "high"},
                           {"urgency", "medium"},
                           {"severity", "sev2"},
                           {"team", "net"},
                           {"assignee", "ben"},
                           {"occurred_at", "2026-11-22T23:59:59.999999Z"},
                           {"detected_at", "2026-11-23T07:00:00.5Z"},
                           {"reported_at", "2026-11-23T07:45:00Z"},
                           {"external_key", "JIRA-4711"},
                           {"idempotency_key", "golden 1"}};
  office::tell(d, office::log("2026-11-23T08:00:00Z", everything));
  office::tell(d,
               office::log("2026-11-23T07:59:30Z",
                           {{"retrospective", true}, {"caller", "dora"}, {"workflow", "short"}}));  // recorded at eight
  const auto tell = [&](std::string_view name, std::string_view when, std::string_view who, json fields,
                        int incident = 1) {
    fields["incident"] = incident;
    office::tell(d, office::command(name, when, who, fields));
  };
  tell("classify_incident", "2026-11-23T08:01:00Z", "ana", {{"category", "hardware"}, {"service", "mail"}});
  tell("prioritise_incident", "2026-11-23T08:02:00Z", "ana",
       {{"impact", "low"},
        {"urgency", "low"},
        {"severity", "sev4"},
        {"override_with", "critical"},
        {"reason", "The board"}});
  tell("prioritise_incident", "2026-11-23T08:03:00Z", "ana", {{"end_override", true}});
  tell("assign_incident", "2026-11-23T08:04:00Z", "ana",
       {{"team", "desk"}, {"assignee", "ana"}, {"reason", "Ben is away"}});
  tell("acknowledge_incident", "2026-11-23T08:05:00Z", "ana", json::object());
  tell("begin_work", "2026-11-23T08:06:00Z", "ana", json::object());
  tell("add_note", "2026-11-23T08:07:00Z", "ana", {{"text", "A note about Carla"}});
  tell("add_update", "2026-11-23T08:08:00Z", "ana", {{"text", "We are on it"}, {"visibility", "everyone"}});
  tell("hold_incident", "2026-11-23T08:09:00Z", "ana", {{"reason", "awaiting_caller"}, {"note", "Which one?"}});
  tell("add_reply", "2026-11-23T08:10:00Z", "carla", {{"text", "The blue one"}});
  tell("hold_incident", "2026-11-23T08:11:00Z", "ana", {{"reason", "awaiting_vendor"}});
  tell("resume_incident", "2026-11-23T08:12:00Z", "ana", {{"note", "They came"}});
  tell("resolve_incident", "2026-11-23T08:13:00Z", "ana",
       {{"code", "workaround"}, {"notes", "Use webmail"}, {"permanent", true}});
  tell("refuse_resolution", "2026-11-23T08:14:00Z", "carla", {{"reason", "It is slow"}});
  tell("resolve_incident", "2026-11-23T08:15:00Z", "ana", {{"code", "fix"}, {"notes", "New disk"}});
  tell("reopen_incident", "2026-11-23T08:16:00Z", "ana", {{"reason", "Too early"}});
  tell("resolve_incident", "2026-11-23T08:17:00Z", "ana", {{"code", "fix"}, {"notes", "Newer disk"}});
  tell("confirm_resolution", "2026-11-23T08:18:00Z", "carla", {{"comment", "Thanks"}});
  tell("amend_incident", "2026-11-23T08:19:00Z", "ben",
       {{"reason", "Review"},
        {"title", "Disk of the mail server"},
        {"description", "As it was"},
        {"category", "disk"},
        {"service", "mail"},
        {"severity", "sev3"},
        {"resolution_code", "known_error"},
        {"resolution_notes", "See KB 7"},
        {"occurred_at", "2026-11-22T20:00:00Z"},
        {"detected_at", "2026-11-22T21:00:00Z"}});
  tell("reopen_incident", "2026-11-23T08:20:00Z", "ana", {{"reason", "It is back"}});  // a new one follows it: 3
  tell("cancel_incident", "2026-11-23T08:21:00Z", "ana", {{"reason", "Mistake"}}, 3);
  tell("resolve_incident", "2026-11-23T08:22:00Z", "ben", {{"code", "settled"}, {"notes", "Settled"}}, 2);
  office::tell(d, office::log("2026-11-23T08:23:00Z",
                              {{"caller", "dora"}, {"contact", "Dora's contact"}, {"description", "Dora's words"}}));
  tell("resolve_incident", "2026-11-23T08:24:00Z", "ben", {{"code", "fix"}, {"notes", "x"}}, 4);
  tell("close_incident", "2026-11-23T08:25:00Z", "ben", {{"note", "By hand"}}, 4);
  office::tell(d, office::command("import_record", "2026-11-23T08:26:00Z", "host",
                                  {{"number", "INC0000042"},
                                   {"external_key", "OLD-42"},
                                   {"workflow", "incident"},
                                   {"title", "Of old"},
                                   {"description", "Once upon a time"},
                                   {"caller", "carla"},
                                   {"reporter", "dora"},
                                   {"contact", "c"},
                                   {"location", "Bruges"},
                                   {"channel", "walk_in"},
                                   {"opened_at", "2026-11-18T08:00:00Z"},
                                   {"occurred_at", "2026-11-17T08:00:00Z"},
                                   {"detected_at", "2026-11-17T09:00:00Z"},
                                   {"reported_at", "2026-11-17T10:00:00Z"},
                                   {"history",
                                    {{{"at", "2026-11-18T08:00:00Z"},
                                      {"actor", "ana"},
                                      {"state", "new"},
                                      {"team", "desk"},
                                      {"assignee", "ana"},
                                      {"impact", "high"},
                                      {"urgency", "high"},
                                      {"severity", "sev1"},
                                      {"category", "disk"},
                                      {"service", "mail"}},
                                     {{"at", "2026-11-18T09:00:00Z"},
                                      {"actor", "ana"},
                                      {"state", "on_hold"},
                                      {"hold_reason", "awaiting_evidence"},
                                      {"unassign_assignee", true},
                                      {"note", "A private note"}},
                                     {{"at", "2026-11-19T09:00:00Z"},
                                      {"actor", "ben"},
                                      {"state", "in_progress"},
                                      {"unassign_team", true},
                                      {"reply", "A private reply"}},
                                     {{"at", "2026-11-20T09:00:00Z"},
                                      {"actor", "ben"},
                                      {"state", "resolved"},
                                      {"resolution_code", "fix"},
                                      {"resolution_notes", "Done"},
                                      {"resolved_at", "2026-11-20T08:00:00Z"}}}}}));
  office::tell(
      d, office::command("erase_personal", "2026-11-23T08:27:00Z", "host", {{"record", 4}, {"reason", "On request"}}));
  office::tell(d, office::command("erase_personal", "2026-11-23T08:28:00Z", "host",
                                  {{"person", "eve"}, {"reason", "She left"}}));
  d.advance(office::at("2026-11-30T00:00:00Z"));  // silence closes 2 and the imported one
  return d;
}

std::string hex_of(byte_view bytes) {
  std::string hex;
  for (const std::uint8_t b : bytes) {
    hex += "0123456789abcdef"[b >> 4];
    hex += "0123456789abcdef"[b & 15];
  }
  return hex.empty() ? "-" : hex;
}

std::vector<std::uint8_t> bytes_of(const std::string& hex) {
  std::vector<std::uint8_t> bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes.push_back(static_cast<std::uint8_t>(std::stoi(hex.substr(i, 2), nullptr, 16)));
  return bytes;
}

// A store of entries that were read from a golden file: enough for a desk to know its definitions and to read entries.
class golden_store final : public store {
 public:
  explicit golden_store(std::istream& lines) {
    for (std::string line; std::getline(lines, line);) {
      std::istringstream words(line);
      std::string bytes, aside, hash;
      stored_entry e;
      words >> bytes >> aside >> hash >> e.fired_at.us;
      e.sequence = entries_.size() + 1;
      e.bytes = bytes_of(bytes);
      e.aside = bytes_of(aside);
      const std::vector<std::uint8_t> h = bytes_of(hash);
      REQUIRE(h.size() == e.hash.size());
      std::copy(h.begin(), h.end(), e.hash.begin());
      entries_.push_back(std::move(e));
    }
  }

  store_contents load() override {
    store_contents contents;
    contents.sequence = entries_.size();
    contents.hash = entries_.back().hash;
    return contents;
  }
  void commit(const store_transaction&) override { FAIL("a golden journal is not written to"); }
  bool load_entry(std::uint64_t sequence, stored_entry& result) const override {
    if (sequence == 0 || sequence > entries_.size()) return false;
    result = entries_[sequence - 1];
    return true;
  }
  void scan_entries(std::uint64_t from, std::uint64_t to, bool,
                    const std::function<bool(const stored_entry&)>& visit) const override {
    for (const stored_entry& e : entries_) {
      if (e.sequence >= from && e.sequence <= to && !visit(e)) return;
    }
  }
  incident_ptr load_closed(std::uint64_t) const override { return nullptr; }
  std::uint64_t find_closed_number(std::uint64_t) const override { return 0; }
  void scan_closed(const record_scan&, const std::function<bool(const incident_ptr&)>&) const override {}
  std::optional<purged_record> find_purged(std::uint64_t) const override { return std::nullopt; }
  std::optional<purged_record> find_purged_number(std::uint64_t) const override { return std::nullopt; }
  remembered_key find_key(person_ref, std::string_view) const override { return {}; }
  std::uint64_t load_cursor(std::string_view) const override { return 0; }
  void save_cursor(std::string_view, std::uint64_t) override {}
  std::uint64_t count_consumers() const override { return 0; }
  void check() const override {}

 private:
  std::vector<stored_entry> entries_;
};

json folded_records(const desk& d) {
  std::map<std::uint64_t, incident> records;
  for (std::uint64_t s = 1; s <= d.state().counters.sequence; ++s) {
    const entry e = d.read_entry(s);
    std::set<std::uint64_t> touched;
    for (const event& happened : e.events) {
      if (!happened.record) continue;
      incident& record = records[happened.record.id];
      record.id = happened.record.id;
      fold(record, happened.body, context_of(e), d.state().definitions);
      touched.insert(record.id);
    }
    for (const std::uint64_t id : touched) fold_entry(records[id], context_of(e));
  }
  json all = json::array();
  for (const auto& [id, record] : records) {
    json picture = office::picture_of(d, record);
    picture.erase("follows");  // named by number, which this desk of entries cannot look up
    all.push_back(picture);
  }
  return all;
}

// The entries from whose values an erasure took some: they cannot be encoded again.
std::set<std::uint64_t> erased_entries(const desk& d) {
  std::set<std::uint64_t> all;
  for (std::uint64_t s = 1; s <= d.state().counters.sequence; ++s) {
    const entry e = d.read_entry(s);
    const auto* erasure = e.asked.get_if<erase_personal>();
    if (erasure == nullptr) continue;
    const std::string person(d.state().words.word(word_kind::person, erasure->person.index));
    for (std::uint64_t before = 1; before < s; ++before) {
      const entry old = d.read_entry(before);
      const auto* published = old.asked.get_if<publish>();
      const bool names_person = published && (std::ranges::any_of(published->definitions.of<tocsin::person>(),
                                                                  [&](const auto& p) { return p.key == person; }) ||
                                              std::ranges::any_of(published->definitions.of<tocsin::contact_profile>(),
                                                                  [&](const auto& p) { return p.person == person; }));
      const bool of_record = erasure->record && std::ranges::any_of(old.events, [&](const event& h) {
                               return h.record == erasure->record;
                             });
      if ((erasure->person && names_person) || of_record) all.insert(before);
    }
  }
  return all;
}

void write_golden(const desk& d) {
  std::filesystem::create_directories(journal_path(latest).parent_path());
  {
    std::ofstream out(journal_path(latest), std::ios::binary);
    for (std::uint64_t s = 1; s <= d.state().counters.sequence; ++s) {
      const stored_entry e = d.read_stored_entry(s);
      out << hex_of(e.bytes) << ' ' << hex_of(e.aside) << ' ' << hex_of(e.hash) << ' ' << e.fired_at.us << '\n';
    }
  }
  std::ifstream in(journal_path(latest), std::ios::binary);
  const desk read = office::open(std::make_shared<golden_store>(in));
  std::ofstream(records_path(latest), std::ios::binary) << folded_records(read).dump(1) << '\n';
}

// What came after the first state of the vocabulary.
void tell_of_definitions(desk& d) {
  office::tell(
      d, office::command(
             "publish", "2026-12-01T08:00:00Z", "host",
             {{"custom_fields",
               {{{"key", "asset"}, {"name", "Asset"}, {"kind", "text"}, {"length_max", 20}},
                {{"key", "users"}, {"kind", "integer"}, {"least", 0}, {"most", 100'000}},
                {{"key", "found_at"}, {"kind", "instant"}},
                {{"key", "outage"}, {"kind", "duration"}},
                {{"key", "vip"}, {"kind", "boolean"}},
                {{"key", "site"}, {"kind", "choice"}, {"choices", {"north", "south"}}, {"types", {"incident"}}},
                {{"key", "approver"}, {"kind", "person"}}}},
              {"workflows",
               {{{"key", "guarded"},
                 {"states",
                  {{{"name", "new"}, {"kind", "new"}, {"initial", true}},
                   {{"name", "triage"}, {"kind", "in_progress"}},
                   {{"name", "stale"}, {"kind", "in_progress"}},
                   {{"name", "resolved"}, {"kind", "resolved"}},
                   {{"name", "closed"}, {"kind", "closed"}}}},
                 {"transitions",
                  {{{"verb", "move"}, {"from", {"new"}}, {"to", "triage"}},
                   {{"verb", "move"}, {"from", {"triage"}}, {"to", "stale"}, {"trigger", "timed"}, {"after", "PT4H"}},
                   {{"verb", "resolve"},
                    {"from", {"triage", "stale"}},
                    {"to", "resolved"},
                    {"guards",
                     {{{"condition", {{">", {{{"var", "custom.users"}}, 0}}}}, {"says", "say how many users it hit"}}}},
                    {"required", {"category"}}},
                   {{"verb", "close"}, {"from", {"resolved"}}, {"to", "closed"}}}},
                 {"resolution_codes", {"fix"}}}}},
              {"record_types",
               {{{"key", "breach"},
                 {"base", "incident"},
                 {"number_prefix", "SEC"},
                 {"number_width", 4},
                 {"workflow", "guarded"},
                 {"required", {"caller", "custom.asset"}}}}},
              {"permission_policies",
               {{{"key", "all"},
                 {"grants",
                  {{{"relations", {"anyone"}}, {"commands", {"*"}}, {"queries", {"*"}}, {"restricted", true}}}}}}}}));
  office::tell(d, office::command("log_incident", "2026-12-01T08:01:00Z", "ana",
                                  {{"title", "Somebody is in"},
                                   {"type", "breach"},
                                   {"caller", "dora"},
                                   {"custom",
                                    {{"asset", "laptop 7"},
                                     {"users", 3},
                                     {"found_at", "2026-12-01T07:59:00Z"},
                                     {"outage", "PT90M"},
                                     {"vip", false},
                                     {"approver", "ben"}}}}));
  const auto tell = [&](std::string_view name, std::string_view when, json fields) {
    fields["incident"] = "SEC0001";
    office::tell(d, office::command(name, when, "ana", fields));
  };
  tell("move_incident", "2026-12-01T08:02:00Z", {{"state", "triage"}, {"note", "looking"}});
  tell("set_custom_fields", "2026-12-01T13:00:00Z", {{"custom", {{"users", 4}, {"vip", nullptr}}}});
  office::tell(d, office::command("publish", "2026-12-01T13:01:00Z", "host",
                                  {{"workflows",
                                    {{{"key", "guarded"},
                                      {"states",
                                       {{{"name", "new"}, {"kind", "new"}, {"initial", true}},
                                        {{"name", "old"}, {"kind", "in_progress"}},
                                        {{"name", "closed"}, {"kind", "closed"}}}},
                                      {"transitions",
                                       {{{"verb", "move"}, {"from", {"new"}}, {"to", "old"}},
                                        {{"verb", "close"}, {"from", {"old"}}, {"to", "closed"}}}}}}}}));
  office::tell(d, office::command("migrate_records", "2026-12-01T13:02:00Z", "host",
                                  {{"workflow", "guarded"}, {"states", {{{"from", "stale"}, {"to", "old"}}}}}));
}

// Tasks, links, waits, and what belongs to a record. Numbers of incidents go on from 43.
void tell_of_life(desk& d) {
  const std::string hash(64, '7');
  office::tell(d, office::command("publish", "2026-12-02T08:00:00Z", "host",
                                  {{"workflows",
                                    {{{"key", "patient"},
                                      {"states",
                                       {{{"name", "new"}, {"kind", "new"}, {"initial", true}},
                                        {{"name", "waiting"}, {"kind", "on_hold"}},
                                        {{"name", "resolved"}, {"kind", "resolved"}},
                                        {{"name", "closed"}, {"kind", "closed"}}}},
                                      {"transitions",
                                       {{{"verb", "hold"}, {"from", {"new", "waiting"}}, {"to", "waiting"}},
                                        {{"verb", "resume"}, {"from", {"waiting"}}},
                                        {{"verb", "resolve"}, {"from", {"new", "waiting"}}, {"to", "resolved"}},
                                        {{"verb", "reopen"}, {"from", {"resolved"}}, {"to", "new"}},
                                        {{"verb", "close"}, {"from", {"resolved"}}, {"to", "closed"}}}},
                                      {"hold_reasons",
                                       {{{"name", "proof"},
                                         {"remind_after", "P1D"},
                                         {"reminders_max", 1},
                                         {"after_reminders", "resolve"},
                                         {"longest", "P9D"},
                                         {"after_longest", "resume"},
                                         {"resolution_code", "silent"}}}},
                                      {"resolution_codes", {"fix", "silent"}},
                                      {"auto_close_after", "P2D"},
                                      {"verify_before_closing", true}}}}}));
  for (const char* workflow : {"patient", "incident", "incident", "incident", "incident"}) {
    office::tell(d,
                 office::log("2026-12-02T08:01:00Z", {{"workflow", workflow}, {"caller", "carla"}, {"team", "net"}}));
  }
  const auto tell = [&](int incident, std::string_view name, std::string_view when, json fields) {
    fields["incident"] = "INC00000" + std::to_string(incident);
    office::tell(d, office::command(name, when, "ana", fields));
  };
  tell(43, "add_task", "2026-12-02T08:02:00Z",
       {{"title", "Copy the contract"},
        {"description", "Carla has it"},
        {"owner", "ben"},
        {"team", "net"},
        {"due_at", "2026-12-02T12:00:00Z"},
        {"blocking", true}});
  tell(43, "add_task", "2026-12-02T08:03:00Z", {{"title", "Send it"}, {"depends_on", {1}}});
  tell(43, "add_task", "2026-12-02T08:04:00Z", {{"title", "Keep it"}, {"depends_on", {1, 2}}});
  tell(43, "change_task", "2026-12-02T08:05:00Z",
       {{"task", 3},
        {"title", "Keep it safe"},
        {"description", "In the safe"},
        {"owner", "ana"},
        {"team", "desk"},
        {"due_at", "2026-12-04T12:00:00Z"},
        {"blocking", false},
        {"depends_on", {2}}});
  tell(43, "change_task", "2026-12-02T08:06:00Z", {{"task", 3}, {"without_due", true}, {"without_dependencies", true}});
  tell(43, "hold_incident", "2026-12-02T09:00:00Z", {{"reason", "proof"}, {"follow_up_at", "2026-12-03T08:00:00Z"}});
  tell(43, "hold_incident", "2026-12-02T09:01:00Z", {{"reason", "proof"}, {"follow_up_at", "2026-12-03T08:30:00Z"}});
  tell(43, "add_reply", "2026-12-02T10:00:00Z", {{"text", "I am looking"}});
  tell(44, "link_records", "2026-12-02T10:01:00Z",
       {{"kind", "parent_of"}, {"other", "INC0000045"}, {"note", "One storm"}});
  tell(45, "link_records", "2026-12-02T10:02:00Z",
       {{"kind", "caused_by"}, {"outside", "problem"}, {"outside_key", "PRB 1"}});
  tell(45, "unlink_records", "2026-12-02T10:03:00Z",
       {{"kind", "caused_by"}, {"outside", "problem"}, {"outside_key", "PRB 1"}, {"reason", "Another one"}});
  tell(47, "mark_duplicate", "2026-12-02T10:04:00Z", {{"of", "INC0000046"}, {"reason", "The same cable"}});
  tell(46, "mark_duplicate", "2026-12-02T10:05:00Z", {{"of", "INC0000044"}});
  tell(45, "add_task", "2026-12-02T10:06:00Z", {{"title", "Look"}, {"blocking", true}});
  tell(44, "hold_incident", "2026-12-02T10:07:00Z", {{"reason", "awaiting_vendor"}});
  tell(44, "resolve_incident", "2026-12-02T10:08:00Z", {{"code", "fix"}, {"notes", "Dry again"}});
  tell(44, "reopen_incident", "2026-12-02T10:09:00Z", {{"reason", "Not quite"}});
  tell(44, "add_attachment", "2026-12-02T10:10:00Z",
       {{"name", "carla.png"},
        {"media_type", "image/png"},
        {"size", 77},
        {"sha256", hash},
        {"uri", "file:carla"},
        {"visibility", "requester"}});
  tell(44, "add_attachment", "2026-12-02T10:11:00Z", {{"name", "x"}, {"media_type", "text/plain"}, {"sha256", hash}});
  tell(44, "remove_attachment", "2026-12-02T10:12:00Z", {{"attachment", 2}, {"reason", "Nothing in it"}});
  tell(44, "log_work", "2026-12-02T10:13:00Z",
       {{"spent", "PT25M"}, {"began_at", "2026-12-02T09:00:00Z"}, {"person", "ben"}, {"text", "Dried Carla's room"}});
  tell(44, "restrict_incident", "2026-12-02T10:14:00Z", {{"people", {"ben"}}, {"teams", {"net"}}, {"reason", "Staff"}});
  tell(44, "lift_restriction", "2026-12-02T10:15:00Z", {{"reason", "Over"}});
  tell(44, "restrict_incident", "2026-12-02T10:16:00Z", {{"people", {"ana", "ben"}}, {"reason", "Staff again"}});
  tell(45, "convert_record", "2026-12-02T10:17:00Z", {{"type", "request"}, {"reason", "A wish"}});
  tell(45, "cancel_incident", "2026-12-02T10:18:00Z", {{"reason", "No wish"}});
  tell(43, "begin_task", "2026-12-02T13:00:00Z", {{"task", 1}});
  tell(43, "complete_task", "2026-12-02T13:01:00Z", {{"task", 1}, {"outcome", "Carla signed"}});
  tell(43, "skip_task", "2026-12-02T13:02:00Z", {{"task", 3}, {"reason", "No safe"}});
  d.advance(office::at("2026-12-08T00:00:00Z"));  // reminded, resolved, and not closed by the silence
  tell(43, "verify_resolution", "2026-12-08T08:00:00Z", {{"passed", false}, {"note", "It is not there"}});
  tell(43, "resolve_incident", "2026-12-08T09:00:00Z", {{"code", "fix"}, {"notes", "Found"}});
  tell(43, "verify_resolution", "2026-12-08T10:00:00Z", {{"passed", true}, {"note", "Carla has it"}});
}

// Templates, what machines report, and maintenance.
void tell_of_machines(desk& d) {
  const auto tell = [&](std::string_view name, std::string_view when, json fields) {
    office::tell(d, office::command(name, when, "host", fields));
  };
  tell("publish", "2026-12-09T08:00:00Z",
       {{"record_templates",
         {{{"key", "reset"},
           {"name", "Password reset"},
           {"type", "request"},
           {"title", "Password of {{user}}"},
           {"description", "For {{system|Windows}}"},
           {"location", "{{room|here}}"},
           {"category", "disk"},
           {"service", "mail"},
           {"team", "desk"},
           {"impact", "low"},
           {"urgency", "low"},
           {"severity", "sev5"},
           {"custom", {{{"field", "asset"}, {"text", "{{pc|none}}"}}}},
           {"reply", "<p>Dear {{user}}</p>"},
           {"visibility", "everyone"},
           {"html", true}}}},
        {"event_sources",
         {{{"key", "probe"},
           {"name", "Probes"},
           {"on_clear", "resolve"},
           {"resolution_code", "fix"},
           {"reopen_within", "PT1H"},
           {"incidents_max", 1},
           {"incidents_within", "PT5M"},
           {"template", "reset"}}}}});
  tell("log_incident", "2026-12-09T08:01:00Z",
       {{"template", "reset"},
        {"variables", {{{"name", "user"}, {"value", "Carla"}}}},
        {"custom", {{"asset", "pc 1"}}}});
  tell("add_update", "2026-12-09T08:02:00Z",
       {{"incident", "REQ0000001"}, {"template", "reset"}, {"variables", {{{"name", "user"}, {"value", "<Carla>"}}}}});
  json report = {{"source", "probe"},
                 {"dedup_key", "disk"},
                 {"signal", "raise"},
                 {"title", "Disk of Carla's"},
                 {"description", "Full"},
                 {"service", "mail"},
                 {"category", "disk"},
                 {"impact", "high"},
                 {"urgency", "high"},
                 {"severity", "sev1"},
                 {"occurred_at", "2026-12-09T08:00:00Z"},
                 {"team", "net"},
                 {"custom", {{"asset", "db1"}}},
                 {"labels", {{{"name", "host"}, {"value", "db1"}}}}};
  const auto event = [&](std::string_view when, std::string_view key, std::string_view signal,
                         json more = json::object()) {
    json fields = report;
    fields.update({{"dedup_key", key}, {"signal", signal}});
    fields.update(more);
    tell("report_event", when, fields);
  };
  event("2026-12-09T08:03:00Z", "disk", "raise");
  event("2026-12-09T08:04:00Z", "disk", "raise", {{"title", "Disk, again"}});
  event("2026-12-09T08:04:30Z", "cpu", "raise");
  event("2026-12-09T08:05:00Z", "disk", "clear");
  event("2026-12-09T08:06:00Z", "nothing", "clear");
  event("2026-12-09T08:07:00Z", "beat", "heartbeat", {{"expires_after", "PT1M"}});
  tell("schedule_maintenance", "2026-12-09T08:10:00Z",
       {{"key", "disks"},
        {"from", "2026-12-09T08:20:00Z"},
        {"until", "2026-12-09T09:00:00Z"},
        {"services", {"mail"}},
        {"sources", {"probe"}},
        {"where", {{"==", {{{"var", "impact"}}, "high"}}}},
        {"reason", "New disks"}});
  event("2026-12-09T08:30:00Z", "held", "raise");
  event("2026-12-09T08:31:00Z", "gone", "raise");
  event("2026-12-09T08:32:00Z", "gone", "clear");
  d.advance(office::at("2026-12-09T09:00:00Z"));
  tell("schedule_maintenance", "2026-12-09T09:10:00Z",
       {{"key", "more"}, {"from", "2026-12-09T09:10:00Z"}, {"until", "2026-12-09T10:00:00Z"}, {"reason", "More"}});
  tell("cancel_maintenance", "2026-12-09T09:20:00Z", {{"key", "more"}, {"reason", "Not today"}});
}

// Every event of a clock.
void tell_of_clocks(desk& d) {
  const json office_hours = {
      {"key", "office"},
      {"name", "Office hours"},
      {"zone", "Europe/Vienna"},
      {"weekly",
       {{{"days", {"monday", "tuesday", "wednesday", "thursday", "friday"}}, {"start", "08:00"}, {"end", "17:00"}}}},
      {"holidays", {{{"name", "Christmas"}, {"month", 12}, {"day", 25}}}},
      {"breaks", {{{"date", "2026-12-24"}, {"start", "12:00"}, {"end", "17:00"}}}}};
  json resolution = {
      {"key", "resolution"},
      {"name", "Resolution"},
      {"kind", "sla"},
      {"metric", "resolution"},
      {"where", {{"==", {{{"var", "service"}}, "mail"}}}},
      {"targets", {{{"priority", "critical"}, {"duration", "PT1H"}}, {{"duration", "PT8H"}}}},
      {"calendar", "office"},
      {"pauses", "listed"},
      {"pause_reasons", {"awaiting_caller"}},
      {"thresholds", {{{"name", "half"}, {"percent", 50}, {"notify", {"assignee", "ben"}}, {"escalate", "night"}}}}};
  const json vendor = {{"key", "vendor"},
                       {"kind", "underpinning_contract"},
                       {"metric", "custom"},
                       {"start", {{"==", {{{"var", "hold_reason"}}, "awaiting_vendor"}}}},
                       {"stop", {{"!=", {{{"var", "state_kind"}}, "on_hold"}}}},
                       {"targets", {{{"end_of_business_day", 2}}}},
                       {"calendar", "office"}};
  const json by_service = {{"key", "by_service"},
                           {"kind", "ola"},
                           {"metric", "acknowledgement"},
                           {"targets", {{{"date_field", "detected_at"}}, {{"duration", "PT1H"}}}},
                           {"calendar_sources", {"service"}}};
  const auto publish = [&](std::string_view when, const json& policies) {
    office::tell(d, office::command("publish", when, "host",
                                    {{"business_calendars", {office_hours}}, {"sla_policies", policies}}));
  };
  const std::string number = d.show_number(d.state().counters.last_number + 1);
  const auto tell = [&](std::string_view name, std::string_view when, json fields) {
    fields["incident"] = number;
    office::tell(d, office::command(name, when, "ben", fields));
  };
  publish("2026-12-16T08:00:00Z", json::array({by_service}));
  office::tell(d, office::log("2026-12-16T08:01:00Z", {{"service", "mail"}, {"team", "net"}}));
  publish("2026-12-16T08:02:00Z", json::array({resolution, vendor}));
  tell("hold_incident", "2026-12-16T08:03:00Z", {{"reason", "awaiting_vendor"}});
  d.advance(office::at("2026-12-16T13:00:00Z"));
  tell("prioritise_incident", "2026-12-16T14:00:00Z", {{"impact", "high"}, {"urgency", "high"}});
  tell("excuse_breach", "2026-12-16T14:01:00Z", {{"policy", "resolution"}, {"reason", "A storm"}, {"approver", "ana"}});
  tell("prioritise_incident", "2026-12-16T14:02:00Z", {{"impact", "low"}, {"urgency", "low"}});
  resolution["withdrawn"] = true;
  publish("2026-12-16T14:03:00Z", json::array({resolution}));
}

entry last_of_purge(desk d) {
  office::tell(d, office::command("purge_records", "2027-03-10T10:00:00Z", "host",
                                  {{"ended_before", "2027-01-01T00:00:00Z"}, {"limit", 1}, {"reason", "Old"}}));
  d.verify();
  return d.read_entry(d.state().counters.sequence);
}

// Who is on call: every definition with every member, and the commands that change it.
void tell_of_oncall(desk& d) {
  const json week = json::array({"monday", "tuesday", "wednesday", "thursday", "friday"});
  const json rotations = {{{"key", "primary"},
                           {"name", "Primary"},
                           {"type", "daily"},
                           {"length", 2},
                           {"zone", "Europe/Brussels"},
                           {"start", "2026-12-14T09:00"},
                           {"participants", {{{"people", {"ana", "ben"}}}, {{"people", {"carla"}}}}},
                           {"extend", true},
                           {"active_days", week},
                           {"absence", "cover"},
                           {"in_force_from", "2026-12-17T08:00:00Z"}},
                          {{"key", "tour"},
                           {"type", "custom"},
                           {"custom_length", "PT36H"},
                           {"zone", "UTC"},
                           {"start", "2026-12-14T09:00:30.5"},
                           {"participants", json::array()},
                           {"on_call", "PT12H"}}};
  const json schedules = {{{"key", "database"},
                           {"name", "Database"},
                           {"zone", "Europe/Brussels"},
                           {"combination", "top_priority"},
                           {"layers",
                            {{{"name", "First"}, {"rotation", "primary"}, {"priority", 1}},
                             {{"rotation", "primary"},
                              {"turns_ahead", 1},
                              {"shadow", true},
                              {"zone", "UTC"},
                              {"restrictions", {{{"days", week}, {"start", "22:00"}, {"end", "06:00"}}}},
                              {"active_from", "2026-12-01T00:00:00Z"},
                              {"active_until", "2027-12-01T00:00:00Z"}},
                             {{"people", {"dora"}}}}},
                           {"in_force_from", "2026-12-17T08:00:00Z"}}};
  const json contact = {{{"person", "ben"},
                         {"zone", "Europe/Brussels"},
                         {"methods",
                          {{{"key", "app"}, {"kind", "push"}, {"disabled", true}},
                           {{"key", "phone"}, {"kind", "call"}, {"address", "+32 2 555 88 88"}}}},
                         {"rules", {{{"method", "phone"}, {"after", "PT5M"}, {"urgency", "high"}}}},
                         {"quiet_hours", {{{"days", {"sunday"}}, {"start", "00:00"}, {"end", "24:00"}}}},
                         {"quiet_override", "sev1"}}};
  const json roles = {{{"key", "commander"},
                       {"name", "Incident commander"},
                       {"holders", {{{"person", "ben"}, {"qualified_until", "2026-12-17T09:00:00Z"}}}},
                       {"schedule", "database"},
                       {"teams", {"net"}}}};
  const auto tell = [&](std::string_view name, std::string_view when, std::string_view who, const json& fields) {
    office::tell(d, office::command(name, when, who, fields));
  };
  tell("publish", "2026-12-17T08:00:00Z", "host",
       {{"rotations", rotations}, {"schedules", schedules}, {"contact_profiles", contact}, {"roles", roles}});
  tell("publish", "2026-12-17T08:01:00Z", "host",
       {{"schedule_overrides",
         {{{"key", "drill"},
           {"schedule", "database"},
           {"kind", "exclusive"},
           {"people", {"dora"}},
           {"rank", 2},
           {"from", "2026-12-19T00:00:00Z"},
           {"until", "2026-12-20T00:00:00Z"}}}},
        {"shift_swaps",
         {{{"key", "old"},
           {"schedule", "database"},
           {"giver", "ana"},
           {"taker", "ben"},
           {"from", "2026-12-21T00:00:00Z"},
           {"until", "2026-12-22T00:00:00Z"},
           {"state", "accepted"}}}},
        {"absences",
         {{{"key", "leave"},
           {"person", "dora"},
           {"cover", "ana"},
           {"from", "2026-12-24T00:00:00Z"},
           {"until", "2026-12-27T00:00:00Z"}}}}});
  tell("override_schedule", "2026-12-17T08:02:00Z", "ana",
       {{"key", "shift"},
        {"schedule", "database"},
        {"kind", "replace"},
        {"people", {"dora"}},
        {"replaced", "ana"},
        {"from", "2026-12-18T00:00:00Z"},
        {"until", "2026-12-19T00:00:00Z"}});
  tell("withdraw_override", "2026-12-17T08:03:00Z", "ana", {{"override", "shift"}});
  tell("propose_swap", "2026-12-17T08:04:00Z", "ana",
       {{"key", "trade"},
        {"schedule", "database"},
        {"giver", "ana"},
        {"taker", "carla"},
        {"from", "2026-12-18T00:00:00Z"},
        {"until", "2026-12-19T00:00:00Z"},
        {"back_from", "2026-12-21T00:00:00Z"},
        {"back_until", "2026-12-22T00:00:00Z"},
        {"lapses_at", "2026-12-17T12:00:00Z"}});
  tell("accept_swap", "2026-12-17T08:05:00Z", "carla", {{"swap", "trade"}});
  tell("propose_swap", "2026-12-17T08:06:00Z", "ben",
       {{"schedule", "database"},
        {"giver", "ben"},
        {"taker", "ana"},
        {"from", "2026-12-22T00:00:00Z"},
        {"until", "2026-12-23T00:00:00Z"}});
  tell("decline_swap", "2026-12-17T08:07:00Z", "ana", {{"swap", "shift_swap-3"}});
  tell("record_absence", "2026-12-17T08:08:00Z", "ben",
       {{"person", "ben"}, {"cover", "dora"}, {"from", "2026-12-18T00:00:00Z"}, {"until", "2026-12-19T00:00:00Z"}});
  tell("withdraw_absence", "2026-12-17T08:09:00Z", "ben", {{"absence", "absence-2"}});
  office::tell(d, office::log("2026-12-17T09:00:00Z", {{"team", "net"}, {"assignee", "dora"}}));
}

// Every answer to a page, and every event of a run.
void tell_of_escalations(desk& d) {
  const auto person = [](std::string_view key) { return json{{"kind", "person"}, {"key", key}}; };
  const auto of_team = [](std::string_view key) { return json{{"kind", "team"}, {"key", key}}; };
  json flood = json::array();
  for (int i = 0; i < 160; ++i) {
    flood.push_back(
        {{"key", "n" + std::to_string(i)}, {"kind", "declare_major"}, {"next", "n" + std::to_string(i + 1)}});
  }
  flood.push_back({{"key", "n160"}, {"kind", "stop"}});
  const json night = {{"key", "night"},
                      {"name", "By night"},
                      {"steps",
                       {{{"targets", {person("ana")}}, {"delay", "PT5M"}},
                        {{"targets", {of_team("net"), of_team("empty")}},
                         {"delay", "PT5M"},
                         {"urgency", "medium"},
                         {"acknowledgement", "some"},
                         {"needed", 1}}}},
                      {"repeat", 1},
                      {"acknowledgement_timeout", "PT30M"},
                      {"triggers",
                       {{{"on", "logged"}, {"condition", {{"==", {{{"var", "title"}}, "Night falls"}}}}},
                        {{"on", "unassigned_for"}, {"after", "PT2H"}, {"calendar", "office"}},
                        {{"on", "threshold"}, {"threshold", "half"}}}}};
  const json graph = {
      {"key", "graph"},
      {"nobody", "go_on"},
      {"late", "skip"},
      {"follows", "live"},
      {"catch_up", "PT1M"},
      {"start", "grave"},
      {"nodes",
       {{{"key", "grave"},
         {"kind", "branch"},
         {"condition", {{"==", {{{"var", "run.pass"}}, 1}}}},
         {"next", "empty"},
         {"otherwise", "stop"}},
        {{"key", "empty"}, {"kind", "notify"}, {"targets", {of_team("empty")}}, {"delay", "PT1M"}, {"next", "script"}},
        {{"key", "script"}, {"kind", "run"}, {"automation", "restart"}, {"next", "level"}},
        {{"key", "level"}, {"kind", "hand_over"}, {"team", "net"}, {"level", 2}, {"reason", "Network"}, {"next", "up"}},
        {{"key", "up"}, {"kind", "raise"}, {"delay", "PT2M"}, {"reason", "Silence"}, {"next", "patience"}},
        {{"key", "patience"}, {"kind", "wait"}, {"delay", "PT1M"}, {"calendar", "office"}, {"next", "again"}},
        {{"key", "again"}, {"kind", "repeat"}, {"to", "grave"}, {"times", 1}, {"next", "stop"}},
        {{"key", "stop"}, {"kind", "stop"}}}}};
  office::tell(d, office::command("publish", "2026-12-29T08:00:00Z", "host",
                                  {{"people", {{{"key", "ana"}, {"manager", "ben"}}}},
                                   {"teams",
                                    {{{"key", "desk"}, {"members", {"ana"}}, {"escalates_to", "net"}},
                                     {{"key", "empty"}, {"name", "Nobody"}}}},
                                   {"services", {{{"key", "night"}, {"owner_team", "net"}}}},
                                   {"escalation_policies", {night, graph, {{"key", "flood"}, {"nodes", flood}}}}}));
  const std::string number = d.show_number(d.state().counters.last_number + 1);
  const auto tell = [&](std::string_view name, std::string_view when, json fields = json::object()) {
    fields["incident"] = number;
    office::tell(d, office::command(name, when, "ben", fields));
  };
  const auto at_time = [](const char* time) { return "2026-12-29T" + std::string(time) + "Z"; };
  const auto advance = [&](const char* time) { d.advance(office::at(at_time(time))); };
  office::tell(d, office::log(at_time("08:01:00"), {{"title", "Night falls"}, {"service", "night"}, {"team", "desk"}}));
  advance("08:06:00");
  tell("report_delivery", at_time("08:06:30"),
       {{"run", 1}, {"version", 2}, {"person", "ben"}, {"method", "phone"}, {"outcome", "failed"}, {"detail", "Busy"}});
  tell("acknowledge_page", at_time("08:07:00"), {{"run", 1}, {"step", 1}, {"version", 3}});
  tell("unacknowledge_page", at_time("08:08:00"), {{"reason", "Not mine"}});
  tell("acknowledge_page", at_time("08:09:00"));
  advance("08:39:00");
  tell("snooze_escalation", at_time("08:40:00"), {{"until", at_time("08:50:00")}, {"version", 5}});
  advance("08:50:00");
  tell("escalate", at_time("08:51:00"), {{"kind", "next_step"}, {"step", 1}, {"version", 6}});
  tell("escalate", at_time("08:52:00"), {{"kind", "functional"}, {"reason", "Network"}});
  tell("hand_over", at_time("08:53:00"), {{"team", "desk"}, {"assignee", "ana"}, {"reason", "Back"}});
  tell("escalate", at_time("08:54:00"), {{"kind", "hierarchical"}, {"reason", "No progress"}});
  tell("start_escalation", at_time("08:55:00"), {{"policy", "graph"}, {"reason", "By hand"}});
  tell("start_escalation", at_time("08:56:00"), {{"policy", "flood"}});
  advance("10:30:00");
  tell("resolve_incident", at_time("10:31:00"), {{"code", "fix"}, {"notes", "Day"}});
  office::tell(d, office::log(at_time("10:32:00"), {{"title", "Night falls"}}));
  advance("11:32:00");
}

// More than one person should be paged.
void tell_of_storms(desk& d) {
  const json storm = {
      {"key", "storm"},
      {"steps", {{{"targets", {{{"kind", "person"}, {"key", "ben"}}}}, {"delay", "PT1H"}}}},
      {"triggers", {{{"on", "logged"}, {"condition", {{"==", {{{"var", "title"}}, "A storm breaks"}}}}}}},
      {"storms", {{"window", "PT2M"}, {"person_pages", 3}, {"service_pages", 1}, {"spared", "high"}}}};
  office::tell(d, office::command("publish", "2027-01-02T08:00:00Z", "host", {{"escalation_policies", {storm}}}));
  for (int i = 0; i < 3; ++i) {
    office::tell(d, office::log("2027-01-02T08:01:00Z", {{"title", "A storm breaks"}, {"service", "mail"}}));
  }
  d.advance(office::at("2027-01-02T08:10:00Z"));
}

// The id of the last effect of this kind, as the outbox gives it.
template <class Effect>
std::uint64_t last_effect(const desk& d) {
  for (std::uint64_t s = d.state().counters.sequence; s != 0; --s) {
    const entry e = d.read_entry(s);
    for (std::size_t i = e.events.size(); i-- != 0;) {
      if (e.events[i].body.holds<Effect>()) return effect_id(s, i);
    }
  }
  return 0;
}

// What becomes of what was sent, and how satisfied people are.
void tell_of_answers(desk& d) {
  const std::uint64_t last = d.state().counters.last_number;
  const std::string sender = d.show_number(last - 1);
  const auto tell = [&](std::string_view name, std::string_view when, std::string_view who, const json& fields) {
    office::tell(d, office::command(name, when, who, fields));
  };
  office::tell(d, office::resolve("2027-01-02T08:11:00Z", d.show_number(last)));
  tell("acknowledge_bundle", "2027-01-02T08:12:00Z", "ben",
       {{"incident", sender}, {"bundle", last_effect<page_bundle>(d)}});
  const json reply = {{"key", "reply"}, {"title", "x"}, {"html", true}, {"reply", "<p>{{caller.name}}</p>"}};
  tell("publish", "2027-01-02T08:13:00Z", "host",
       {{"record_templates", {reply}},
        {"vendors", {{{"key", "disks"}, {"name", "Disks Ltd"}, {"mail", "m"}, {"phone", "1"}, {"support", "4711"}}}},
        {"teams", {{{"key", "net"}, {"members", {"ben"}}, {"schedule", "database"}}}}});
  office::tell(d, office::log("2027-01-02T08:14:00Z", {{"caller", "carla"}}));
  office::tell(d, office::log("2027-01-02T08:14:00Z", {{"caller", "dora"}}));
  const std::string original = d.show_number(last + 1);
  const std::string duplicate = d.show_number(last + 2);
  tell("mark_duplicate", "2027-01-02T08:15:00Z", "ben", {{"incident", duplicate}, {"of", original}});
  tell("add_update", "2027-01-02T08:16:00Z", "ben", {{"incident", original}, {"template", "reply"}});
  tell("report_notice", "2027-01-02T08:17:00Z", "host",
       {{"incident", duplicate},
        {"notice", last_effect<requester_notice>(d)},
        {"outcome", "failed"},
        {"method", "mail"},
        {"detail", "No such address"}});
  office::tell(d, office::resolve("2027-01-02T08:18:00Z", original));
  tell("rate_resolution", "2027-01-02T08:19:00Z", "dora",
       {{"incident", duplicate}, {"score", 4}, {"comment", "Dora waited"}});
  tell("close_incident", "2027-01-02T08:20:00Z", "ben", {{"incident", original}});
  tell("rate_resolution", "2027-01-02T08:21:00Z", "host", {{"incident", original}, {"score", 5}, {"person", "carla"}});
}

// Of a desk of its own, which is opened again with newer zone data.
entry first_on_newer_zones() {
  const conformance::temporary_file file;
  const auto with = [&](const std::string& zones) {
    sqlite_options where;
    where.path = file.path();
    desk_options options;
    options.zone_data = zones;
    return office::open(open_sqlite_store(where), options);
  };
  {
    desk d = with(zone_pack::text("2026a", {3600}, {}));
    office::tell(d, office::furniture());
  }
  desk d = with(zone_pack::text("2026b", {3600}, {}));
  d.advance(office::at("2026-11-24T00:00:00Z"));
  return d.read_entry(d.state().counters.sequence);
}

// Agreed maintenance, and clocks of tasks.
void tell_of_agreements(desk& d) {
  const json resolution = {{"key", "careful"},       {"kind", "ola"},
                           {"metric", "resolution"}, {"targets", {{{"duration", "PT3H"}}}},
                           {"calendar", "office"},   {"excludes_maintenance", true}};
  const json tasks = {{"key", "tasks"},
                      {"kind", "ola"},
                      {"metric", "task"},
                      {"targets", {{{"duration", "PT1H"}}}},
                      {"calendar", "office"}};
  const auto tell = [&](std::string_view name, std::string_view when, const json& fields) {
    office::tell(d, office::command(name, when, "ben", fields));
  };
  tell("publish", "2026-12-30T08:00:00Z", {{"sla_policies", {resolution, tasks}}});
  office::tell(d, office::log("2026-12-30T08:01:00Z", {{"service", "mail"}, {"team", "net"}}));
  const std::string number = d.show_number(d.state().counters.last_number);
  tell("add_task", "2026-12-30T08:02:00Z",
       {{"incident", number}, {"title", "Order disks"}, {"due_in", "PT2H"}, {"due_calendar", "office"}});
  tell("change_task", "2026-12-30T08:03:00Z",
       {{"incident", number}, {"task", 1}, {"due_business_days", 1}, {"due_calendar", "office"}});
  tell("schedule_maintenance", "2026-12-30T08:10:00Z",
       {{"key", "cables"},
        {"from", "2026-12-30T09:00:00Z"},
        {"until", "2026-12-30T11:00:00Z"},
        {"services", {"mail"}},
        {"reason", "New cables"}});
  tell("change_maintenance", "2026-12-30T08:20:00Z",
       {{"key", "cables"}, {"until", "2026-12-30T10:00:00Z"}, {"reason", "Fewer cables"}});
  d.advance(office::at("2026-12-30T10:00:00Z"));
}

// Classes of incidents, and a category that another takes the place of.
void tell_of_classes(desk& d) {
  const json outage = {{"key", "outage"},
                       {"name", "All is down"},
                       {"incident_class", "emergency"},
                       {"when", {{"==", {{{"var", "severity"}}, "sev1"}}}}};
  office::tell(
      d,
      office::command(
          "publish", "2026-12-31T08:00:00Z", "host",
          {{"incident_class_policies", {{{"key", "incident"}, {"rules", {outage}}}}},
           {"metrics",
            {{{"key", "work"}, {"start", "opened"}, {"stop", "resolved"}, {"cycle", "sum"}, {"without_holds", true}}}},
           {"record_templates", {{{"key", "down"}, {"title", "Down"}, {"severity", "sev1"}}}},
           {"categories",
            {{{"key", "disk"}, {"parent", "hardware"}, {"retired", true}, {"replaced_by", "hardware"}}}}}));
  office::tell(d, office::log("2026-12-31T08:01:00Z", {{"template", "down"}}));
}

// Rules that give what is logged to people, in every way that there is.
void tell_of_assignment_rules(desk& d) {
  const auto tell = [&](std::string_view name, std::string_view when, const json& fields) {
    office::tell(d, office::command(name, when, "host", fields));
  };
  const auto titled = [](const char* title) { return json{{"==", {{{"var", "title"}}, title}}}; };
  const json shared = {{"team", "crew"}, {"role", "router"}, {"working_hours", true}, {"capacity", 9}};
  const auto rule = [&](const char* key, int order, const json& more) {
    json r = {{"key", key}, {"order", order}};
    r.update(more);
    return r;
  };
  json skilled = {{"strategy", "by_skills"},
                  {"condition", titled("Skills")},
                  {"mandatory_skills", {{{"skill", "network"}, {"level", 2}}}},
                  {"wanted_skills", {{{"skill", "german"}}}},
                  {"if_nobody", "next_rule"}};
  skilled.update(shared);
  tell("publish", "2026-12-31T09:00:00Z",
       {{"skills", {{{"key", "network"}, {"name", "Networks"}}, {{"key", "german"}, {"retired", true}}}},
        {"people",
         {{{"key", "ana"}, {"capacity", 5}, {"skills", {{{"skill", "network"}, {"level", 3}}, {{"skill", "german"}}}}},
          {{"key", "ben"}, {"capacity", 0}}}},
        {"teams", {{{"key", "crew"}, {"members", {"ben", "ana"}}}}},
        {"roles", {{{"key", "router"}, {"holders", {{{"person", "ana"}}, {{"person", "ben"}}}}}}},
        {"assignment_rules",
         {rule("nobody", 5,
               {{"strategy", "fixed"},
                {"person", "ben"},
                {"team", "crew"},
                {"condition", titled("Skills")},
                {"if_nobody", "next_rule"}}),
          rule("skills", 10, skilled), rule("host", 20, {{"strategy", "host"}, {"condition", titled("Host")}}),
          rule("default", 100, {{"strategy", "round_robin"}, {"name", "Everything else"}, {"team", "crew"}})}}});
  office::tell(d, office::log("2026-12-31T09:01:00Z", {{"title", "Skills"}}));
  const std::string number = d.show_number(d.state().counters.last_number);
  office::tell(d, office::log("2026-12-31T09:02:00Z", {{"title", "Host"}}));
  tell("apply_assignment_rules", "2026-12-31T09:03:00Z",
       {{"incident", number}, {"rule", "default"}, {"except", {"ana"}}, {"reason", "She is at lunch"}});
}

void tell_of_known_errors(desk& d) {
  office::tell(d, office::log("2027-01-03T08:00:00Z", {{"title", "No login: ORA-12541"}}));
  const std::string incident = d.show_number(d.state().counters.last_number);
  const auto tell = [&](const char* command, const char* at, json members) {
    members["command"] = command;
    members["at"] = at;
    members["actor"] = "ana";
    office::tell(d, members);
  };
  tell("publish_known_error", "2027-01-03T08:01:00Z",
       {{"title", "Listener stops"},
        {"symptoms", "Nobody can log in"},
        {"cause", "The patch of the night"},
        {"workaround", "Start it by hand"},
        {"solution", "The next patch"},
        {"error_codes", {"ORA-12541"}},
        {"category", "hardware"},
        {"affected_services", {"mail"}},
        {"affected_versions", {"19.3"}},
        {"valid_until", "2028-01-01T00:00:00Z"},
        {"review_at", "2027-06-01T00:00:00Z"}});
  tell("publish_known_error", "2027-01-03T08:02:00Z", {{"title", "Disk is full"}, {"symptoms", "Nothing is written"}});
  tell("revise_known_error", "2027-01-03T08:03:00Z",
       {{"known_error", "KE0000001"},
        {"title", "Listener is stopped"},
        {"symptoms", "Nobody can log in"},
        {"reason", "It does not stop by itself"}});
  tell("link_known_error", "2027-01-03T08:04:00Z", {{"incident", incident}, {"known_error", "KE0000001"}});
  tell("link_known_error", "2027-01-03T08:05:00Z",
       {{"incident", incident}, {"known_error", "KE0000001"}, {"outcome", "not_helped"}});
  tell("link_known_error", "2027-01-03T08:06:00Z",
       {{"incident", incident}, {"known_error", "KE0000001"}, {"outcome", "helped"}});
  tell("link_article", "2027-01-03T08:06:10Z",
       {{"record", incident}, {"key", "KB7"}, {"title", "How to start it"}, {"url", "https://kb.example.org/7"}});
  tell("link_article", "2027-01-03T08:06:20Z", {{"record", incident}, {"key", "KB8"}, {"title", "What it is"}});
  tell("unlink_article", "2027-01-03T08:06:30Z", {{"record", incident}, {"key", "KB8"}});
  tell("retire_known_error", "2027-01-03T08:07:00Z",
       {{"known_error", "KE0000001"}, {"reason", "The next patch came"}, {"superseded_by", "KE0000002"}});
}

// A cascade that stops at a child which its actor does not see, and texts that are erased.
void tell_of_permissions(desk& d) {
  const auto tell = [&](const char* command, const char* at, const char* actor, json members) {
    members["command"] = command;
    members["at"] = at;
    members["actor"] = actor;
    office::tell(d, members);
  };
  const auto log = [&](const char* at, const char* title) {
    office::tell(d, office::log(at, {{"title", title}, {"caller", "carla"}, {"location", "Room 7"}}));
    return d.show_number(d.state().counters.last_number);
  };
  const std::string parent = log("2027-01-03T09:00:00Z", "Carla's mail is down");
  const std::string child = log("2027-01-03T09:01:00Z", "Dora's mail is down");
  tell("link_records", "2027-01-03T09:02:00Z", "host", {{"incident", parent}, {"kind", "parent_of"}, {"other", child}});
  const json anything = {{"relations", {"anyone"}}, {"commands", {"*"}}, {"queries", {"*"}}};
  tell("publish", "2027-01-03T09:03:00Z", "host",
       {{"permission_policies",
         {{{"key", "all"}, {"grants", {anything}}, {"retired", true}}, {{"key", "golden"}, {"grants", {anything}}}}}});
  tell("restrict_incident", "2027-01-03T09:04:00Z", "host",
       {{"incident", child}, {"people", {"ben"}}, {"reason", "For few eyes"}});
  tell("hold_incident", "2027-01-03T09:05:00Z", "ana",
       {{"incident", parent}, {"reason", "awaiting_vendor"}, {"note", "Carla's laptop"}});
  tell("add_task", "2027-01-03T09:06:00Z", "ana",
       {{"incident", parent}, {"title", "Call Carla"}, {"idempotency_key", "carla 1"}});
  tell("erase_personal", "2027-01-03T09:07:00Z", "host",
       {{"record", parent}, {"reason", "On request"}, {"texts", true}});
  tell("set_affected_items", "2027-01-03T09:08:00Z", "host",
       {{"incident", parent}, {"items", {{{"item", "mail"}, {"how", "degraded"}}, {{"item", "night"}}}}});
}

// Problems and recurrence.
void tell_of_problems(desk& d) {
  const auto tell = [&](std::string_view command, const char* at, const json& fields) {
    office::tell(d, office::command(command, at, "host", fields));
  };
  tell("publish", "2027-01-03T09:10:00Z",
       {{"recurrence_rules",
         {{{"key", "again"},
           {"name", "Again and again"},
           {"group_by", {"fingerprint"}},
           {"condition", {{"!", {{{"==", {{{"var", "impact"}}, "low"}}}}}}},
           {"count", 2},
           {"window", "P7D"}}}}});
  std::vector<std::string> incidents;
  const auto log = [&](const char* at, const char* title) {
    office::tell(d, office::command("log_incident", at, "ana", {{"title", title}, {"team", "net"}}));
    incidents.push_back(d.show_number(d.state().counters.last_number));
  };
  log("2027-01-03T09:11:00Z", "The printer hums");
  log("2027-01-03T09:12:00Z", "The printer hums");
  log("2027-01-03T09:13:00Z", "The printer hums");
  tell("accept_proposal", "2027-01-03T09:14:00Z",
       {{"proposal", "PRP0000001"}, {"title", "Printers hum"}, {"team", "net"}, {"assignee", "ben"}});
  log("2027-01-03T09:15:00Z", "No paper");
  log("2027-01-03T09:16:00Z", "No paper");
  tell("merge_proposal", "2027-01-03T09:17:00Z", {{"proposal", "PRP0000002"}, {"into", "PRB0000001"}});
  log("2027-01-03T09:18:00Z", "No ink");
  log("2027-01-03T09:19:00Z", "No ink");
  tell("reject_proposal", "2027-01-03T09:20:00Z", {{"proposal", "PRP0000003"}, {"reason", "Ink is used up"}});
  log("2027-01-03T09:20:01Z", "It is loud");
  log("2027-01-03T09:20:02Z", "It smells");
  const std::string loud = incidents[7];
  const std::string smelly = incidents[8];
  tell("log_problem", "2027-01-03T09:21:00Z",
       {{"title", "Printers are old"},
        {"description", "All of them"},
        {"origin", "proactive"},
        {"incidents", {loud, smelly}},
        {"category", "hardware"},
        {"service", "mail"},
        {"impact", "low"},
        {"urgency", "low"},
        {"team", "net"},
        {"assignee", "ben"}});
  const json problem = {{"problem", "PRB0000002"}};
  const auto of_problem = [&](std::string_view command, const char* at, json fields) {
    fields.update(problem);
    tell(command, at, fields);
  };
  tell("begin_work", "2027-01-03T09:22:00Z", {{"incident", "PRB0000002"}});
  of_problem("state_cause", "2027-01-03T09:23:00Z", {{"text", "Rubber ages"}});
  of_problem("state_cause", "2027-01-03T09:24:00Z",
             {{"text", "Nobody replaces it"}, {"explains", {{{"cause", 1}, {"role", "contributing"}}}}});
  of_problem("state_cause", "2027-01-03T09:25:00Z", {{"cause", 1}, {"text", "The rubber ages"}});
  of_problem("add_cause_evidence", "2027-01-03T09:26:00Z",
             {{"cause", 1}, {"text", "It is hard"}, {"weight", "supports"}});
  of_problem("add_diagnostic_action", "2027-01-03T09:27:00Z",
             {{"text", "Replaced it"}, {"result", "It is quiet"}, {"cause", 1}});
  of_problem("decide_cause", "2027-01-03T09:28:00Z",
             {{"cause", 1}, {"status", "confirmed"}, {"reason", "It is quiet"}});
  of_problem("communicate_workaround", "2027-01-03T09:29:00Z", {{"text", "Use the other one"}});
  of_problem("communicate_fix", "2027-01-03T09:30:00Z", {{"text", "New rubber is there"}});
  of_problem("raise_known_error", "2027-01-03T09:31:00Z",
             {{"symptoms", "It hums"},
              {"workaround", "Use the other one"},
              {"solution", "New rubber"},
              {"error_codes", {"HUM 1"}},
              {"affected_versions", {"2"}},
              {"valid_until", "2028-01-01T00:00:00Z"},
              {"review_at", "2027-06-01T00:00:00Z"}});
  for (const std::string& one : {loud, smelly}) {
    tell("hold_incident", "2027-01-03T09:32:00Z", {{"incident", one}, {"reason", "awaiting_problem"}});
  }
  of_problem("accept_risk", "2027-01-03T09:33:00Z",
             {{"reason", "They go next year"},
              {"review_at", "2027-01-03T09:50:00Z"},
              {"outcome", "resolve"},
              {"code", "workaround"},
              {"decisions", {{{"incident", loud}, {"outcome", "resume"}, {"notes", "By hand"}}}}});
  // More than one entry holds
  json many = json::array();
  for (int i = 0; i < 45; ++i) {
    office::tell(d,
                 office::command("log_incident", "2027-01-03T09:40:00Z", "ana", {{"title", "x"}, {"impact", "low"}}));
    many.push_back(d.show_number(d.state().counters.last_number));
  }
  tell("log_problem", "2027-01-03T09:41:00Z", {{"title", "Many"}, {"incidents", many}});
  tell("begin_work", "2027-01-03T09:42:00Z", {{"incident", "PRB0000003"}});
  for (const json& one : many) {
    tell("hold_incident", "2027-01-03T09:43:00Z", {{"incident", one}, {"reason", "awaiting_problem"}});
  }
  tell("resolve_incident", "2027-01-03T09:44:00Z",
       {{"incident", "PRB0000003"}, {"code", "fix_applied"}, {"notes", "Patched"}});
  d.advance(office::at("2027-01-03T09:55:00Z"));
}

// Changes and remediation.
void tell_of_changes(desk& d) {
  const auto tell = [&](std::string_view command, const char* at, const json& fields) {
    office::tell(d, office::command(command, at, "host", fields));
  };
  json many = json::array();  // more than one entry holds
  for (int i = 0; i < 40; ++i) {
    office::tell(d, office::command("log_incident", "2027-01-03T09:55:10Z", "ana",
                                    {{"title", "It is slow"}, {"impact", "low"}, {"assignee", "ana"}}));
    many.push_back(d.show_number(d.state().counters.last_number));
    tell("hold_incident", "2027-01-03T09:55:10Z", {{"incident", many.back()}, {"reason", "awaiting_change"}});
  }
  tell("log_problem", "2027-01-03T09:55:11Z", {{"title", "It is old"}});
  tell("log_change", "2027-01-03T09:55:12Z",
       {{"title", "Replace it"},
        {"description", "By a new one"},
        {"kind", "standard"},
        {"risk", "high"},
        {"planned_from", "2027-01-03T09:50:00Z"},
        {"planned_until", "2027-01-03T10:30:00Z"},
        {"items", {{{"item", "mail"}, {"how", "degraded"}}}},
        {"incidents", many},
        {"problems", {"PRB0000004"}},
        {"category", "hardware"},
        {"service", "mail"},
        {"team", "net"},
        {"assignee", "ben"}});
  tell("plan_change", "2027-01-03T09:55:13Z",
       {{"change", "CHG0000001"},
        {"kind", "standard"},
        {"risk", "medium"},
        {"planned_from", "2027-01-03T09:55:00Z"},
        {"planned_until", "2027-01-03T11:00:00Z"}});
  tell("move_incident", "2027-01-03T09:55:14Z", {{"incident", "CHG0000001"}, {"state", "scheduled"}});
  tell("begin_work", "2027-01-03T09:55:15Z", {{"incident", "CHG0000001"}});
  tell("report_change", "2027-01-03T09:55:20Z",
       {{"change", "CHG0000001"},
        {"outcome", "failed"},
        {"notes", "It does not fit"},
        {"implemented_from", "2027-01-03T09:55:16Z"},
        {"implemented_until", "2027-01-03T09:55:19Z"},
        {"log_incident", true},
        {"title", "No mail"},
        {"service", "mail"},
        {"team", "net"},
        {"assignee", "ben"}});
  d.advance(office::at("2027-01-03T09:55:21Z"));
  tell("log_change", "2027-01-03T09:55:22Z", {{"title", "Clean it"}, {"kind", "standard"}});
  tell("move_incident", "2027-01-03T09:55:23Z", {{"incident", "CHG0000002"}, {"state", "scheduled"}});
  tell("begin_work", "2027-01-03T09:55:24Z", {{"incident", "CHG0000002"}});
  tell("resolve_incident", "2027-01-03T09:55:25Z",
       {{"incident", "CHG0000002"}, {"code", "implemented"}, {"notes", "Clean"}});
  tell("record_remediation", "2027-01-03T09:55:26Z",
       {{"record", many[0]}, {"kind", "restarted"}, {"item", "mail"}, {"evidence", "It answers"}});
  tell("record_remediation", "2027-01-03T09:55:27Z", {{"record", many[0]}, {"remediation", 1}, {"outcome", "worked"}});
}

// Major incidents: proposed by hand, by rule and by escalation; roles, the log, the room, updates that are late.
void tell_of_major_incidents(desk& d) {
  std::string number;
  const auto tell = [&](std::string_view command, const char* at, json fields) {
    if (!number.empty() && command != "publish") fields["incident"] = number;
    office::tell(d, office::command(command, at, "ana", fields));
  };
  office::tell(d,
               office::command("publish", "2027-01-04T09:00:00Z", "host",
                               {{"major_incident_policies",
                                 {{{"key", "incident"},
                                   {"name", "Major incidents"},
                                   {"rules",
                                    {{{"key", "outage"},
                                      {"name", "All is down"},
                                      {"reason", "Everything"},
                                      {"when", {{"==", {{{"var", "title"}}, "Nothing works"}}}}}}},
                                   {"roles",
                                    {{{"role", "communication"}, {"name", "Communication"}, {"person", "ben"}},
                                     {{"role", "medic"},
                                      {"reports_to", "operations"},
                                      {"service_owner", true},
                                      {"when", {{"==", {{{"var", "severity"}}, "sev1"}}}}}}},
                                   {"update_every", {{{"severity", "sev1"}, {"every", "PT30M"}}, {{"every", "PT2H"}}}},
                                   {"manager", "dora"},
                                   {"team", "net"}}}}}));
  office::tell(d, office::log("2027-01-04T09:01:00Z", {{"title", "Nothing works"}, {"team", "net"}}));
  number = d.show_number(d.state().counters.last_number);
  tell("reject_major", "2027-01-04T09:02:00Z", {{"reason", "Something does"}});
  tell("propose_major", "2027-01-04T09:03:00Z", {{"reason", "Nothing does"}});
  tell("accept_major", "2027-01-04T09:04:00Z",
       {{"severity", "sev1"}, {"roles", {{{"role", "incident_commander"}, {"person", "dora"}}}}});
  tell("assume_role", "2027-01-04T09:05:00Z", {{"role", "scribe"}, {"reports_to", "deputy"}});
  for (const char* role : {"deputy", "operations", "liaison", "technical_lead"}) {
    tell("assign_role", "2027-01-04T09:06:00Z",
         {{"role", role}, {"person", "carla"}, {"reports_to", "incident_commander"}});
  }
  json people = json::array();
  for (int i = 1; i <= 8; ++i) people.push_back({{"key", "responder_" + std::to_string(i)}});
  office::tell(d, office::command("publish", "2027-01-04T09:07:00Z", "host", {{"people", people}}));
  for (int i = 1; i <= 8; ++i) {  // more than one can lead
    tell("assign_role", "2027-01-04T09:08:00Z", {{"role", "liaison"}, {"person", "responder_" + std::to_string(i)}});
  }
  tell("relinquish_role", "2027-01-04T09:09:00Z", {{"role", "liaison"}, {"person", "carla"}});
  tell("transfer_command", "2027-01-04T09:10:00Z", {{"to", "ben"}, {"note", "It smells of smoke"}});
  tell("log_decision", "2027-01-04T09:11:00Z",
       {{"text", "Pull the plug"},
        {"options", {"Pull it", "Wait"}},
        {"chosen", "Pull it"},
        {"reason", "Smoke"},
        {"data_seen", "The alarm"},
        {"decider", "ben"}});
  tell("log_action", "2027-01-04T09:12:00Z",
       {{"kind", "technical"},
        {"text", "Pulled the plug"},
        {"by", "ben"},
        {"began_at", "2027-01-04T09:11:30Z"},
        {"ended_at", "2027-01-04T09:11:40Z"}});
  tell("add_task", "2027-01-04T09:12:30Z", {{"title", "Find the cable"}, {"diagnosis", true}});
  tell("change_task", "2027-01-04T09:12:40Z", {{"task", 1}, {"owner", "ben"}, {"diagnosis", true}});
  tell("publish", "2027-01-04T09:12:50Z", {{"people", {{{"key", "ben"}, {"skills", {{{"skill", "network"}}}}}}}});
  tell("change_task", "2027-01-04T09:12:55Z", {{"task", 1}, {"skills", {"network"}}});
  tell("open_situation_room", "2027-01-04T09:13:00Z", {{"reference", "Room 4"}});
  tell("join_room", "2027-01-04T09:14:00Z", {{"person", "ben"}});
  tell("leave_room", "2027-01-04T09:15:00Z", {{"person", "ben"}});
  d.advance(office::at("2027-01-04T09:40:00Z"));  // an update was due
  tell("add_update", "2027-01-04T09:41:00Z", {{"text", "The fire is out"}});
  tell("demote_major", "2027-01-04T09:42:00Z", {{"reason", "Only the cellar"}});
}

// Reviews: demanded by rule and by hand, written, followed up, overdue, published, skipped.
void tell_of_reviews(desk& d) {
  const auto tell = [&](std::string_view command, const char* at, const json& fields) {
    office::tell(d, office::command(command, at, "ana", fields));
  };
  office::tell(d, office::command("publish", "2027-01-04T10:00:00Z", "host",
                                  {{"review_policies",
                                    {{{"key", "incident"},
                                      {"name", "Reviews"},
                                      {"rules",
                                       {{{"key", "fire"},
                                         {"name", "Fires"},
                                         {"reason", "It burnt"},
                                         {"due_in", "PT1H"},
                                         {"owner", "ben"},
                                         {"team", "net"},
                                         {"when", {{"==", {{{"var", "title"}}, "It burns"}}}}}}},
                                      {"sections", {{{"key", "summary"}, {"title", "What happened"}}}},
                                      {"blocks_closing", true},
                                      {"approval", true},
                                      {"approvers", {"carla"}},
                                      {"approver_teams", {"net"}}}}}}));
  office::tell(d, office::log("2027-01-04T10:01:00Z", {{"title", "It burns"}, {"team", "net"}}));
  const std::string burnt = d.show_number(d.state().counters.last_number);
  tell("resolve_incident", "2027-01-04T10:02:00Z", {{"incident", burnt}, {"code", "fix"}, {"notes", "Water"}});
  d.advance(office::at("2027-01-04T11:03:00Z"));  // the review is overdue
  tell("write_section", "2027-01-04T11:04:00Z",
       {{"review", "REV0000001"}, {"section", "summary"}, {"title", "What burnt"}, {"text", "The cellar, says Ben"}});
  const auto approve = [&](const char* at) {
    office::tell(d, office::command("approve_review", at, "carla", {{"review", "REV0000001"}}));
  };
  approve("2027-01-04T11:04:10Z");
  office::tell(d, office::command("return_review", "2027-01-04T11:04:20Z", "carla",
                                  {{"review", "REV0000001"}, {"reason", "And what of Ben's shoes?"}}));
  for (const char* at : {"2027-01-04T11:04:30Z", "2027-01-04T11:04:50Z"}) {
    tell("write_section", at, {{"review", "REV0000001"}, {"section", "summary"}, {"text", std::string("So ") + at}});
    approve(at);
  }
  tell("add_action_item", "2027-01-04T11:05:00Z",
       {{"review", "REV0000001"},
        {"text", "Buy a hose"},
        {"owner", "carla"},
        {"team", "net"},
        {"due_at", "2027-01-04T11:30:00Z"},
        {"priority", "high"},
        {"verification", "It reaches the cellar"}});
  tell("add_action_item", "2027-01-04T11:06:00Z",
       {{"review", "REV0000001"}, {"text", "Buy two"}, {"team", "net"}, {"due_at", "2027-01-05T11:30:00Z"}});
  d.advance(office::at("2027-01-04T11:31:00Z"));  // the first is overdue
  tell("complete_action_item", "2027-01-04T11:32:00Z", {{"review", "REV0000001"}, {"item", 1}, {"note", "Bought"}});
  tell("verify_action_item", "2027-01-04T11:33:00Z",
       {{"review", "REV0000001"}, {"item", 1}, {"worked", false}, {"note", "Too short"}});
  tell("complete_action_item", "2027-01-04T11:34:00Z", {{"review", "REV0000001"}, {"item", 1}});
  tell("verify_action_item", "2027-01-04T11:35:00Z", {{"review", "REV0000001"}, {"item", 1}, {"worked", true}});
  tell("drop_action_item", "2027-01-04T11:36:00Z", {{"review", "REV0000001"}, {"item", 2}, {"reason", "One will do"}});
  tell("resolve_incident", "2027-01-04T11:37:00Z",
       {{"incident", "REV0000001"}, {"code", "published"}, {"notes", "Read it"}});
  tell("request_review", "2027-01-04T11:38:00Z",
       {{"incident", burnt},
        {"reason", "It smokes"},
        {"owner", "ben"},
        {"team", "net"},
        {"due_at", "2027-01-06T00:00:00Z"}});
  tell("cancel_incident", "2027-01-04T11:39:00Z", {{"incident", "REV0000002"}, {"reason", "It does not"}});
}

// Communication: drafts, approvals, subscriptions, updates by each channel and those that are late; a status page.
void tell_of_communication(desk& d) {
  std::string number;
  const auto tell = [&](std::string_view command, const char* at, json fields, const char* who = "ana") {
    if (!number.empty()) fields["incident"] = number;
    office::tell(d, office::command(command, at, who, fields));
  };
  office::tell(
      d, office::command("publish", "2027-01-04T12:00:00Z", "host",
                         {{"communication_policies",
                           {{{"key", "incident"},
                             {"name", "Communication"},
                             {"owner_role", "liaison"},
                             {"audiences",
                              {{{"key", "staff"},
                                {"name", "Staff"},
                                {"visibility", "internal"},
                                {"people", {"ana"}},
                                {"teams", {"net"}},
                                {"approval", true},
                                {"channels", {"mail", "chat", "sms"}}},
                               {{"key", "public"},
                                {"visibility", "everyone"},
                                {"affected_customers", true},
                                {"update_every", {{{"severity", "sev1"}, {"every", "PT30M"}}, {{"every", "PT2H"}}}},
                                {"channels", {"status_page"}}}}}}}},
                          {"status_pages",
                           {{{"key", "main"},
                             {"name", "How we are"},
                             {"url", "https://status.example.org"},
                             {"shows", "all"},
                             {"components",
                              {{{"key", "mail"},
                                {"name", "Mail"},
                                {"group", "Office"},
                                {"description", "Mail in and out"},
                                {"items", {"mail"}},
                                {"since", "2027-01-01T00:00:00Z"}}}}}}}}));
  office::tell(
      d, office::log("2027-01-04T12:01:00Z", {{"title", "No mail again"}, {"severity", "sev1"}, {"service", "mail"}}));
  number = d.show_number(d.state().counters.last_number);
  tell("subscribe", "2027-01-04T12:02:00Z", {{"audience", "staff"}, {"person", "dora"}});
  tell("unsubscribe", "2027-01-04T12:03:00Z", {{"audience", "staff"}, {"person", "ben"}});
  for (const char* audience : {"staff", "public"}) {
    tell("draft_update", "2027-01-04T12:04:00Z",
         {{"audience", audience},
          {"stage", "identified"},
          {"title", "Mail cannot be sent"},
          {"known", "The cellar is under water"},
          {"impact", "Mail waits"},
          {"workaround", "Use the chat"},
          {"next_update_at", "2027-01-04T12:20:00Z"}});
  }
  for (int draft : {1, 2}) {
    tell("approve_update", "2027-01-04T12:05:00Z", {{"draft", draft}}, "ben");
    tell("publish_update", "2027-01-04T12:06:00Z", {{"draft", draft}});
  }
  tell("draft_update", "2027-01-04T12:07:00Z", {{"audience", "public"}, {"known", "The water is hot"}});
  tell("withdraw_update", "2027-01-04T12:08:00Z", {{"draft", 3}, {"reason", "It is not"}});
  d.advance(office::at("2027-01-04T12:30:00Z"));  // an update was due
  number.clear();
  tell("override_component", "2027-01-04T12:31:00Z",
       {{"page", "main"},
        {"component", "mail"},
        {"status", "partial_outage"},
        {"until", "2027-01-04T14:00:00Z"},
        {"reason", "Half of it works"}});
  tell("end_override", "2027-01-04T12:32:00Z", {{"page", "main"}, {"component", "mail"}});
}

// Playbooks: one that begins by itself, with a step done too early, one that is late, one that is skipped; one that is stopped.
void tell_of_playbooks(desk& d) {
  const auto tell = [&](std::string_view command, const char* at, const json& fields) {
    office::tell(d, office::command(command, at, "ana", fields));
  };
  const json steps = {{{"key", "isolate"},
                       {"name", "Isolate it"},
                       {"instructions", "Pull the cable"},
                       {"precautions", {"Do not switch it off"}},
                       {"role", "operations"},
                       {"time_limit", "PT30M"},
                       {"required_before", "resolve"},
                       {"shown_by", {"incident_acknowledged"}}},
                      {{"key", "personal_data"}, {"needs", {"isolate"}}, {"outcomes", {"yes", "no"}}, {"team", "net"}},
                      {{"key", "authority"},
                       {"when", {{"step", "personal_data"}, {"outcomes", {"yes"}}}},
                       {"evidence", {{{"key", "reference"}, {"name", "Its number"}}}}},
                      {{"key", "recover"}, {"needs", {"isolate"}}},
                      {{"key", "thank"}, {"optional", true}, {"needs", {"recover"}}}};
  office::tell(d, office::command("publish", "2027-03-04T14:00:00Z", "host",
                                  {{"playbooks",
                                    {{{"key", "breach"},
                                      {"name", "Security breach"},
                                      {"applies_when", {{"==", {{{"var", "title"}}, "Somebody is in"}}}},
                                      {"record_types", {"incident"}},
                                      {"enforced", true},
                                      {"steps", steps}}}}}));
  office::tell(d, office::log("2027-03-04T14:01:00Z", {{"title", "Somebody is in"}, {"team", "net"}}));
  const std::string number = d.show_number(d.state().counters.last_number);
  const auto about = [&](json fields) {
    fields["record"] = number;
    return fields;
  };
  tell("complete_step", "2027-03-04T14:02:00Z", about({{"step", "recover"}, {"deviate", "The shop opens"}}));
  d.advance(office::at("2027-03-04T14:32:00Z"));  // the first step is late
  tell("start_step", "2027-03-04T14:33:00Z", about({{"step", "isolate"}}));
  tell("complete_step", "2027-03-04T14:34:00Z", about({{"step", "isolate"}}));
  tell("complete_step", "2027-03-04T14:35:00Z", about({{"step", "personal_data"}, {"outcome", "yes"}}));
  tell("skip_step", "2027-03-04T14:36:00Z", about({{"step", "thank"}, {"reason", "Nobody saw it"}}));
  tell("complete_step", "2027-03-04T14:37:00Z",
       about({{"step", "authority"}, {"evidence", {{{"key", "reference"}, {"text", "DPA 2027/1, says Carla"}}}}}));
  tell("start_playbook", "2027-03-04T14:38:00Z", about({{"playbook", "breach"}, {"reason", "Again"}}));
  tell("skip_step", "2027-03-04T14:39:00Z", about({{"step", "isolate"}, {"reason", "It is off"}}));
  tell("skip_step", "2027-03-04T14:40:00Z",
       about({{"step", "personal_data"}, {"outcome", "no"}, {"reason", "A test machine"}}));
  tell("stop_playbook", "2027-03-04T14:41:00Z", about({{"reason", "It was Ben"}}));
}

// Automation: rules run, are refused, set each other off, are suspended; the host reports.
void tell_of_automation(desk& d) {
  const auto tell = [&](std::string_view command, const char* at, const json& fields) {
    office::tell(d, office::command(command, at, "ana", fields));
  };
  const json say = {{"command", "add_update"}, {"with", {{"text", "By itself"}, {"visibility", "internal"}}}};
  const json note = {{"command", "add_note"}, {"with", {{"text", "By itself"}}}};
  const json resume = {{"command", "resume_incident"}};
  const json run = {{"run", "restart"}, {"parameters", {{"host", "mx1"}}}};
  office::tell(d, office::command("publish", "2027-02-05T12:00:00Z", "host",
                                  {{"automation_rules",
                                    {{{"key", "say"},
                                      {"name", "Says it"},
                                      {"order", 1},
                                      {"on", {"note_added"}},
                                      {"when", {{"==", {{{"var", "title"}}, "By itself"}}}},
                                      {"event_when", {{"!=", {{{"var", "text"}}, "Quiet"}}}},
                                      {"record_types", {"incident"}},
                                      {"rights_of", "ana"},
                                      {"actions", {say, resume, run}}},
                                     {{"key", "note"},
                                      {"order", 2},
                                      {"on", {"update_added"}},
                                      {"when", {{"==", {{{"var", "title"}}, "By itself"}}}},
                                      {"actions", {note}},
                                      {"stop_processing", true}}}}}));
  const std::string number =
      office::tell(d, office::log("2027-02-05T12:01:00Z", {{"title", "By itself"}}))["record"]["number"];
  tell("add_note", "2027-02-05T12:02:00Z", {{"incident", number}, {"text", "Look"}});
  d.advance(office::at("2027-02-05T12:02:00Z"));
  tell("report_automation", "2027-02-05T12:03:00Z",
       {{"incident", number}, {"request", 1}, {"outcome", "succeeded"}, {"evidence", "It is up, says Ben"}});
  tell("suspend_automation", "2027-02-05T12:04:00Z",
       {{"incident", number}, {"rule", "say"}, {"reason", "Too loud"}, {"until", "2027-02-05T13:00:00Z"}});
  tell("suspend_automation", "2027-02-05T12:05:00Z", {{"incident", number}, {"reason", "Hands off"}});
  tell("resume_automation", "2027-02-05T12:06:00Z", {{"incident", number}, {"note", "Go on"}});
  tell("run_automation", "2027-02-05T12:07:00Z", {{"incident", number}, {"rule", "note"}, {"reason", "To see"}});
}

// Security incidents: logged, declared, reported from outside; embargo, disclosure, threads of reporters.
void tell_of_security(desk& d) {
  std::string number;
  const auto tell = [&](std::string_view command, const char* at, json fields, const char* actor = "ana") {
    if (!number.empty()) fields["incident"] = number;
    office::tell(d, office::command(command, at, actor, fields));
  };
  const json policy = {{"key", "incident"},      {"name", "Security"}, {"people", {"ana"}},    {"teams", {"net"}},
                       {"types", json::array()}, {"team", "net"},      {"disclose_in", "P90D"}};
  tell("publish", "2027-01-05T14:00:00Z", {{"security_policies", {policy}}}, "host");
  tell("log_security_incident", "2027-01-05T14:01:00Z",
       {{"title", "The lock is open"},
        {"description", "Carla's key fits"},
        {"category", "hardware"},
        {"service", "mail"},
        {"impact", "high"},
        {"urgency", "high"},
        {"severity", "sev1"},
        {"occurred_at", "2027-01-05T13:00:00Z"},
        {"detected_at", "2027-01-05T13:30:00Z"},
        {"external_key", "lock"},
        {"team", "net"},
        {"assignee", "ben"},
        {"people", {"ben"}},
        {"teams", {"net"}},
        {"reason", "The log says so"},
        {"embargo_until", "2027-01-05T14:30:00Z"},
        {"disclosure_at", "2027-01-05T16:00:00Z"}});
  number = d.show_number(d.state().counters.last_number);
  const std::string outside = std::to_string(d.state().counters.last_id) + "-1";
  tell("invite_reporter", "2027-01-05T14:02:00Z",
       {{"reporter", "carla"}, {"contact", "carla@example.net"}, {"received_at", "2027-01-05T13:59:00Z"}});
  tell("acknowledge_report", "2027-01-05T14:03:00Z", {{"report", 1}, {"text", "Thank you, Carla"}});
  tell("message_reporter", "2027-01-05T14:04:00Z", {{"report", 1}, {"text", "Which key, Carla?"}});
  d.advance(office::at("2027-01-05T14:30:00Z"));  // the embargo ends
  tell("set_embargo", "2027-01-05T14:31:00Z", {{"until", "2027-01-05T15:30:00Z"}, {"reason", "Carla is not ready"}});
  tell("lift_embargo", "2027-01-05T14:32:00Z", {{"reason", "Carla is"}});
  tell("set_disclosure_date", "2027-01-05T14:33:00Z",
       {{"disclosure_at", "2027-01-05T15:00:00Z"}, {"reason", "Carla asks for it"}});
  d.advance(office::at("2027-01-05T15:00:00Z"));  // it was due, and is late
  tell("disclose", "2027-01-05T15:01:00Z", {{"advisory", "CVE-2027-1"}, {"text", "A lock was open, says Carla"}});
  number.clear();
  tell("write_as_reporter", "2027-01-05T15:02:00Z", {{"report", outside}, {"text", "The small one, says Carla"}},
       "carla");
  tell("report_vulnerability", "2027-01-05T15:03:00Z",
       {{"title", "The door squeaks"},
        {"description", "At night, says Dora"},
        {"contact", "dora@example.net"},
        {"service", "mail"}},
       "dora");
  office::tell(d, office::log("2027-01-05T15:04:00Z", {{"title", "A window is open"}}));
  number = d.show_number(d.state().counters.last_number);
  tell("declare_security_incident", "2027-01-05T15:05:00Z",
       {{"people", {"ben"}}, {"teams", {"net"}}, {"reason", "It was not the wind"}});
}

// Definitions that have owners, and a move that an open task does not keep back.
void tell_of_overrides(desk& d) {
  const json owner = {
      {"name", "Figures"}, {"kinds", {"metric"}}, {"keys", {"mttr"}}, {"people", {"ana"}}, {"teams", {"net"}}};
  office::tell(d, office::command("publish", "2027-01-04T13:00:00Z", "host",
                                  {{"permission_policies", {{{"key", "owners"}, {"owners", {owner}}}}}}));
  office::tell(d, office::log("2027-01-04T13:01:00Z", {{"title", "Bells ring"}}));
  const std::string number = d.show_number(d.state().counters.last_number);
  office::tell(d, office::command("add_task", "2027-01-04T13:02:00Z", "host",
                                  {{"incident", number}, {"title", "Ask Carla"}, {"blocking", true}}));
  office::tell(
      d,
      office::command(
          "resolve_incident", "2027-01-04T13:03:00Z", "host",
          {{"incident", number}, {"code", "fix"}, {"notes", "Silence"}, {"override_reason", "Carla has gone home"}}));
}

// A workflow that asks the host.
void tell_of_host_guards(desk& d) {
  office::tell(d,
               office::command("publish", "2027-01-04T14:00:00Z", "host",
                               {{"workflows",
                                 {{{"key", "credit"},
                                   {"name", "Credit"},
                                   {"states",
                                    {{{"name", "begun"}, {"kind", "new"}, {"initial", true}},
                                     {{"name", "done"}, {"kind", "resolved"}},
                                     {{"name", "over"}, {"kind", "closed"}}}},
                                   {"transitions",
                                    {{{"verb", "resolve"},
                                      {"from", {"begun"}},
                                      {"to", "done"},
                                      {"host_guards", {{{"name", "credit"}, {"says", "the customer has no credit"}}}}},
                                     {{"verb", "close"}, {"from", {"done"}}, {"to", "over"}}}},
                                   {"resolution_codes", {"settled"}}}}}}));
  const json logged = office::tell(
      d, office::command("log_incident", "2027-01-04T14:01:00Z", "ana", {{"title", "A bill"}, {"workflow", "credit"}}));
  d.set_guard_answers({{"credit", true}});
  office::tell(d, office::command("resolve_incident", "2027-01-04T14:02:00Z", "ana",
                                  {{"incident", logged["record"]["number"]}, {"code", "settled"}, {"notes", "Paid"}}));
}

// Subscriptions to a service and a customer, an update by a template, a reminder of the next.
void tell_of_subscriptions(desk& d) {
  json policy = {{"key", "incident"},
                 {"audiences",
                  {{{"key", "staff"},
                    {"visibility", "internal"},
                    {"update_every", {{{"severity", "sev1"}, {"every", "PT30M"}}}},
                    {"remind_before", "PT5M"},
                    {"channels", {"chat"}}}}},
                 {"templates",
                  {{{"key", "outage"},
                    {"name", "Outage"},
                    {"stage", "identified"},
                    {"title", "{{record.service}} is down"},
                    {"known", "{{what}} is broken"},
                    {"impact", "{{audience.name}} waits"},
                    {"workaround", "{{instead|None}}"}}}}};
  office::tell(d, office::command("publish", "2027-03-09T08:00:00Z", "host",
                                  {{"customers", {{{"key", "acme"}}}}, {"communication_policies", {policy}}}));
  const json mail = {{"audience", "staff"}, {"items", {"mail"}}, {"person", "dora"}};
  json both = mail;
  both["customers"] = {"acme"};
  both["in_room"] = true;
  office::tell(d, office::command("subscribe_to", "2027-03-09T08:01:00Z", "ana", both));
  office::tell(d, office::command("unsubscribe_from", "2027-03-09T08:02:00Z", "ana", mail));
  office::tell(d, office::log("2027-03-09T08:03:00Z",
                              {{"title", "The bell is gone"}, {"severity", "sev1"}, {"service", "mail"}}));
  const std::string number = d.show_number(d.state().counters.last_number);
  office::tell(d, office::command("draft_update", "2027-03-09T08:04:00Z", "ana",
                                  {{"incident", number},
                                   {"audience", "staff"},
                                   {"template", "outage"},
                                   {"variables", {{{"name", "what"}, {"value", "Carla's bell"}}}}}));
  d.advance(office::at("2027-03-09T08:28:00Z"));  // an update is due soon
}

}  // namespace

TEST_CASE("the golden script has every command and every event in it") {
  desk d = tell_golden_script();
  tell_of_definitions(d);
  tell_of_life(d);
  tell_of_machines(d);
  tell_of_clocks(d);
  tell_of_oncall(d);
  tell_of_escalations(d);
  tell_of_agreements(d);
  tell_of_classes(d);
  tell_of_assignment_rules(d);
  tell_of_storms(d);
  tell_of_answers(d);
  tell_of_known_errors(d);
  tell_of_permissions(d);
  tell_of_problems(d);
  tell_of_changes(d);
  tell_of_major_incidents(d);
  tell_of_reviews(d);
  tell_of_communication(d);
  tell_of_overrides(d);
  tell_of_host_guards(d);
  tell_of_security(d);
  tell_of_automation(d);
  tell_of_playbooks(d);
  tell_of_subscriptions(d);
  std::set<std::size_t> commands;
  std::set<std::size_t> events;
  for (std::uint64_t s = 1; s <= d.state().counters.sequence; ++s) {
    const entry e = d.read_entry(s);
    commands.insert(e.asked.number());
    for (const event& happened : e.events) events.insert(happened.body.number());
  }
  const entry purge = last_of_purge(d.fork());  // of a fork: it would take what it purges out of the golden journal
  commands.insert(purge.asked.number());
  events.insert(purge.events[0].body.number());
  events.insert(first_on_newer_zones().events[0].body.number());
  CHECK(commands.contains(0));  // timers
  for (const command_type* type : command_types())
    CHECK_MESSAGE(commands.contains(type->number), "no " << std::string(type->name));
  for (const event_type* type : event_types())
    CHECK_MESSAGE(events.contains(type->number), "no " << std::string(type->name));
  d.verify();
  if (is_to_be_written()) write_golden(d);
}

void check_golden(int state) {
  CAPTURE(state);
  std::ifstream in(journal_path(state), std::ios::binary);
  const desk d = office::open(std::make_shared<golden_store>(in));
  const std::uint64_t end = d.state().counters.sequence;
  REQUIRE(end > 30);
  const std::set<std::uint64_t> erased = erased_entries(d);
  CHECK(erased.size() >= 4);
  CHECK(erased.size() < end / 2);
  sha256 hasher;
  digest before{};
  for (std::uint64_t s = 1; s <= end; ++s) {
    CAPTURE(s);
    const stored_entry stored = d.read_stored_entry(s);
    before = chain_hash(hasher, before, stored.bytes);
    CHECK(before == stored.hash);
    byte_writer bytes;
    commitment_writer personal_values(hasher, office::salt_seed);
    encode_entry(d.read_entry(s), bytes, personal_values);
    if (erased.contains(s) || state != latest) continue;
    CHECK(std::ranges::equal(bytes.view(), stored.bytes));
    CHECK(std::ranges::equal(personal_values.aside(), stored.aside));
  }
  std::ifstream records(records_path(state), std::ios::binary);
  const json expected = json::parse(records);
  const json found = folded_records(d);
  REQUIRE(found.size() == expected.size());
  // A later release may show more of a record; what the earlier one showed must be the same.
  for (std::size_t i = 0; i < expected.size(); ++i) {
    for (const auto& [name, value] : expected[i].items()) {
      CAPTURE(name);
      CHECK(found[i].value(name, json()) == value);
    }
  }
}

TEST_CASE(
    "a journal of an earlier release decodes, proves and folds to the same records, and what is written now encodes to "
    "the same bytes again (D7)") {
  for (int state = 1; state <= latest; ++state) check_golden(state);
}
