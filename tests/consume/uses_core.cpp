// The C++ core from an installation: a desk in memory, spoken to in structs.
#include <iostream>

#include <tocsin/desk/desk.hpp>
#include <tocsin/incident/commands.hpp>
#include <tocsin/store/memory_store.hpp>

int main() {
  tocsin::desk desk = tocsin::desk::open(tocsin::make_memory_store());
  const tocsin::instant at{1'795'420'800'000'000};  // 2026-11-23T08:00:00Z
  const tocsin::result& logged =
      desk.execute({.at = at, .actor = tocsin::host_person, .asked = tocsin::log_incident{.title = "VPN is down"}});
  std::cout << desk.show_number(logged.number) << '\n';
  return desk.show_number(logged.number) == "INC0000001" ? 0 : 1;
}
