// How many records there are, by the values of fields.
#include <tocsin/desk/query.hpp>

#include <tocsin/base/refusal.hpp>
#include <tocsin/time/civil.hpp>

#include <algorithm>
#include <functional>
#include <map>

namespace tocsin::inline v1 {

std::span<const std::string_view> choices(category_view) {
  static constexpr std::string_view all[] = {"as_recorded", "as_now"};
  return all;
}

std::span<const field_row> count_query::fields() {
  static constexpr field_row rows[] = {
      row<&count_query::by>("by", count_by_meaning, max_length(4)),
      row<&count_query::where>("where", "Conditions; every one that is given must hold"),
      row<&count_query::condition>("condition", "Further condition, in JsonLogic's syntax"),
      row<&count_query::categories>("categories",
                                    "Under which category a record is counted, and found by where: "
                                    "as_recorded, or as_now, which follows the replaced_by of retired "
                                    "ones; as_recorded where none is given"),
      row<&count_query::category_level>("category_level",
                                        "Counted under the category of this level of today's tree, 1 "
                                        "being the roots; 0: under whichever it is",
                                        range{0, static_cast<std::int64_t>(limits::category_depth_max)}),
      row<&count_query::types>("types", types_meaning, max_length(100)),
      row<&count_query::as_of>("as_of", "Records as they were at this instant; as they are where none is given"),
  };
  return rows;
}

namespace {

// What a record has without a field of its own.
constexpr std::string_view customer_name = "customer";
constexpr std::string_view month_name = "month";

bool is_countable(const field_row& field) {
  switch (field.type->kind) {
    case field_kind::word:
    case field_kind::choice:
    case field_kind::boolean:
    case field_kind::integer:
      return true;
    default:
      return false;
  }
}

[[noreturn]] void refuse_counting(const std::string& name, const lexicon& words) {
  std::vector<std::string> allowed;
  for (const field_row& f : incident::fields()) {
    if (is_countable(f)) allowed.emplace_back(f.name);
  }
  allowed.emplace_back(customer_name);
  allowed.emplace_back(month_name);
  for (std::uint32_t n = 1; n <= words.size(word_kind::custom_field); ++n) {
    allowed.push_back("custom." + std::string(words.word(word_kind::custom_field, n)));
  }
  throw unknown_name(status::invalid_argument, "query.count_by", "/by", name, std::move(allowed));
}

counted_field counted_field_named(const desk_state& state, const std::string& name) {
  constexpr std::string_view custom = "custom.";
  if (name.starts_with(custom)) {
    const std::uint32_t number =
        state.words.find(word_kind::custom_field, std::string_view(name).substr(custom.size()));
    if (number != 0) return {name, nullptr, {number}, state.definitions.of<custom_field>().current(number)->kind};
  }
  if (name == customer_name || name == month_name) return {name, nullptr, {}, custom_kind::unset};
  const auto field = std::ranges::find(incident::fields(), name, &field_row::name);
  if (field != incident::fields().end() && is_countable(*field)) return {name, &*field, {}, custom_kind::unset};
  refuse_counting(name, state.words);
}

// Under which category a record is counted (L7, R-P05).
class category_count {
 public:
  category_count(const count_query& query, const definition_table& known)
      : tree_(known.category_tree.get()),
        now_(query.categories == category_view::as_now),
        level_(static_cast<std::size_t>(query.category_level)),
        wanted_(query.where.category) {}

  bool is_plain() const { return !tree_ || (!now_ && level_ == 0); }

  category_ref of(const incident& record) const {
    if (is_plain()) return record.category;
    const std::uint32_t number = now_ ? tree_->now(record.category.index) : record.category.index;
    return {level_ == 0 ? number : tree_->at_level(number, level_)};
  }

  // Where it is counted elsewhere than it says, the category that is asked for is the one that it is counted under.
  find_conditions where(find_conditions given) const {
    if (!is_plain()) given.category = {};
    return given;
  }
  bool meets(const incident& record) const { return is_plain() || !wanted_ || of(record) == wanted_; }

