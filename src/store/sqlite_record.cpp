#include "sqlite_record.hpp"

#include <memory>

#include <tocsin/base/json.hpp>
#include <tocsin/desk/store.hpp>

namespace tocsin::inline v1::sqlite {
namespace {

std::string parameter(int place) { return "?" + std::to_string(place); }

std::string assignment(const field_row& field, int place) {
  return ", " + quoted(field.name) + " = " + parameter(place);
}

std::string insert_sql(const std::string& table, const std::vector<const field_row*>& fields,
                       const std::string& own_columns, int own_count) {
  std::string columns = own_columns;
  std::string values = parameter(1);
  for (int place = 2; place <= own_count; ++place) values += ", " + parameter(place);
  for (const field_row* field : fields) {
    columns += ", " + quoted(field->name);
    values += ", " + parameter(++own_count);
  }
  return "INSERT INTO " + table + " (" + columns + ") VALUES (" + values + ")";
}

const std::string& text_of(const field_row& field, const incident_text& text) {
  return *static_cast<const std::string*>(field.at(&text));
}

// Members that are not set are left out, so that a column that is added later changes no checksum.
void add_member(byte_writer& to, std::size_t column, const type_row& type, std::int64_t value) {
  if (value == type.absent) return;
  to.number(column + 1);
  to.signed_number(value);
}

// One row that is being read: where it is damaged, it says so.
class record_row {
 public:
  record_row(const std::string& path, const statement& row) : path_(path), row_(row) {}

  incident_ptr read(const record_layout& layout, checksum& sum) const {
    auto record = std::make_shared<incident>();
    read_fixed(*record, layout, sum);
    record->text = read_text(*record, layout, sum);
    read_parts(*record, layout, sum);
    return record;
  }

  void read(const std::vector<const field_row*>& fields, incident& record) const {
    read_names(record);
    int column = place::last_entry;
    for (const field_row* field : fields) read_member(record, *field, column++);
  }

 private:
  static constexpr int first_field = place::first_field - 1;  // columns count from 0

  void read_names(incident& record) const {
    record.id = static_cast<std::uint64_t>(integer(place::id - 1));
    record.number = static_cast<std::uint64_t>(integer(place::number - 1));
    record.last_entry = static_cast<std::uint64_t>(integer(place::last_entry - 1));
  }

  void read_fixed(incident& record, const record_layout& layout, checksum& sum) const {
    read_names(record);
    byte_writer& bytes = sum.begin();
    bytes.number(record.id);
    bytes.number(record.number);
    bytes.number(record.last_entry);
    for (std::size_t i = 0; i < layout.fixed.size(); ++i) {
      const field_row& field = *layout.fixed[i];
      const std::int64_t value = read_member(record, field, first_field + static_cast<int>(i));
      add_member(bytes, i, *field.type, value);
    }
    if (sum.end() != integer(place::checksum - 1)) refuse("the checksum of its fields does not fit them");
    if (ended_at() != end_of(record)) refuse("it is filed under another end than its own");
  }

  std::int64_t read_member(incident& record, const field_row& field, int column) const {
    const int type = row_.type(column);
    if (type != SQLITE_INTEGER && type != SQLITE_NULL) refuse("its " + std::string(field.name) + " is no number");
    const std::int64_t value = type == SQLITE_NULL ? field.type->absent : row_.integer(column);
    void* member = field.place(&record);
    field.type->set(member, value);
    if (field.type->get(member) != value) refuse("its " + std::string(field.name) + " is out of range");
    return value;
  }

  std::shared_ptr<const incident_text> read_text(const incident& record, const record_layout& layout,
                                                 checksum& sum) const {
    const int first = first_field + static_cast<int>(layout.fixed.size());
    auto text = std::make_shared<incident_text>();
    byte_writer& bytes = sum.begin();
    bytes.number(record.id);
    for (std::size_t i = 0; i < layout.texts.size(); ++i) {
      const std::string_view value = row_.text(first + 1 + static_cast<int>(i));
      *static_cast<std::string*>(layout.texts[i]->place(text.get())) = value;
      add_text_member(bytes, i, value);
    }
    if (row_.is_null(first)) refuse("it has no texts");
    if (sum.end() != integer(first)) refuse("the checksum of its texts does not fit them");
    return text;
  }

