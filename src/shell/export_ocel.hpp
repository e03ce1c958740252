// Entries of a journal as an object-centric event log, OCEL 2.0 in its JSON form: for tools of process mining.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include <json_text.hpp>
#include <output.hpp>

namespace shell {

// Events are written as they come; what they are about, and which attributes each type has, at the end.
class ocel_writer {
 public:
  // `type_of` answers the record type of a record by number.
  ocel_writer(output& out, std::function<std::string(const std::string& record)> type_of);

  void add(const json& entry);
  void finish();

 private:
  void begin_list(std::string_view name);
  void write_item(const json& item);
  json relate(const json& event, const json& entry);
  json attributes_of(const std::string& type, const json& event);
  void meet(const std::string& object, const std::string& type) { objects_.emplace(object, type); }

  output& out_;
  std::function<std::string(const std::string&)> type_of_;
  bool first_ = true;                                                             // of the list that is written
  std::map<std::string, std::string> objects_;                                    // each with its type
  std::map<std::string, std::map<std::string, std::string>, std::less<>> types_;  // of events: attributes, with theirs
};

}  // namespace shell
