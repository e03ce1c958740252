// A worker that sends what lies in the outbox, is stopped in the middle, and sends nothing twice and nothing never: the cursor
// of a consumer is in the desk's file, and the id of an effect tells the receiver what it has already.
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include <tocsin.hpp>

namespace {

// The ids in a list of effects; a host parses the list with a JSON library of its own.
std::vector<std::uint64_t> ids_in(const std::string& effects) {
  std::vector<std::uint64_t> ids;
  const std::string mark = R"({"id":)";
  for (auto at = effects.find(mark); at != std::string::npos; at = effects.find(mark, at + 1)) {
    ids.push_back(std::stoull(effects.substr(at + mark.size())));
  }
  return ids;
}

// Takes a message once: what comes again under the same id, it has already.
struct mail_server {
  std::set<std::uint64_t> received = {};
  int calls = 0;
  void send(std::uint64_t effect) {
    received.insert(effect);
    if (++calls == 2) throw std::runtime_error("the answer of the mail server was lost");
  }
};

void work(const std::string& path, mail_server& server) {
  tocsin::client::desk desk({path});
  for (;;) {
    const std::vector<std::uint64_t> taken = ids_in(desk.take_effects("mailer"));
    if (taken.empty()) return;
    for (const std::uint64_t effect : taken) {
      server.send(effect);
      desk.acknowledge_effects("mailer", effect);
    }
  }
}

}  // namespace

int main() {
  namespace fs = std::filesystem;
  const std::string path = (fs::temp_directory_path() / "tocsin_outbox_worker.desk").string();
  for (const char* part : {"", "-wal", "-shm"}) fs::remove(path + part);
  std::size_t expected = 0;
  {
    tocsin::client::desk desk({path});
    desk.execute(R"([
      {"command": "publish", "at": "2026-11-23T08:00:00Z", "actor": "host", "people": [{"key": "ana"}, {"key": "ben"}]},
      {"command": "log_incident", "at": "2026-11-23T08:00:00Z", "actor": "host", "title": "VPN is down", "caller": "ben"},
      {"command": "assign_incident", "at": "2026-11-23T08:00:00Z", "actor": "host", "incident": 1, "assignee": "ana"},
      {"command": "log_incident", "at": "2026-11-23T08:00:00Z", "actor": "host", "title": "Mail is slow", "caller": "ben"},
      {"command": "assign_incident", "at": "2026-11-23T08:00:00Z", "actor": "host", "incident": 2, "assignee": "ana"}])");
    expected = ids_in(desk.take_effects("a look without acknowledging")).size();
  }

  mail_server server;
  try {
    work(path, server);
  } catch (const std::runtime_error& problem) {
    std::printf("stopped: %s\n", problem.what());
  }
  work(path, server);

  std::printf("%zu messages in %d calls\n", server.received.size(), server.calls);
  for (const char* part : {"", "-wal", "-shm"}) fs::remove(path + part);
  return expected > 2 && server.received.size() == expected && server.calls == static_cast<int>(expected) + 1 ? 0 : 1;
}