  void read_parts(incident& record, const record_layout& layout, checksum& sum) const {
    const int first = first_field + static_cast<int>(layout.fixed.size() + layout.texts.size()) + 1;
    if (row_.is_null(first)) return;
    byte_writer& bytes = sum.begin();
    bytes.number(record.id);
    for (std::size_t i = 0; i < layout.parts.size(); ++i) {
      const int column = first + 1 + static_cast<int>(i);
      if (row_.is_null(column)) continue;
      const std::string_view document = row_.text(column);
      add_text_member(bytes, i, document);
      const part_type& part = *layout.parts[i];
      try {
        read_object(document, part.fields(), record.parts.put(part.number, part.make()), {.is_stored = true},
                    part.name);
      } catch (const error& e) {
        refuse("its " + std::string(part.name) + " cannot be read: " + e.what());
      }
    }
    if (sum.end() != integer(first)) refuse("the checksum of its parts does not fit them");
  }

  std::optional<std::int64_t> ended_at() const {
    if (row_.is_null(place::ended_at - 1)) return std::nullopt;
    return integer(place::ended_at - 1);
  }

  std::int64_t integer(int column) const {
    if (row_.type(column) != SQLITE_INTEGER) refuse("a number is none");
    return row_.integer(column);
  }

  [[noreturn]] void refuse(const std::string& why) const {
    const std::string id = std::to_string(row_.integer(place::id - 1));
    const std::string number = std::to_string(row_.integer(place::number - 1));
    throw file_error(status::corrupt, "store.record_damaged", path_,
                     "incident number " + number + " (id " + id + ") is damaged: " + why, "id " + id);
  }