 private:
  const category_tree* tree_;
  bool now_;
  std::size_t level_;
  category_ref wanted_;
};

counted_value value_of(const counted_field& field, const incident& record, const category_count& categories,
                       const definition_table& known) {
  if (field.field && field.name == "category") {
    const category_ref counted = categories.of(record);
    return {static_cast<bool>(counted), counted.index, {}};
  }
  if (field.field) {
    const std::int64_t number = field.field->type->get(field.field->at(&record));
    return {number != field.field->type->absent || field.name == "type", number, {}};
  }
  if (field.name == month_name) return {true, 0, month_of(record.opened_at)};
  if (field.name == customer_name) {
    const person* caller = known.of<person>().current(record.caller.index);
    return caller && !caller->customer.empty() ? counted_value{true, 0, caller->customer} : counted_value{};
  }
  for (const custom_value& value : details_of(record).custom) {
    if (value.field == field.custom) return {true, value.number, value.text};
  }
  return {};
}

bool is_custom(const counted_field& field) { return static_cast<bool>(field.custom); }

const std::vector<std::string_view> no_names;

// The fields of records that value_of looks at, the category that is counted under, and those named.
std::vector<const field_row*> fields_read(const std::vector<counted_field>& counted,
                                          std::vector<std::string_view> names) {
  std::vector<const field_row*> fields;
  names.push_back("category");
  for (const counted_field& one : counted) {
    if (one.field) fields.push_back(one.field);
    if (one.name == month_name) names.push_back("opened_at");
    if (one.name == customer_name) names.push_back("caller");
  }
  for (const std::string_view name : names) {
    fields.push_back(&*std::ranges::find(incident::fields(), name, &field_row::name));
  }
  return fields;
}

}  // namespace

std::vector<counted_field> count_fields(const desk& d, const count_query& query) {
  std::vector<counted_field> result;
  for (const std::string& name : query.by) result.push_back(counted_field_named(d.state(), name));
  return result;
}

std::string month_of(instant at) {
  const civil_date date = civil_from_days(floor_div(at.us, day.us));
  return std::to_string(date.year) + (date.month < 10 ? "-0" : "-") + std::to_string(date.month);
}

void set_month(const std::vector<counted_field>& fields, std::vector<counted_value>& values, instant at) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].name != month_name) continue;
    values[i] = is_set(at) ? counted_value{true, 0, month_of(at)} : counted_value{};
  }
}

void check_groups(std::size_t count) {
  if (count <= limits::count_groups_max) return;
  throw error(status::resource_exhausted, "query.too_many_groups",
              "the answer has more than " + std::to_string(limits::count_groups_max) + " groups");
}

void each_counted(const desk& d, const count_query& query, const query_type& asked, person_ref actor,
                  const std::function<void(const incident&, const std::vector<counted_value>&)>& visit,
                  const std::optional<std::vector<std::string_view>>& reads) {
  const std::vector<counted_field> fields = count_fields(d, query);
  record_filter is_asked_for(d, query.condition, asked, actor, query.as_of);
  const type_filter is_of_type(d.state(), query.types, query.where.type, is_asked_for);
  is_asked_for.demand_shown(query.where, find_order::unset);
  const category_count categories(query, d.state().definitions);
  std::vector<counted_value> values(fields.size());
  const find_conditions where = categories.where(query.where);
  const auto look = [&](const incident_ptr& record, const incident& now) {
    if (!is_of_type(*record) || !categories.meets(*record) || !is_asked_for(*record, now)) return true;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      values[i] = value_of(fields[i], *record, categories, is_asked_for.known());
    }
    visit(*record, values);
    return true;
  };
  record_outline outline = outline_of(is_asked_for, is_of_type, fields_read(fields, reads.value_or(no_names)));
  if (!reads || std::ranges::any_of(fields, is_custom)) outline.only.reset();
  each_record_as_of(d, query.as_of, where, look, outline);
}

std::vector<count_group> count(const desk& d, const count_query& query, person_ref actor) {
  std::map<std::vector<counted_value>, std::uint64_t> groups;
  const auto add = [&](const incident&, const std::vector<counted_value>& values) {
    if (++groups[values] == 1) check_groups(groups.size());
  };
  each_counted(d, query, count_query::descriptor, actor, add, no_names);
  std::vector<count_group> result;
  for (const auto& [key, n] : groups) result.push_back({key, n});
  std::ranges::stable_sort(result, std::greater{}, &count_group::count);
  return result;
}

}  // namespace tocsin::inline v1
