// A program that links Tocsin and brings a slice of its own: from here on its commands, questions, schemas and SQL views are
// there for everybody who speaks to the desk, in C++ as here or through the C interface.
#include "loan.hpp"

#include <iostream>
#include <string>

#include <tocsin/desk/desk.hpp>
#include <tocsin/desk/document.hpp>
#include <tocsin/store/memory_store.hpp>
#include <tocsin/time/rfc3339.hpp>

int main() {
  const tocsin::slice* const own[] = {&vendor::loan_slice};
  tocsin::use_slices(own);

  tocsin::desk desk = tocsin::desk::open(tocsin::make_memory_store());
  const std::string commands =
      R"({"command":"publish","at":"2026-11-30T08:00:00Z","actor":"host","people":[{"key":"ada"},{"key":"linus"}]})"
      "\n"
      R"({"command":"log_incident","at":"2026-11-30T09:00:00Z","actor":"ada","title":"Laptop does not start","caller":"linus"})"
      "\n"
      R"({"command":"lend_item","at":"2026-11-30T09:05:00Z","actor":"ada","incident":"INC0000001","item":"Laptop 17",)"
      R"("borrower":"linus","due_at":"2026-12-02T17:00:00Z"})"
      "\n";
  std::cout << tocsin::execute_document(desk, commands, {.lines = true});
  std::cout << tocsin::answer_document(desk, R"({"query":"loans","actor":"host"})") << '\n';

  desk.advance(*tocsin::parse_rfc3339("2026-12-03T08:00:00Z"));
  const std::string found = tocsin::answer_document(
      desk, R"({"query":"find","actor":"host","condition":{"==":[{"var":"return_overdue"},true]}})");
  std::cout << found << '\n';
  desk.verify();
  return found.find("INC0000001") == std::string::npos ? 1 : 0;
}