  const std::string& path_;
  const statement& row_;
};

}  // namespace

std::optional<std::int64_t> end_of(const incident& record) {
  if (!is_final(record.state_kind)) return std::nullopt;
  return index_value(record, record_index::closed_at);
}

std::string insert_incident_sql(const record_layout& layout) {
  return insert_sql("incident", layout.fixed, R"("id", "number", "last_entry", "ended_at", "checksum")",
                    place::first_field - 1);
}

std::string insert_text_sql(const record_layout& layout) {
  return insert_sql("incident_text", layout.texts, R"("id", "checksum")", place::first_text - 1);
}

std::string update_text_sql(const record_layout& layout) {
  std::string sql = "UPDATE incident_text SET \"checksum\" = " + parameter(place::text_checksum);
  int at = place::first_text;
  for (const field_row* field : layout.texts) sql += assignment(*field, at++);
  return sql + " WHERE \"id\" = " + parameter(place::text_id);
}

std::string put_part_sql(const record_layout& layout) {
  std::string columns = R"("id", "checksum")";
  std::string values = parameter(place::part_id) + ", " + parameter(place::part_checksum);
  std::string changes = R"("checksum" = excluded."checksum")";
  int at = place::first_part;
  for (const part_type* part : layout.parts) {
    columns += ", " + quoted(part->name);
    values += ", " + parameter(at++);
    changes += ", " + quoted(part->name) + " = excluded." + quoted(part->name);
  }
  return "INSERT INTO incident_part (" + columns + ") VALUES (" + values + ") ON CONFLICT DO UPDATE SET " + changes;
}

std::string update_incident_sql(const record_layout& layout, const char* ended_at_is, bool writes_ended_at) {
  std::string sql = "UPDATE incident SET \"last_entry\" = " + parameter(place::last_entry) +
                    ", \"checksum\" = " + parameter(place::checksum);
  if (writes_ended_at) sql += ", \"ended_at\" = " + parameter(place::ended_at);
  int at = place::first_field;
  for (const field_row* field : layout.fixed) sql += assignment(*field, at++);
  return sql + " WHERE \"id\" = " + parameter(place::id) + " AND \"number\" = " + parameter(place::number) +
         " AND \"ended_at\" " + ended_at_is;
}

std::string select_record_sql(const record_layout& layout, const std::string& how) {
  std::string sql = R"(SELECT i."id", i."number", i."last_entry", i."ended_at", i."checksum")";
  for (const field_row* field : layout.fixed) sql += ", i." + quoted(field->name);
  sql += ", t.\"checksum\"";
  for (const field_row* field : layout.texts) sql += ", t." + quoted(field->name);
  sql += ", p.\"checksum\"";
  for (const part_type* part : layout.parts) sql += ", p." + quoted(part->name);
  return sql + " FROM incident AS i " + how +
         " LEFT JOIN incident_text AS t ON t.\"id\" = i.\"id\" LEFT JOIN incident_part AS p ON p.\"id\" = i.\"id\"";
}

std::string select_fields_sql(const std::vector<const field_row*>& fields, const std::string& how) {
  std::string sql = R"(SELECT i."id", i."number", i."last_entry")";
  for (const field_row* field : fields) sql += ", i." + quoted(field->name);
  return sql + " FROM incident AS i " + how;
}

void bind_incident(statement& to, const record_layout& layout, const incident& record, checksum& sum) {
  to.bind(place::id, to_stored(record.id));
  to.bind(place::number, to_stored(record.number));
  to.bind(place::last_entry, to_stored(record.last_entry));
  if (const auto ended = end_of(record)) {
    to.bind(place::ended_at, *ended);
  } else {
    to.bind_null(place::ended_at);
  }
  byte_writer& bytes = sum.begin();
  bytes.number(record.id);
  bytes.number(record.number);
  bytes.number(record.last_entry);
  for (std::size_t i = 0; i < layout.fixed.size(); ++i) {
    const field_row& field = *layout.fixed[i];
    const std::int64_t value = field.type->get(field.at(&record));
    const int at = place::first_field + static_cast<int>(i);
    if (value == field.type->absent && value != 0) {
      to.bind_null(at);
    } else {
      to.bind(at, value);
    }
    add_member(bytes, i, *field.type, value);
  }
  to.bind(place::checksum, sum.end());
}

void bind_text(statement& to, const record_layout& layout, const incident& record, checksum& sum) {
  static const incident_text none;
  const incident_text& text = record.text ? *record.text : none;
  to.bind(place::text_id, to_stored(record.id));
  byte_writer& bytes = sum.begin();
  bytes.number(record.id);
  for (std::size_t i = 0; i < layout.texts.size(); ++i) {
    const std::string& value = text_of(*layout.texts[i], text);
    to.bind(place::first_text + static_cast<int>(i), std::string_view(value));
    add_text_member(bytes, i, value);
  }
  to.bind(place::text_checksum, sum.end());
}

void bind_parts(statement& to, const record_layout& layout, const incident& record, checksum& sum,
                std::vector<std::string>& documents) {
  to.bind(place::part_id, to_stored(record.id));
  documents.resize(layout.parts.size());
  byte_writer& bytes = sum.begin();
  bytes.number(record.id);
  for (std::size_t i = 0; i < layout.parts.size(); ++i) {
    const part_type& part = *layout.parts[i];
    const int at = place::first_part + static_cast<int>(i);
    const void* block = record.parts.find(part.number);
    if (!block) {
      to.bind_null(at);
      continue;
    }
    json_writer document;
    document.begin_object();
    write_members(document, part.fields(), block, {});
    document.end_object();
    documents[i] = document.take();
    to.bind(at, std::string_view(documents[i]));
    add_text_member(bytes, i, documents[i]);
  }
  to.bind(place::part_checksum, sum.end());
}

incident_ptr read_record(const std::string& path, const statement& row, const record_layout& layout, checksum& sum) {
  return record_row(path, row).read(layout, sum);
}

void read_fields(const std::string& path, const statement& row, const std::vector<const field_row*>& fields,
                 incident& to) {
  record_row(path, row).read(fields, to);
}

}  // namespace tocsin::inline v1::sqlite
