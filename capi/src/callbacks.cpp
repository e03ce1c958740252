// Functions of the host: what workflows ask it, what is said for its log, how far a long call is.
#include "desk.hpp"

#include <tocsin/desk/document.hpp>

#include <memory>

using tocsin::capi::guard_desk;
using tocsin::capi::text_in;

namespace {

// What came with a callback, freed when nobody has it any more.
std::shared_ptr<void> held(void* user_data, tocsin_free_fn free_user_data) {
  if (!free_user_data) return {user_data, [](void*) {}};
  return {user_data, free_user_data};
}

std::optional<bool> read_answer(int32_t said, std::string_view guard) {
  switch (said) {
    case 0:
      return false;
    case 1:
      return true;
    case TOCSIN_CALLBACK_PASS:
      return std::nullopt;
    case TOCSIN_CALLBACK_ABORT:
      throw tocsin::error(tocsin::status::cancelled, "guard.aborted", "the host ended the call");
    default:
      throw tocsin::error(tocsin::status::invalid_argument, "guard.answer",
                          "the guard \"" + std::string(guard) + "\" was answered by " + std::to_string(said) +
                              ", allowed are 1, 0 and TOCSIN_CALLBACK_...");
  }
}

bool reads_go_on(int32_t said) {
  if (said == 0 || said == TOCSIN_CALLBACK_PASS) return true;
  if (said == TOCSIN_CALLBACK_ABORT) return false;
  throw tocsin::error(
      tocsin::status::invalid_argument, "progress.answer",
      "the report of progress was answered by " + std::to_string(said) + ", allowed are 0 and TOCSIN_CALLBACK_...");
}

// `give` takes what came with the callback, which is freed when nobody has it any more, whatever fails.
template <class Give>
tocsin_status set_callback(tocsin_desk* desk, void* user_data, tocsin_free_fn free_user_data, tocsin_error** error,
                           Give give) {
  std::shared_ptr<void> data;
  const tocsin_status made = tocsin::capi::guard(error, [&] { data = held(user_data, free_user_data); });
  if (made != TOCSIN_OK) return made;
  return guard_desk(desk, error, [&](tocsin::desk& d) { give(d, data); });
}

}  // namespace

tocsin_status tocsin_desk_set_guard(tocsin_desk* desk, tocsin_guard_fn guard, void* user_data,
                                    tocsin_free_fn free_user_data, tocsin_error** error) {
  return set_callback(desk, user_data, free_user_data, error, [&](tocsin::desk& d, const std::shared_ptr<void>& data) {
    if (!guard) return d.set_host_guards({});
    d.set_host_guards([&d, guard, data](const tocsin::guard_question& asked) {
      const std::string question = tocsin::guard_document(d, asked);
      return read_answer(guard(data.get(), question.data(), question.size()), asked.guard);
    });
  });
}

tocsin_status tocsin_desk_set_guard_answers(tocsin_desk* desk, const char* answers, size_t answers_size,
                                            tocsin_error** error) {
  return guard_desk(desk, error, [&](tocsin::desk& d) {
    d.set_guard_answers(tocsin::read_guard_answers(text_in(answers, answers_size, "answers")));
  });
}

tocsin_status tocsin_desk_set_log(tocsin_desk* desk, tocsin_log_fn log, void* user_data, tocsin_free_fn free_user_data,
                                  tocsin_error** error) {
  return set_callback(desk, user_data, free_user_data, error, [&](tocsin::desk& d, const std::shared_ptr<void>& data) {
    if (!log) return d.log_to({});
    d.log_to([log, data](const tocsin::log_message& said) {
      log(data.get(), static_cast<int32_t>(said.level), said.category, said.text.data(), said.text.size());
    });
  });
}

tocsin_status tocsin_desk_set_progress(tocsin_desk* desk, tocsin_progress_fn progress, void* user_data,
                                       tocsin_free_fn free_user_data, tocsin_error** error) {
  return set_callback(desk, user_data, free_user_data, error, [&](tocsin::desk& d, const std::shared_ptr<void>& data) {
    if (!progress) return d.report_to({});
    d.report_to([progress, data](const char* doing, std::uint64_t done, std::uint64_t total) {
      return reads_go_on(progress(data.get(), doing, done, total));
    });
  });
}
