// A backup while the desk goes on, a standby that follows by entries, and a failover to it.
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <string>

#include <tocsin.hpp>

namespace {

namespace fs = std::filesystem;

bool same(const tocsin::client::journal_head& one, const tocsin::client::journal_head& other) {
  return one.sequence == other.sequence && one.hash == other.hash;
}

std::string log_incident(int minute) {
  const std::string at = "2026-11-23T08:" + std::string(minute < 10 ? "0" : "") + std::to_string(minute) + ":00Z";
  return R"({"command": "log_incident", "actor": "host", "title": "Another one", "at": ")" + at + "\"}";
}

bool run(const fs::path& folder) {
  const std::string backup_path = (folder / "monday.desk").string();
  tocsin::client::desk leader({(folder / "leader.desk").string()});
  tocsin::client::desk standby({(folder / "standby.desk").string()});
  for (int minute = 0; minute < 10; ++minute) leader.execute(log_incident(minute));
  leader.backup(backup_path);

  // Over a wire: the standby says where it is, the leader sends bytes, the standby takes them up.
  while (standby.head().sequence < leader.head().sequence) {
    const std::uint64_t from = standby.head().sequence + 1;
    const std::string entries = leader.read_entries(from, 4096);
    const auto taken = static_cast<unsigned long long>(standby.apply_entries(entries));
    std::printf("%zu bytes from entry %llu on: %llu entries\n", entries.size(), static_cast<unsigned long long>(from),
                taken);
  }
  const tocsin::client::journal_head anchor = leader.head();
  if (!same(standby.head(), anchor)) return false;
  leader.close();

  // The standby becomes a desk of its own with its first command.
  standby.execute(log_incident(30));
  std::printf("after the failover: %s\n", standby.verify().c_str());

  const tocsin::client::desk backup({backup_path, {}, {}, true, true});
  std::printf("the backup has %zu incidents\n", backup.incidents(R"({"query": "find"})").rows.size());
  return same(backup.head(), anchor);
}

}  // namespace

int main() {
  const fs::path folder = fs::temp_directory_path() / "tocsin_backup_and_standby";
  fs::remove_all(folder);
  fs::create_directory(folder);
  const bool well = run(folder);
  fs::remove_all(folder);
  return well ? 0 : 1;
}
